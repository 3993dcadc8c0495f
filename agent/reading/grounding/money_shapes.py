"""What a slot with money in it may hold."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from agent.reading.grounding.said import Said


class Unfit(ValueError):
    """A slot value has the wrong shape, or nobody said it."""


def need(holds: object, why: str) -> None:
    """Raises Unfit unless it holds."""
    if not holds:
        raise Unfit(why)


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise Unfit("no amount")
    return number


def exact_amount(value: dict[str, Any], said: Said) -> None:
    """An exact amount that was said, in a currency that was said or is the order's. Raises Unfit."""
    currency = value.get("currency")
    need(currency is None or currency in said.currencies, "a currency that was not said")
    if value.get("value") is None:
        need(currency is not None, "no amount")
        return
    number = _decimal(value.get("value"))
    refused = number == 0 and (said.says_nothing or said.asks("shipping"))
    need(refused or number in said.amounts, "an amount that was not said")


_RELATIVE = ("more", "less", "times")
"""Kinds that are told by what the open card says."""


def _money(value: Any, said: Said, *kinds: str) -> Any:
    need(isinstance(value, dict) and value.get("kind") in kinds, "no amount")
    kind = value["kind"]
    if kind in {"exact", "up_to", "down_to", "each"} or (kind == "less" and "currency" in value):
        need(set(value) <= {"kind", "value", "currency"}, "no amount")
        exact_amount(value, said)
    elif kind in _RELATIVE:
        need(kind == "less" or said.view.proposal is not None, "nothing is shown that it could be of")
        need(kind == "times" or _decimal(value.get("value")) in said.amounts, "an amount that was not said")
        need(kind != "times" or value.get("value") in {"0.5", "2"}, "a share that was not said")
    elif kind == "percent":
        share = _decimal(value.get("value"))
        at_card = said.view.proposal is not None and share in said.amounts
        need(share in said.percents or at_card, "a share that was not said")
    return value


def amount(value: Any, said: Said) -> Any:
    """``amount``: exact, a share, or all of it. Raises Unfit."""
    _money(value, said, "exact", "percent", "full", "up_to", "down_to", "each", *_RELATIVE)
    full = said.says_all or said.asks("amount", "review_amount", "quantity")
    need(value["kind"] != "full" or full, "everything was not said")
    return value


def review_amount(value: Any, said: Said) -> Any:
    """``review_amount``: as ``amount``; the shipping is named by its word. Raises Unfit."""
    if value == {"kind": "full"} and said.says_shipping:
        return value
    return amount(value, said)


def shipping(value: Any, said: Said) -> Any:
    """``shipping``: all of it, or an amount as above, ``only`` where it takes the goods' place. Raises Unfit."""
    told = (
        {name: part for name, part in value.items() if name != "only"} if isinstance(value, dict) else value
    )
    _money(told, said, "exact", "percent", "full")
    card = said.view.proposal
    alone = card is not None and not card.lines and "shipping" in said.view.slots
    need(said.says_shipping or said.asks("shipping") or alone, "shipping was not named")
    return value


def fee(value: Any, said: Said) -> Any:
    """``return_fee``, ``restocking_fee``: an amount, a share, or none. Raises Unfit."""
    _money(value, said, "exact", "percent", "full", "none", *_RELATIVE)
    free = said.says_nothing or said.asks("return_fee", "restocking_fee")
    need(value["kind"] != "none" or free or "free" in said.flat, "nobody waived the fee")
    need(value["kind"] != "full" or said.says_all, "everything was not said")
    return value


def cost(value: Any, said: Said) -> Any:
    """``return_cost``: an exact amount. Raises Unfit."""
    return _money(value, said, "exact", "percent", "full")
