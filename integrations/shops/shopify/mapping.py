"""A Shopify order as an order document. The table in docs/shops.md says the same in words.

Amounts are the shop's own currency (`shopMoney`). Shopify's prices may hold their tax; the document's never do: the
price without tax is rounded up to a minor unit and the discount takes the difference, so that a line costs to the
minor unit what it cost in the shop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.money import MoneyError, format_minor, parse_minor
from domain.orders.document import read_document
from domain.rules import Refused
from integrations.shops.port import OrderNews, Unreadable
from integrations.shops.shopify.happened import paid, refunded, returned

OWN = re.compile(r"\[desk:([A-Za-z0-9_-]{1,80})\]")
"""How a refund that was written back names the desk's own refund in its note."""


def order_news(order: Mapping[str, Any], sources: Mapping[str, str]) -> OrderNews | Unreadable:
    """The order as news. `sources`: product source by vendor, where it is not the shop's own."""
    shop_id = str(order["id"])
    try:
        document = read_document(_document(order, sources))
    except Refused as refusal:
        return Unreadable(shop_id, "; ".join(violation.message for violation in refusal.violations))
    except (MoneyError, KeyError, TypeError, ValueError) as error:
        return Unreadable(shop_id, f"{type(error).__name__}: {error}")
    return OrderNews(shop_id, datetime.fromisoformat(order["updatedAt"]), document)


def _document(order: Mapping[str, Any], sources: Mapping[str, str]) -> dict[str, Any]:
    if order["lineItems"]["pageInfo"]["hasNextPage"]:
        raise ValueError("more than 250 lines")
    currency = order["currencyCode"]
    customer, address = order.get("customer") or {}, order.get("shippingAddress") or {}
    email = order.get("email") or (customer.get("defaultEmailAddress") or {}).get("emailAddress") or ""
    items = order["lineItems"]["nodes"]
    return {
        "number": order["name"],
        "customer": {
            "name": customer.get("displayName") or email or "Guest",
            "email": email,
            "language": (order.get("customerLocale") or "").split("-")[0],
        },
        "currency": currency,
        "placed_at": order["createdAt"],
        "lines": [_line(item, order, sources) for item in items],
        "shipping": _shipping(order, currency),
        "payments": paid(order),
        "refunds": refunded(order, OWN),
        "returns": returned(order),
        "address": ", ".join(address.get("formatted") or []),
        "note": order.get("note") or "",
    }


def minor(bag: Mapping[str, Any] | None, currency: str) -> int:
    """Minor units of a money bag, in the shop's currency; 0 where there is none."""
    if not bag:
        return 0
    return parse_minor(str(bag["shopMoney"]["amount"]), currency)


def _shipping(order: Mapping[str, Any], currency: str) -> str:
    """What shipping cost with its tax, as the customer paid it."""
    total = 0
    for line in order["shippingLines"]["nodes"]:
        total += minor(line["discountedPriceSet"], currency)
        if not order["taxesIncluded"]:
            total += sum(minor(tax["priceSet"], currency) for tax in line["taxLines"])
    return format_minor(total, currency)


def _line(item: Mapping[str, Any], order: Mapping[str, Any], sources: Mapping[str, str]) -> dict[str, Any]:
    currency, quantity = order["currencyCode"], int(item["quantity"])
    price = minor(item["originalUnitPriceSet"], currency)
    tax = sum(minor(each["priceSet"], currency) for each in item["taxLines"])
    discount = sum(minor(each["allocatedAmountSet"], currency) for each in item["discountAllocations"])
    if order["taxesIncluded"]:
        net = price * quantity - discount - tax
        price = -(-(price * quantity - tax) // quantity)
        discount = price * quantity - net
    source = _source(item, sources)
    cost = ((item.get("variant") or {}).get("inventoryItem") or {}).get("unitCost")
    dropshipped = source == "dropshipping" and cost
    return {
        "sku": item.get("sku") or item["id"].rsplit("/", 1)[-1],
        "title": item["title"],
        "variant": item.get("variantTitle") or "",
        "quantity": quantity,
        "unit_price": format_minor(price, currency),
        "discount": format_minor(discount, currency),
        "tax": format_minor(tax, currency),
        "source": source,
        "final_sale": "final-sale" in ((item.get("product") or {}).get("tags") or []),
        "supplier": (item.get("vendor") or "") if source != "own" else "",
        "supplier_cost": format_minor(
            parse_minor(str(cost["amount"]), currency) * quantity if dropshipped and cost else 0, currency
        ),
        **_fulfilment(item, order),
    }


def _source(item: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    if item.get("isGiftCard") or not item.get("requiresShipping", True):
        return "digital"
    return sources.get(item.get("vendor") or "", "own")


def _fulfilment(item: Mapping[str, Any], order: Mapping[str, Any]) -> dict[str, Any]:
    """All units shipped: shipped; all delivered: delivered; some: processing; a cancelled order's rest: cancelled."""
    sent = delivered = 0
    found: dict[str, Any] = {}
    for each in order.get("fulfillments") or []:
        if each["status"] == "CANCELLED":
            continue
        units = sum(
            part["quantity"]
            for part in each["fulfillmentLineItems"]["nodes"]
            if part["lineItem"]["id"] == item["id"]
        )
        sent += units
        delivered += units if each.get("displayStatus") == "DELIVERED" else 0
        if units:
            tracking = next(iter(each.get("trackingInfo") or []), None) or {}
            found |= {"carrier": tracking.get("company") or "", "tracking": tracking.get("number") or ""}
            found["fulfilled_at"] = each.get("deliveredAt") or each["createdAt"]
    quantity = int(item["quantity"])
    if sent >= quantity:
        return {**found, "fulfilment": "delivered" if delivered >= quantity else "shipped"}
    if order.get("cancelledAt"):
        return {"fulfilment": "cancelled"}
    return {"fulfilment": "processing" if sent else "unfulfilled"}
