"""Guards for what is wanted: money back, or goods back."""

from __future__ import annotations

import re

from agent.reading.guards.plain import OUTRIGHT, REFUND_GOODS
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.words.act import Act, Open
from agent.reading.words.signals import Signals
from domain.reasons import RefundReason

_MONEY_ONLY = frozenset(
    {
        RefundReason.DUPLICATE,
        RefundReason.PRICE_ADJUSTMENT,
        RefundReason.GOODWILL,
        RefundReason.NOT_RECEIVED,
        RefundReason.MISSING_ITEM,
    }
)
_NEVER_CAME = frozenset({RefundReason.NOT_RECEIVED, RefundReason.MISSING_ITEM})
"""What never came cannot come back."""
_NOT = regex(
    r"\b(?:don't|do not|does not|doesn't|not|no|nothing|never|without|instead of|rather than|no need for|n't)"
    r"(?: (?:a|an|the|any|for|to|want|need|wants|needs|ask|yet|just|do|be|create|open|make))*\s$"
)
_FIRST_BACK = regex(
    r"\b(?:before|until|till|prior to|ahead of|and only then|then)(?: \w+){0,3} (?:refund\w*|pay\w*|money)\b"
    r"|\b(?:no|not?|never|don't|do not|nothing)\b(?: \w+){0,3} (?:refund\w*|pay\w*|money|back)\b(?: \w+){0,4}"
    r" (?:without|until|unless|before|till)\b"
)


def _said(s: Signals, family: str) -> re.Match[str] | None:
    """The first match of a family that is not denied ("don't create a return, just refund it")."""
    if not s.has(family):
        return None
    found = families("acts")[family].finditer(s.plain)
    return next((match for match in found if not _NOT.search(s.plain[: match.start()])), None)


def _is_plain_refund(s: Signals) -> bool:
    """The bare imperative with goods behind it ("refund the valves")."""
    besides = ("question", "supplier", "refund_return", "refund_status", "rejects", "cancels", "vetoes")
    return bool(REFUND_GOODS.match(s.plain)) and not s.has(*besides, "corrects", "policy", "draft")


_FEE_BEFORE = regex(
    r"\b(?:fee|charge|surcharge|money|shipping|postage|amount|price|difference|cost|sum)s?(?: that| which)?"
    r" (?:we|i|you|us)(?:'ll| will| can| should| must| want to| just| have to)?\s$"
)
"""Money is what is given back ("only the fee we give back")."""


def asks_money_or_goods(s: Signals, now: Open) -> Act | None:
    """A refund or a return, whichever is asked for first."""
    refund, back = _said(s, "refund"), _said(s, "wants_return")
    if back and not refund and _FEE_BEFORE.search(s.plain[: back.start()]):
        refund, back = back, None
    keeps = s.has("keep_it")
    if s.has("send_back", "wants_return") and not keeps and _FIRST_BACK.search(s.plain):
        return Act("return", OUTRIGHT)
    if back and not refund and any(reason.code in _MONEY_ONLY for reason in s.reasons):
        refund = back if re.match(r"(?:give|return|send|take)\b", back.group()) else None
    if (
        refund
        and s.has("question")
        and s.has("wh")
        and not re.search(r"\b(?:how (?:do|can|to)|want|need|please)\b", s.plain)
    ):
        return None
    if back and not (refund or keeps) and families("returns")["sets_up"].match(s.plain):
        return Act("return", OUTRIGHT)
    if refund and not back and _is_plain_refund(s):
        return Act("refund", OUTRIGHT)
    if refund and (keeps or not back or refund.start() <= back.start()):
        never_came = any(reason.code in _NEVER_CAME for reason in s.reasons) and not s.has("send_back")
        sure = ((keeps and s.has("keep_it")) or never_came) and not s.has("question")
        return Act("refund", OUTRIGHT if sure else 0.85)
    if back and not keeps:
        return Act("return", 0.82)
    if refund:
        return Act("refund", 0.75)
    return None
