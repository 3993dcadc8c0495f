"""Payments, refunds and returns of a Shopify order as parts of an order document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from domain.money import format_minor, parse_minor

_DISPUTES = {
    "NEEDS_RESPONSE": "open",
    "UNDER_REVIEW": "open",
    "ACCEPTED": "lost",
    "CHARGE_REFUNDED": "lost",
    "LOST": "lost",
    "WON": "won",
    "PREVENTED": "won",
}
_REASONS = {
    "COLOR": "not_as_described",
    "DEFECTIVE": "defective",
    "NOT_AS_DESCRIBED": "not_as_described",
    "SIZE_TOO_LARGE": "size_or_fit",
    "SIZE_TOO_SMALL": "size_or_fit",
    "STYLE": "changed_mind",
    "UNWANTED": "changed_mind",
    "WRONG_ITEM": "wrong_item",
}
_STATES = {
    "REQUESTED": "requested",
    "OPEN": "approved",
    "DECLINED": "rejected",
    "CLOSED": "closed",
    "CANCELED": "cancelled",
}


def _minor(bag: Mapping[str, Any], currency: str) -> int:
    return parse_minor(str(bag["shopMoney"]["amount"]), currency)


def paid(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A payment for each successful sale or capture, and one for each authorisation that was not captured.

    A dispute is the order's, in Shopify; it stands on every payment, so that none of it is paid twice.
    """
    currency = order["currencyCode"]
    good = [each for each in order["transactions"] if each["status"] == "SUCCESS"]
    parents = {(each.get("parentTransaction") or {}).get("id"): each["kind"] for each in good}
    dispute = next(
        (state for each in order.get("disputes") or [] if (state := _DISPUTES.get(each["status"]))), "none"
    )
    found = []
    for each in sorted(good, key=lambda one: (one["processedAt"], one["id"])):
        captures = each["kind"] in ("SALE", "CAPTURE")
        if not captures and (each["kind"] != "AUTHORIZATION" or parents.get(each["id"]) == "CAPTURE"):
            continue
        amount = format_minor(_minor(each["amountSet"], currency), currency)
        found.append(
            {
                "method": each.get("formattedGateway") or each["gateway"],
                "provider": each["gateway"],
                "provider_ref": each.get("paymentId") or each["id"],
                "captured": amount if captures else "0",
                "authorised": amount,
                "captured_at": each["processedAt"],
                "dispute": dispute,
                "voided": parents.get(each["id"]) == "VOID",
            }
        )
    return found


def refunded(order: Mapping[str, Any], own: re.Pattern[str]) -> list[dict[str, Any]]:
    """Refunds that gave money back; the desk's own under their own ids."""
    currency = order["currencyCode"]
    skus = {
        item["id"]: item.get("sku") or item["id"].rsplit("/", 1)[-1] for item in order["lineItems"]["nodes"]
    }
    found = []
    for refund in order.get("refunds") or []:
        amount = _minor(refund["totalRefundedSet"], currency)
        if not amount:
            continue  # goods put back on the shelf, no money
        note = refund.get("note") or ""
        named = own.search(note)
        found.append(
            {
                "id": named[1] if named else refund["id"],
                "amount": format_minor(amount, currency),
                "status": _refund_status(refund),
                "note": note,
                "created_at": refund["createdAt"],
                **_refund_parts(refund, amount, currency, skus),
            }
        )
    return found


def _refund_status(refund: Mapping[str, Any]) -> str:
    states = {each["status"] for each in refund["transactions"]["nodes"]}
    if states & {"PENDING", "AWAITING_RESPONSE"}:
        return "pending"
    return "failed" if states and states <= {"FAILURE", "ERROR"} else "succeeded"


def _refund_parts(
    refund: Mapping[str, Any], amount: int, currency: str, skus: Mapping[str, str]
) -> dict[str, Any]:
    """Units with amounts and the shipping where these add up to what was paid; else the units alone, or neither."""
    lines = [
        (skus[part["lineItem"]["id"]], int(part["quantity"]), _minor(part["subtotalSet"], currency))
        for part in refund["refundLineItems"]["nodes"]
    ]
    taxes = [_minor(part["totalTaxSet"], currency) for part in refund["refundLineItems"]["nodes"]]
    shipping = sum(
        _minor(part["subtotalAmountSet"], currency) + _minor(part["taxAmountSet"], currency)
        for part in refund["refundShippingLines"]["nodes"]
    )
    worths = [subtotal + tax for (_, _, subtotal), tax in zip(lines, taxes, strict=True)]
    if sum(worths) + shipping == amount:
        named = [
            {"sku": sku, "quantity": units, "amount": format_minor(worth, currency)}
            for (sku, units, _), worth in zip(lines, worths, strict=True)
        ]
        return {"lines": named, "shipping": format_minor(shipping, currency)}
    if lines and amount < sum(worths) + shipping:
        return {"lines": [{"sku": sku, "quantity": units} for sku, units, _ in lines]}
    return {"lines": []}


def returned(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns with their lines; what came back is not inspected in Shopify."""
    skus = {
        item["id"]: item.get("sku") or item["id"].rsplit("/", 1)[-1] for item in order["lineItems"]["nodes"]
    }
    found = []
    for ret in (order.get("returns") or {"nodes": []})["nodes"]:
        parts = [part for part in ret["returnLineItems"]["nodes"] if part.get("fulfillmentLineItem")]
        if not parts or ret["status"] not in _STATES:
            continue
        words = [part.get("customerNote") or part.get("returnReasonNote") or "" for part in parts]
        found.append(
            {
                "id": ret["id"],
                "initiated_by": "customer",
                "status": _STATES[ret["status"]],
                "requested_at": ret["createdAt"],
                "reason": _REASONS.get(parts[0].get("returnReason") or "", "other"),
                "customer_reason": (parts[0].get("returnReason") or "").lower(),
                "customer_words": "\n".join(word for word in words if word),
                "lines": [
                    {
                        "sku": skus[part["fulfillmentLineItem"]["lineItem"]["id"]],
                        "quantity": int(part["quantity"]),
                    }
                    for part in parts
                ],
            }
        )
    return found
