"""Goods told by whether they have left: "only what hasn't gone out yet"."""

from __future__ import annotations

import re

from agent.reading.view import OrderView

_LEFT = (
    r"(?:gone out|gone|been (?:shipped|sent|dispatched|posted|fulfilled|packed|delivered)|shipped|left"
    r"|gone off|went out|been handed over)"
)
_UNSENT = re.compile(
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
