"""Amounts as staff say them, turned into minor units of the order's currency or a broken rule."""

from __future__ import annotations

from typing import Any

from domain.money import AmountPrecision, MoneyError, parse_minor, percent_of
from domain.orders.model import Order
from domain.returns.model import Fee
from domain.rules import Rule, Violation, broken


def read_amount(
    value: dict[str, Any], order: Order, full: int, field: str
) -> tuple[int | None, list[Violation]]:
    """Minor units of an exact amount, a percentage of `full`, all of it, or so much less."""
    kind = value.get("kind", "exact")
    if kind in {"full", "none"}:
        return full if kind == "full" else 0, []
    if kind == "percent":
        try:
            return percent_of(full, str(value["value"])), []
        except MoneyError:
            return None, [broken(Rule.FIELD_INVALID, field, limit="a percentage", value=value["value"])]
    if kind == "less":
        less, problems = read_amount({**value, "kind": "exact"}, order, full, field)
        return (None if less is None else full - less), problems
    currency = value.get("currency")
    if currency and currency != order.currency:
        return None, [broken(Rule.CURRENCY_MISMATCH, field, limit=order.currency, value=currency)]
    text = str(value["value"])
    try:
        return parse_minor(text, order.currency), []
    except AmountPrecision as error:
        return None, [broken(Rule.AMOUNT_PRECISION, field, limit=str(error), value=text)]
    except MoneyError as error:
        return None, [broken(Rule.FIELD_INVALID, field, limit=str(error), value=text)]


def read_fee(value: Any, order: Order, field: str) -> tuple[Fee | None, list[Violation]]:
    """A fee: exact, a percentage, or none."""
    if not isinstance(value, dict) or value.get("kind") == "none":
        return None, []
    if value.get("kind") == "percent":
        return Fee(percent=str(value["value"])), []
    amount, problems = read_amount(value, order, 0, field)
    return (Fee(amount=amount), []) if amount is not None else (None, problems)
