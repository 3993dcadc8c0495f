"""Goods told by whether they have left: "only what hasn't gone out yet"."""

from __future__ import annotations

import re
from typing import Any

from agent.reading.goods.all_lines import entry_of
from agent.reading.goods.items import Mention
from agent.reading.text.patterns import regex
from agent.reading.view import OrderView

_LEFT = (
    r"(?:gone out|gone|been (?:shipped|sent|dispatched|posted|fulfilled|packed|delivered)|shipped|left"
    r"|gone off|went out|been handed over)"
)
_UNSENT = regex(
    r"\b(?:what(?:ever)?|everything|anything|all|the (?:ones?|items?|goods|things?|rest|part|bits?|stuff)|those|that)"
    rf"(?: that| which)?(?: (?:has|have|is|are|did|was|were))?(?: not|n['’]?t| never)(?: yet| even)* {_LEFT}\b"
    r"|\b(?:what(?:ever)?|everything|the (?:ones?|items?|goods|rest|part))(?: that| which)?(?:'s| is| are)? still"
    r" (?:here|with us|in (?:the|our) (?:warehouse|stock|house)|unsent|unshipped"
    r"|to be (?:sent|shipped|dispatched)|waiting to go)\b"
    r"|\b(?:the |all |everything )?(?:unshipped|unsent|undispatched|unfulfilled)\b",
    re.IGNORECASE,
)


def unsent_meant(text: str, order: OrderView | None) -> list[str]:
    """The lines of the order that have not left, where it is they that are told so; empty where they are not."""
    if order is None or _UNSENT.search(text) is None:
        return []
    return [line.id for line in order.lines if line.unsent]


_WHOLE = regex(r"\b(?:all|everything|rest|whatever|remaining)\b", re.IGNORECASE)


def tells_unsent(words: str) -> bool:
    """Whether goods are told by not having left."""
    return _UNSENT.search(words) is not None


def rest_unsent(text: str, mentions: list[Mention], order: OrderView) -> list[dict[str, Any]]:
    """The lines that have not left, where those that are named have ("she has the desk, the rest hasn't shipped").

    With none named, they are those of an order of which some have ("refund whatever hasn't gone out yet").
    """
    unsent = unsent_meant(text, order)
    if not mentions and len(unsent) == len(order.lines):
        return []
    if {line for one in mentions for line in one.lines} & set(unsent):
        return []
    whole = {"all": True} if _WHOLE.search(text) else {}
    return [{**entry_of(line, None), **whole} for line in unsent]
