"""Numbers that count what goods are made of, and no goods: "two bowls in the set" of an order of one set."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.view import LineView
from agent.reading.words.nouns import NOT_ITEMS

_SETS = (
    r"(?:sets?|packs?|packets?|box(?:es)?|kits?|bundles?|collections?|pairs?|cases?|crates?|cartons?|trays?|bags?"
    r"|dozens?|multi-?packs?|assortments?)"
)
_UNITS = rf"(?:{_SETS}|units?|pcs?|pieces?|items?|copies|ones?)"
_OF_THEM = r"\s?(?:of (?:the|her|his|their|these|those) )?"
_INSIDE = regex(
    rf"{_OF_THEM}(?:(?!{_UNITS}\b|of\b)[a-z][\w'’-]*\s){{1,2}}"
    r"(?:in|of|from|on|inside|out of|at|with) (?:the|an?|her|his|their|that|this|one)\b",
    re.IGNORECASE,
)
"""A thing that is counted, and what it belongs to."""
_SETS_COUNTED = regex(
    rf"{_OF_THEM}(?:(?!in\b|of\b|from\b|inside\b)[\w'’-]+\s){{0,2}}{_SETS}\b", re.IGNORECASE
)
_SOLD_AS_SET = regex(rf"\b{_SETS}\b", re.IGNORECASE)
_PAIR = regex(r"(?:a|the) pair\b", re.IGNORECASE)
_THINGS = regex(
    rf"{_OF_THEM}(?:(?:big|small|large|broken|cracked|little)\s)?(?!{_UNITS}\b)(?P<what>[a-z][\w'’-]+s)\b",
    re.IGNORECASE,
)


def counts_parts(text: str, number: Span, line: LineView) -> bool:
    """Whether a number above what was ordered of `line` counts what it is made of or comes in.

    `text` is the message that `number` stands in. What is asked of the goods themselves is no such number: "two sets"
    of one is one too many, and is refused.
    """
    if not isinstance(number.value, int) or number.value <= line.quantity:
        return False
    behind = text[number.end :]
    if _PAIR.match(number.text):
        return True
    if _INSIDE.match(behind):
        return True
    return bool(_SOLD_AS_SET.search(f"{line.title} {line.variant}")) and bool(
        _THINGS.match(behind) and not _SETS_COUNTED.match(behind)
    )


def counts_other_things(text: str, number: Span, line: LineView) -> bool:
    """Whether a number above what was ordered counts things that are called nothing like `line` ("two screws")."""
    if not isinstance(number.value, int) or number.value <= line.quantity:
        return False
    thing = _THINGS.match(text[number.end :])
    return thing is not None and thing.group("what").lower() not in NOT_ITEMS
