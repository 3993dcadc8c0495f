"""The last result wished for once more, as it was: "same again on 5521", "ditto for her other order"."""

from __future__ import annotations

import re
from typing import Any

from agent.reading.text.patterns import regex
from agent.reading.view import LastView, OrderView

_ALL_THE_SAME = regex(
    r"\bsame (?:again|thing|deal|treatment|way|for|with|on|goes|here|refund|amount|as before)\b|\b(?:ditto"
    r"|likewise|as before)\b"
    r"|\bthe same\W*$",
    re.IGNORECASE,
)


def all_the_same(text: str) -> bool:
    """Whether not only the reason is the same, but what was given."""
    return _ALL_THE_SAME.search(text) is not None


def same_goods(last: LastView, order: OrderView) -> list[dict[str, Any]] | None:
    """The goods of the last result on another order, as many of them; nothing where it does not hold them all."""
    lines = {line.sku: line for line in order.lines}
    there = all(sku in lines and units <= lines[sku].quantity for sku, units in last.goods.items())
    if not last.goods or not there:
        return None
    return [{"line": lines[sku].id, "quantity": n, "amount": None} for sku, n in last.goods.items()]
