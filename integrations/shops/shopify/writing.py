"""Decisions written to a Shopify order. Each looks first whether it is written already.

A refund is recorded with a `manual` transaction: its money moved through the desk's own payment provider, and Shopify
must not move it again. Its note names the desk's refund, by which it is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integrations.shops.port import WriteBack, WriteRefused
from integrations.shops.shopify import queries
from integrations.shops.shopify.client import ShopifyClient

_DECLINE = {"outside_window": "RETURN_PERIOD_ENDED", "final_sale": "FINAL_SALE"}
_RETURN_REASONS = {
    "damaged": "DEFECTIVE",
    "defective": "DEFECTIVE",
    "not_as_described": "NOT_AS_DESCRIBED",
    "wrong_item": "WRONG_ITEM",
    "changed_mind": "UNWANTED",
    "ordered_by_mistake": "UNWANTED",
}
_DONE = {
    "approve_return": {"OPEN", "CLOSED"},
    "reject_return": {"DECLINED"},
    "close_return": {"CLOSED"},
    "cancel_return": {"CANCELED"},
}


async def write(client: ShopifyClient, what: WriteBack, order_id: str) -> str:
    """Shopify's id of what was written. Raises WriteRefused, ShopError."""
    if not order_id:
        raise WriteRefused("the order did not come from this shop")
    if what.kind == "refund":
        return await _refund(client, what, order_id)
    if what.kind == "refund_failed":
        await client.change(queries.TAG, id=order_id, tags=["desk-refund-failed"])
        return order_id
    if what.kind == "create_return":
        return await _create_return(client, what, order_id)
    return await _move_return(client, what)


async def _refund(client: ShopifyClient, what: WriteBack, order_id: str) -> str:
    facts, mark = what.facts, f"[desk:{what.key}]"
    order = (await client.ask(queries.REFUNDS, id=order_id)).get("order")
    if order is None:
        raise WriteRefused("the order is not there any more")
    for refund in order["refunds"]:
        if mark in (refund.get("note") or ""):
            return str(refund["id"])
    lines: dict[str, str] = {}
    for item in order["lineItems"]["nodes"]:
        lines.setdefault(item.get("sku") or item["id"].rsplit("/", 1)[-1], item["id"])
    given = {
        "orderId": order_id,
        "note": f"{facts['reason']} {mark}",
        "notify": False,
        "refundLineItems": [
            {
                "lineItemId": lines[part["sku"]],
                "quantity": part["quantity"],
                "restockType": "CANCEL" if part["cancelled"] else "NO_RESTOCK",
            }
            for part in facts["lines"]
            if part["quantity"] and part["sku"] in lines
        ],
        "shipping": {"amount": facts["shipping"]},
        "transactions": [
            {"orderId": order_id, "gateway": "manual", "kind": "REFUND", "amount": facts["amount"]}
        ],
    }
    payload = await client.change(queries.REFUND_CREATE, input=given, key=what.key)
    return str(payload["refund"]["id"])


async def _create_return(client: ShopifyClient, what: WriteBack, order_id: str) -> str:
    """A return that staff opened. Its units have to be fulfilled and returnable in Shopify as well."""
    found = await client.ask(queries.RETURNABLE, id=order_id)
    left = [
        (part["fulfillmentLineItem"], int(part["quantity"]))
        for each in found["returnableFulfillments"]["nodes"]
        for part in each["returnableFulfillmentLineItems"]["nodes"]
    ]
    reason = _RETURN_REASONS.get(what.facts.get("reason") or "", "OTHER")
    note = f"{what.facts.get('reason') or 'return'} [desk:{what.key}]"
    items = []
    for wanted in what.facts["lines"]:
        units = wanted["quantity"]
        for item, free in left:
            if units and item["lineItem"].get("sku") == wanted["sku"]:
                taken = min(units, free)
                units -= taken
                items.append(
                    {
                        "fulfillmentLineItemId": item["id"],
                        "quantity": taken,
                        "returnReason": reason,
                        "returnReasonNote": note,
                    }
                )
        if units:
            raise WriteRefused(f"{units} × {wanted['sku']} cannot be returned in Shopify")
    payload = await client.change(
        queries.RETURN_CREATE, input={"orderId": order_id, "returnLineItems": items}
    )
    return str(payload["return"]["id"])


async def _move_return(client: ShopifyClient, what: WriteBack) -> str:
    facts = what.facts
    return_id = next(
        (one for one in (facts.get("request_id"), facts["return"]) if str(one).startswith("gid://")), ""
    )
    if not return_id:
        raise WriteRefused("the return is not known in Shopify")
    found = (await client.ask(queries.RETURN, id=return_id)).get("return")
    if found is None:
        raise WriteRefused("the return is not there any more")
    if found["status"] not in _DONE.get(what.kind, set()):
        await _decide(client, what, return_id)
    if facts.get("tracking"):
        await _track(client, found, facts)
    return return_id


async def _decide(client: ShopifyClient, what: WriteBack, return_id: str) -> None:
    if what.kind == "approve_return":
        await client.change(queries.RETURN_APPROVE, input={"id": return_id})
    elif what.kind == "reject_return":
        reason = _DECLINE.get(what.facts.get("reject_reason") or "", "OTHER")
        given = {"id": return_id, "declineReason": reason, "declineNote": what.facts["explanation"][:500]}
        await client.change(queries.RETURN_DECLINE, input=given)
    elif what.kind == "close_return":
        await client.change(queries.RETURN_CLOSE, id=return_id)
    elif what.kind == "cancel_return":
        await client.change(queries.RETURN_CANCEL, id=return_id)


async def _track(client: ShopifyClient, found: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
    """The tracking number, once, on each parcel that is expected back."""
    for expected in found["reverseFulfillmentOrders"]["nodes"]:
        numbers = {
            ((each.get("deliverable") or {}).get("tracking") or {}).get("number")
            for each in expected["reverseDeliveries"]["nodes"]
        }
        if facts["tracking"] not in numbers:
            await client.change(
                queries.TRACKING, order=expected["id"], tracking={"number": facts["tracking"]}
            )
