"""What somebody has paid back before: units and sums of a refund that is over."""

from __future__ import annotations

import re

from agent.reading.span import Span

STARTED = re.compile(
    r"\b(?:started|begun|began|did|done|made|processed|put through|set up|issued|launched|triggered)"
    r"\s(?:already )?(?:a|an|the|one|her|his|their)\s(?:partial )?(?:refund|payment|payout|credit)"
    r"(?: (?:for|of|on|over|to))?(?: (?:the|her|his|about|just|only))*\s$",
    re.IGNORECASE,
)
"""A refund that somebody has made, with what it was for behind it."""
_FOR_SO_MANY = re.compile(r"\s*(?:back |off )?(?:for|on|over)\s(?:the |her |his |their )?", re.IGNORECASE)


def paid_for(text: str, done: list[Span], span: Span) -> bool:
    """Whether the units are those that a sum of the past was for ("we gave her ten back for one of the cups")."""
    before = done[-1] if done else None
    return bool(before and before.kind == "told" and _FOR_SO_MANY.fullmatch(text[before.end : span.start]))
