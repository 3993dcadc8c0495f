"""Figures that only say what was given before, what it was given for, or what the customer has anyway."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

STARTED = regex(
    r"\b(?:started|begun|began|did|done|made|processed|put through|set up|issued|launched|triggered)"
    r"\s(?:already )?(?:a|an|the|one|her|his|their)\s(?:partial )?(?:refund|payment|payout|credit)"
    r"(?: (?:for|of|on|over|to))?(?: (?:the|her|his|about|just|only))*\s$",
    re.IGNORECASE,
)
"""A refund that somebody has made, with what it was for behind it."""
_FOR_SO_MANY = regex(r"\s*(?:back |off )?(?:for|on|over)\s(?:the |her |his |their )?", re.IGNORECASE)


def paid_for(text: str, done: list[Span], span: Span) -> bool:
    """Whether the units are those that a sum of the past was for ("we gave her ten back for one of the cups")."""
    before = done[-1] if done else None
    return bool(before and before.kind == "told" and _FOR_SO_MANY.fullmatch(text[before.end : span.start]))


_GAVE = regex(
    r"\b(?:gave|given|got|gotten|had|received|refunded|credited|comped|reimbursed|issued"
    r"|(?:we|i|us|was|were|been|got)(?:'ve| have| had)?(?: already| just)? (?:paid|sent))"
    r"(?:\s(?:already|back|us|her|him|them|the customer|out|just|only|about|around|a|an|some|refund|credit|of|goodwill"
    r"|partial|earlier|previously|first|to|for|customer|(?:(?:mr|mrs|ms|miss)\.? )?(?-i:[A-ZÀ-Þ][\w'’-]+|de"
    r"|van|von)))*\s$",
    re.IGNORECASE,
)

_BEFORE_NOW = regex(
    r"\b(?:already|previously|earlier|before|recall|remember|back when|the other day|a while (?:ago|back)"
    r"|once|so far|yesterday|last (?:week|month|time|year|night|\w+day)"
    r"|ago|on \w+day|this morning|the first time"
    r"|beforehand|back then|at first)\b",
    re.IGNORECASE,
)

_PART_ENDS = regex(
    r"[.;:,!?]|\b(?:now|so(?! far)|then(?<!back then)|but|and|top|refund(?!ed)|give)\b", re.IGNORECASE
)

_OWNS = regex(
    r"\b(?:she|he|they|customer|client|buyer)(?:'s| has| have| had| owns?)(?: got)?(?: already| still| like)?\s$",
    re.IGNORECASE,
)

_OWNED = regex(
    r"\s*(?:of (?:them|those|these|it)|others?)?\s*(?:already|at home|at hers|at his place)?\s*(?:[.,;!?]|$)",
    re.IGNORECASE,
)

_MORE_THAN_A_NUMBER = regex(r"\b(?:of|others?|already|at)\b", re.IGNORECASE)


def is_owned(text: str, span: Span) -> bool:
    """Whether units are those that the customer has at home anyway ("she has three of them")."""
    after = _OWNED.match(text[span.end :])
    return bool(
        _OWNS.search(text[: span.start]) and after and _MORE_THAN_A_NUMBER.search(span.text + after.group())
    )


_HAS_ALREADY = regex(
    r"\s*(?:\w+ )?(?:(?:that|which) )?(?:she|he|they|the customer|customer|client|we|i)"
    r"(?:'s|'ve| has| have| had)? already\b",
    re.IGNORECASE,
)
"""Behind a figure: it was given before, and what is left of the order is less by it ("less the 50 she already has")."""


_ALREADY = regex(r"\balready\s(?:the |her |his |about )?[€$£¥]?$", re.IGNORECASE)
_GONE = regex(r"\s?(?:\w{2,6} )?(?:gone|out|done|paid|refunded|given|used)\b", re.IGNORECASE)
"""Around a figure: it was given before ("already 60 gone?")."""
_WAS_GIVEN = regex(
    r"\s*(?:of (?:the|her|his|their|these|those) )?(?:[^\W\d]+ ){0,2}"
    r"(?:(?:was|were|has been|have been|had been|got|is|are)"
    r" (?:already |just )?(?:refunded|reimbursed|credited|paid back|paid out)\b)",
    re.IGNORECASE,
)
"""Behind units: their money was given before ("one of his candles was refunded last week")."""
_OF_A_VOUCHER = regex(
    r"\s*(?:[^\W\d]+ )?(?:vouchers?|coupons?|(?:promo|discount|voucher|coupon)[ -]?codes?|promotion)\b",
    re.IGNORECASE,
)
"""Behind a figure: it is what the customer had paid less, and no sum to give ("her 10 euro voucher")."""
_MAKES_ONE = regex(
    r"\b(?:give|send|issue|grant|offer|add|new)\w*(?: \w+){0,3}? (?:an? )?(?:\w+ )?$", re.IGNORECASE
)


def is_past(text: str, span: Span) -> bool:
    """Whether a figure says what was given before."""
    if _OF_A_VOUCHER.match(text[span.end :]) and not _MAKES_ONE.search(text[: span.start]):
        return True
    if _ALREADY.search(text[: span.start]) and _GONE.match(text[span.end :]):
        return True
    if span.kind != "money" and _WAS_GIVEN.match(text[span.end :]):
        return True
    if _HAS_ALREADY.match(text[span.end :]):
        return True
    before = _PART_ENDS.split(text[: span.start])[-1]
    after = _PART_ENDS.split(text[span.end :])[0]
    if STARTED.search(text[: span.start]):
        return True
    return bool(_GAVE.search(before) and (_BEFORE_NOW.search(before) or _BEFORE_NOW.search(after)))
