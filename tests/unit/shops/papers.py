"""A Shopify order as its Admin API gives it; builders state only what matters."""

from __future__ import annotations

from typing import Any


def money(amount: str, currency: str = "USD") -> dict[str, Any]:
    return {"shopMoney": {"amount": amount, "currencyCode": currency}}


def an_item(
    number: int = 1, sku: str = "MUG", quantity: int = 2, price: str = "18.0", **fields: Any
) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/LineItem/{number}",
        "sku": sku,
        "title": sku.title(),
        "variantTitle": None,
        "quantity": quantity,
        "vendor": "Kiln & Co",
        "requiresShipping": True,
        "isGiftCard": False,
        "originalUnitPriceSet": money(price),
        "discountAllocations": [],
        "taxLines": [],
        "product": {"tags": []},
        "variant": {"inventoryItem": {"unitCost": {"amount": "7.2", "currencyCode": "USD"}}},
        **fields,
    }


def a_transaction(number: int = 1, kind: str = "SALE", amount: str = "36.0", **fields: Any) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/OrderTransaction/{number}",
        "kind": kind,
        "status": "SUCCESS",
        "gateway": "stripe",
        "formattedGateway": "Stripe",
        "processedAt": "2026-05-01T10:00:00Z",
        "paymentId": f"pi_{number}",
        "amountSet": money(amount),
        "parentTransaction": None,
        **fields,
    }


def a_refund(number: int = 1, amount: str = "18.0", units: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/Refund/{number}",
        "note": "",
        "createdAt": "2026-05-05T10:00:00Z",
        "totalRefundedSet": money(amount),
        "refundLineItems": {
            "nodes": [
                {
                    "quantity": units,
                    "lineItem": {"id": "gid://shopify/LineItem/1"},
                    "subtotalSet": money(amount),
                    "totalTaxSet": money("0"),
                }
            ]
        },
        "refundShippingLines": {"nodes": []},
        "transactions": {"nodes": [{"status": "SUCCESS"}]},
        **fields,
    }


def a_return(number: int = 1, status: str = "REQUESTED", units: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"gid://shopify/Return/{number}",
        "status": status,
        "createdAt": "2026-05-06T10:00:00Z",
        "decline": None,
        "returnLineItems": {
            "nodes": [
                {
                    "quantity": units,
                    "returnReason": "DEFECTIVE",
                    "returnReasonNote": "",
                    "customerNote": "the handle came off in the sink",
                    "fulfillmentLineItem": {"lineItem": {"id": "gid://shopify/LineItem/1"}},
                }
            ]
        },
        **fields,
    }


def a_shipment(units: int = 2, item: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "status": "SUCCESS",
        "displayStatus": "DELIVERED",
        "createdAt": "2026-05-02T10:00:00Z",
        "deliveredAt": "2026-05-04T10:00:00Z",
        "trackingInfo": [{"company": "UPS", "number": "1Z999AA10123456784"}],
        "fulfillmentLineItems": {
            "nodes": [{"quantity": units, "lineItem": {"id": f"gid://shopify/LineItem/{item}"}}]
        },
        **fields,
    }


def an_order(**fields: Any) -> dict[str, Any]:
    items = fields.pop("items", [an_item()])
    shipping = fields.pop("shipping", [])
    returns = fields.pop("returns", [])
    return {
        "id": "gid://shopify/Order/900",
        "name": "#2001",
        "createdAt": "2026-05-01T10:00:00Z",
        "updatedAt": "2026-05-01T10:00:05Z",
        "cancelledAt": None,
        "currencyCode": "USD",
        "note": None,
        "email": "mia@example.com",
        "customerLocale": "de-DE",
        "taxesIncluded": False,
        "test": False,
        "customer": {"displayName": "Mia Brandt", "defaultEmailAddress": None},
        "shippingAddress": {"formatted": ["Gasse 1", "Wien"]},
        "totalShippingPriceSet": money("0"),
        "shippingLines": {
            "nodes": [{"discountedPriceSet": money(each), "taxLines": []} for each in shipping]
        },
        "lineItems": {"pageInfo": {"hasNextPage": False}, "nodes": items},
        "fulfillments": [],
        "transactions": [a_transaction()],
        "refunds": [],
        "returns": {"nodes": returns},
        "disputes": [],
        **fields,
    }
