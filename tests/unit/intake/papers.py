"""Order documents for tests: a call states only what matters, the rest is plausible."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from domain.orders.document import read_document
from domain.orders.intake import Intake, to_order
from domain.orders.model import Order
from domain.rules import Refused
from domain.settings import Merchant

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLACED = "2026-02-20T10:00:00Z"
"""Ten days before NOW: what it brought in has settled on the 27th."""

SHOP = Merchant(id="shop", name="Shop", base_currency="EUR")


def a_paper(**fields: Any) -> dict[str, Any]:
    """A document of one cup, paid by card; without payments, for what one cup costs."""
    return {
        "number": "#7001",
        "customer": {"name": "Noor Haddad"},
        "currency": "EUR",
        "placed_at": PLACED,
        "lines": [a_line()],
        "payments": [{"method": "visa", "captured": "20.00"}],
        **fields,
    }


def a_line(sku: str = "CUP", quantity: int = 1, unit_price: Any = "20.00", **fields: Any) -> dict[str, Any]:
    """Units of a thing that has been delivered."""
    given = {"sku": sku, "title": sku.title(), "quantity": quantity, "unit_price": unit_price}
    return {**given, "fulfilment": "delivered", **fields}


def paid(amount: str, **fields: Any) -> list[dict[str, Any]]:
    """One card payment."""
    return [{"method": "visa", "captured": amount, **fields}]


def taken_in(**fields: Any) -> Intake:
    """The intake of such a document."""
    return to_order(read_document(a_paper(**fields)), SHOP, order_id="ord_1", now=NOW)


def the_order(**fields: Any) -> Order:
    """The order of such a document."""
    return taken_in(**fields).order


def refusals(**fields: Any) -> list[tuple[str, str]]:
    """Rule and field of everything that is wrong with such a document."""
    try:
        taken_in(**fields)
    except Refused as refusal:
        return [(violation.code.value, violation.field) for violation in refusal.violations]
    return []
