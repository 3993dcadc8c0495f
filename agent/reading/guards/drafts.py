"""Guards for texts to the customer: whether one is to be written, and of which kind."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.reasons import is_quality
from agent.reading.words.signals import Signals

_TELLS = regex(
    r"^(?:\W|ORDERNO|please |can you |could you |now |and |then )*(?:tell|let|inform|notify) (?!me\b|us\b)"
)


_SHORT = 6
"""Words of a message that asks for a text and for nothing besides ("write her a reply")."""


def drafts(s: Signals, _now: Open) -> Act | None:
    """A text for the customer is to be written."""
    if s.has("asks_evidence") and not s.has("evidence_none"):
        return Act("draft", 0.9, "evidence_request")
    draft, rejects = s.found.get("draft"), s.found.get("rejects")
    if not draft or s.has("supplier"):
        return None
    named = re.search(
        r"\b(?:reply|response|draft|message|mail|email|template|write|letter|note to)\b", draft.group()
    )
    if rejects and rejects.start() < draft.start() and not named:
        return None
    in_language = re.search(
        r"\bin (?:spanish|german|french|italian|dutch|portuguese|polish|english)\b", s.plain
    )
    kind = _draft_kind(s)
    outright = (
        named
        and (kind or in_language or len(s.plain.split()) <= _SHORT)
        and re.match(
            r"^(?:\W|ORDERNO|RETURNNO|please |can you |could you |now |and |then )*"
            r"(?:draft|write|compose|reply|answer|respond|email|message|mail|text)\b",
            s.plain,
        )
    )
    told = kind in {"refund_notice", "approval"} and _TELLS.match(s.plain)
    return Act("draft", 0.95 if outright or told or in_language else 0.9 if named else 0.65, kind)


def _draft_kind(s: Signals) -> str:
    sees = re.search(r"\b(?:see|shows?|showing) (?:it|them|us|that|this|those|the \w+|what|how)\b", s.plain)
    if sees and any(is_quality(reason.code) for reason in s.reasons):
        return "evidence_request"
    if s.has("asks_evidence") or re.search(r"\b(?:photos?|pictures?|evidence|proof|video)\b", s.plain):
        return "evidence_request"
    if s.has("rejects") or re.search(r"\brejection|decline\b", s.plain):
        return "rejection"
    if s.has("approves") or re.search(r"\b(?:approval|instructions|how to (?:return|send))\b", s.plain):
        return "approval"
    return (
        "refund_notice"
        if s.has("refund") or re.search(r"refund|\b(?:money|paid|credit\w*)\b", s.plain)
        else ""
    )
