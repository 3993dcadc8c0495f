"""Both units of a line, named in the plural without a number: "the hats" of an order of two hats."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.goods.items import Mention, is_both, is_pair
from agent.reading.text.numerals import WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.view import LineView
from agent.reading.words.signals import Signals

_SOME = regex(
    rf"\b(?:some|few|single|which|any|half|other|another|each|either|only|just|a|an|\d+|{WORD_NUMBER})\b",
    re.IGNORECASE,
)


def take_pairs(
    s: Signals, text: str, mentions: list[Mention], found: dict[str, SlotValue], lines: list[LineView]
) -> None:
    """Two of what is named in the plural where the order has just two of it, and no number of units is said."""
    if "line" not in found or s.kind("quantity") or s.kind("number"):
        return
    two = {x.id for x in lines if is_pair(x)}
    for mention in mentions:
        around = text[max(0, mention.start - 24) : mention.start]
        if not is_both(text, mention) or len(mention.lines) != 1 or _SOME.search(around):
            continue
        for entry in found["line"].value:
            if (
                entry["line"] in two & set(mention.lines)
                and entry["quantity"] is None
                and not entry.get("all")
            ):
                entry["quantity"] = 2
