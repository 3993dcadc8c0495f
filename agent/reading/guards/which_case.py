"""Guards for the case that is meant: named by its number, gone back to, or tried again."""

from __future__ import annotations

import re

from agent.reading.guards.plain import OUTRIGHT
from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.signals import Signals

_MONEY_GOES = regex(
    r"\b(?:MONEY|PERCENT|money|cash|send|give|pay|put|credit|refund|goes?|ship|half|thirds?"
    r"|quarters?|fifths?|price|costs?)\b"
)


_IS_BACK = regex(
    r"^(?:\W|ok|okay|sorry|hi|hey|so|right|just|i'm|i am|am|we're|was|been|got)*"
    r"(?:back (?:from (?:my |the |a |our )?(?:lunch|break|meeting|call|phone|coffee|weekend|holiday|dinner|stand-?up)"
    r"|now|again|at (?:my|the) desk)|(?:at|on|in) (?:my |the |a )?(?:lunch|break|meeting|call)|away|out for lunch)\b"
    r".*\b(?:let's|lets|do|finish|go on|going|continue|carry on|where|wrap|sort|back to|same|still|now)\b"
)
"""Whoever speaks was away and goes on with what is open."""


def _goes_on(s: Signals, now: Open) -> bool:
    """Whether a case is gone back to, and not goods or money."""
    if now.anything and _IS_BACK.match(s.plain) and not s.has("refund", "wants_return"):
        return True
    return (
        s.has("resume")
        and not _MONEY_GOES.search(s.plain[: s.found["resume"].start()])
        and not s.has("keep_it", "wants_return")
        and not (s.kind("quantity") and s.found["resume"].group().endswith("customer"))
        and not re.search(r"\b(?:sender|card|her|him|them|us|stock)\b$", s.plain)
    )


def selects(s: Signals, now: Open) -> Act | None:
    """A case that is named, gone back to or tried again."""
    if s.has("retry"):
        return Act("resume", OUTRIGHT, "retry")
    if s.has("the_ticket") and not now.anything and not s.kind("order"):
        return Act("select", OUTRIGHT)
    if s.has("open_cases"):
        return Act("ask_status", OUTRIGHT, "open_cases")
    if _goes_on(s, now):
        return Act("resume", 0.93)
    numbered = bool(s.kind("order") or s.kind("return"))
    left = numbered and re.sub(
        r"\b(?:ORDERNO|RETURNNO|order|number|no|my|the|is|please|for|rma|hi|hello|hey|on|and|it's"
        r"|invoice)\b|\W",
        "",
        s.plain,
    )
    if numbered and not left and not s.has("wants_return"):
        return Act("select", 0.95)
    if now.other_order and now.open_return and s.has("came_back"):
        return None
    if s.has("selects") and not s.has("refund", "return", "approves", "rejects", "refund_status", "corrects"):
        return Act("select", 0.85)
    return None
