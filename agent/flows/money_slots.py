"""Amounts as staff say them, turned into minor units of the order's currency or a broken rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from domain.money import AmountPrecision, MoneyError, parse_minor, percent_of
from domain.orders.model import Order
from domain.orders.value import refunded_total
from domain.returns.model import Fee
from domain.rules import Rule, Violation, broken


def read_amount(
    value: dict[str, Any], order: Order, full: int, field: str
) -> tuple[int | None, list[Violation]]:
    """Minor units of an exact amount, or of one told by what it is a part of.

    That is a percentage of `full`, all of it, all but a sum (``less``; of an amount told before where ``of`` holds
    it), what is still to be given until the order's refunds reach a sum (``up_to``), or by how much a price fell to a
    sum (``down_to``).
    """
    if isinstance(before := value.get("of"), dict):
        base, problems = read_amount(before, order, full, field)
        if base is None:
            return None, problems
        full = base
    kind = value.get("kind", "exact")
    if kind in ("full", "none"):
        return full if kind == "full" else 0, []
    if kind == "percent":
        return _share(value, full, field)
    if kind == "each":
        limit = "a sum for all units together"
        return None, [broken(Rule.FIELD_INVALID, field, limit=limit, value=value["value"])]
    return _sum(kind, value, order, full, field)


def _share(value: dict[str, Any], full: int, field: str) -> tuple[int | None, list[Violation]]:
    try:
        return percent_of(full, str(value["value"])), []
    except MoneyError:
        return None, [broken(Rule.FIELD_INVALID, field, limit="a percentage", value=value["value"])]


def _sum(
    kind: str, value: dict[str, Any], order: Order, full: int, field: str
) -> tuple[int | None, list[Violation]]:
    currency = value.get("currency")
    if currency and currency != order.currency:
        return None, [broken(Rule.CURRENCY_MISMATCH, field, limit=order.currency, value=currency)]
    text = str(value["value"])
    try:
        return _related(kind, parse_minor(text, order.currency), order, full), []
    except AmountPrecision as error:
        return None, [broken(Rule.AMOUNT_PRECISION, field, limit=str(error), value=text)]
    except MoneyError as error:
        return None, [broken(Rule.FIELD_INVALID, field, limit=str(error), value=text)]


def _related(kind: str, amount: int, order: Order, full: int) -> int:
    if kind in ("less", "down_to"):
        return full - amount
    return amount - refunded_total(order) if kind == "up_to" else amount


def fell(amount: Any) -> bool:
    """Whether the amount is how far a price fell: of one unit, for a price is one unit's."""
    return isinstance(amount, dict) and amount.get("kind") == "down_to"


def holds_back(amount: Any) -> bool:
    """Whether it is what the goods are worth save a sum, rather than an amount of its own made smaller."""
    return isinstance(amount, dict) and amount.get("kind") == "less" and "of" not in amount


def is_each(amount: Any) -> bool:
    """Whether the amount is told for each unit ("3.50 for each of them")."""
    return isinstance(amount, dict) and amount.get("kind") == "each"


def of_units(each: Any, units: int) -> dict[str, Any]:
    """The exact amount that a sum for each unit comes to for so many."""
    return {**each, "kind": "exact", "value": f"{Decimal(str(each['value'])) * units:f}"}


def read_fee(value: Any, order: Order, field: str) -> tuple[Fee | None, list[Violation]]:
    """A fee: exact, a percentage, or none."""
    if not isinstance(value, dict) or value.get("kind") == "none":
        return None, []
    if value.get("kind") == "percent":
        return Fee(percent=str(value["value"])), []
    amount, problems = read_amount(value, order, 0, field)
    return (Fee(amount=amount), []) if amount is not None else (None, problems)


def of_shipping(slots: dict[str, Any]) -> bool:
    """Whether shipping is to be given back; that it is left out asks for none."""
    said = slots.get("shipping")
    return bool(said) and not (isinstance(said, dict) and str(said.get("value")) in {"0", "0.00"})
