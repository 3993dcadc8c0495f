"""A count that is said again: the same figure twice, or another in its place at once."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span


def said_twice(spans: list[Span]) -> list[Span]:
    """A bare figure that repeats a number of units is that number, no amount ("three are too tight, refund 3")."""
    counts = {span.value for span in spans if span.kind == "quantity" and isinstance(span.value, int)}
    return [
        Span("quantity", span.start, span.end, span.text, int(span.text))
        if span.kind == "money"
        and span.value["kind"] == "exact"
        and span.text.isdigit()
        and int(span.text) in counts
        else span
        for span in spans
    ]


_NO_WAIT = regex(
    r"[\s.,;:!…–-]*(?:oh |ah |um |erm |hang on[\s,]+|hold on[\s,]+)*"
    r"(?:no[\s,]+(?:wait|sorry|hang on|hold on|actually|make|scratch|it's|just|only)"
    r"|wait|hang on|hold on|scratch that|sorry|correction|actually|i mean|rather)\b",
    re.IGNORECASE,
)


def corrected_at_once(text: str, spans: list[Span]) -> list[Span]:
    """A bare figure that is taken back at once for a number of units ("give her back 3 … no wait, it's only two")."""
    for at, span in enumerate(spans):
        if span.kind != "money" or not span.text.isdigit() or not _NO_WAIT.match(text, span.end):
            continue
        later = [s.kind for s in spans[at + 1 :] if s.kind in {"money", "quantity"}]
        if later and later[0] == "quantity":
            return [*spans[:at], Span("told", span.start, span.end, span.text, None), *spans[at + 1 :]]
    return spans
