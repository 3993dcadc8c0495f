"""What tells similar goods of an order apart: a size, a colour, a number ("the 42s", "not the small, the large")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.view import LineView

_SAME = (
    frozenset({"s", "small", "smaller", "smallest", "little"}),
    frozenset({"m", "medium", "mid"}),
    frozenset({"l", "large", "larger", "largest", "big", "bigger", "biggest"}),
    frozenset({"xl", "xlarge"}),
    frozenset({"grey", "gray"}),
    frozenset({"black", "blk"}),
    frozenset({"white", "wht"}),
)
"""Words for the same size or colour."""
_OTHERS = {word: group - {word} for group in _SAME for word in group}
SIZES = frozenset().union(*_SAME[:4])
_TOO = regex(
    r"\b(?:too|to|2|so|very|bit|way|slightly|rather|quite|really|runs?|came up|comes up|sizes?)\s$", re.I
)
_POINTS = regex(
    r"(?:\b(?:the|her|his|their|that|this|those|these|in|size|not|only|just|no|instead of)\s(?:\w+\s)?|\x00\s?)$",
    re.I,
)
_NOUNLESS = regex(
    r"\s*(?:$|[.,;:!?)–-]|(?:ones?|is|are|was|were|came|arrived|has|had|and|or|but|not|no|instead|please|pls|then|too|only"
    r"|she|he|they|stays?|broke\w*|crack\w*|keeps?|never|didn'?t|doesn'?t|that|which|on|from|for|back|went|got)\b)",
    re.IGNORECASE,
)
_NUMBER = regex(r"\d{1,3}")


def same_as(word: str) -> frozenset[str]:
    """Other words for a size or colour ("big" for "large"); none for any other word."""
    return _OTHERS.get(word, frozenset())


def judges(word: str, before: str) -> bool:
    """Whether a size only says how something turned out ("the rug is too small"), and names none."""
    return word in SIZES and len(word) > 1 and bool(_TOO.search(before))


def points(word: str, before: str, after: str) -> bool:
    """Whether a word of size stands for the goods of that size ("the small", "one of the big ones")."""
    return word in SIZES and bool(_POINTS.search(before)) and bool(_NOUNLESS.match(after))


def with_numbers(spans: list[Span], lines: Iterable[LineView]) -> list[Span]:
    """`spans` without counts and sums that are the number by which one line differs from another.

    "43 he keeps" of boots in 42 and 43 counts nothing. A number that could count the units of a line stays.
    """
    names = _telling_numbers(list(lines))
    if not names:
        return spans
    return [
        Span("title", span.start, span.end, span.text, span.text) if _is_one(span, names) else span
        for span in spans
    ]


def _is_one(span: Span, names: set[str]) -> bool:
    bare = span.kind in {"quantity", "number", "order", "label", "told"}
    sum_ = span.kind == "money" and span.value["kind"] == "exact" and not span.value["currency"]
    return (bare or sum_) and span.text in names


def _telling_numbers(lines: Sequence[LineView]) -> set[str]:
    """Numbers in the titles of some lines that others of the same name do not have, too high for a count of them."""
    most = max((line.quantity for line in lines), default=0)
    named: dict[str, int] = {}
    for line in lines:
        for number in set(_NUMBER.findall(re.sub(r"\d{4,}", " ", f"{line.title} {line.variant}"))):
            named[number] = named.get(number, 0) + 1
    return {number for number, times in named.items() if times < len(lines) and int(number) > most}
