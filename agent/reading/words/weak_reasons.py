"""Reasons read from words that say something else at a card: "wait", "instead", "different", "too late"."""

from __future__ import annotations

import re

from agent.reading.text.numerals import WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.words.reasons import ReasonFound, named_reason
from agent.reading.words.signals import Signals

_EMPTY = regex(
    rf"\b(?:wait\w*|instead|different|other|another|only|just|not|no|too|late|wrong|than|rather|of|the|a|an|it|is|was|be"
    rf"|thing|things|matter|them|her|him|she|he|they|for|to|use|with|by|and|or|one|give|send|ship|put|take|get|gets"
    rf"|right|that|this|these|those|'s|in|on|at|CARRIER|MONEY|PERCENT|ORDERNO|RETURNNO|TRACKING|DATE|\d+|{WORD_NUMBER})\b|\W",
    re.IGNORECASE,
)
_SAYS_LITTLE = 4
_NUMBER = regex(rf"\b(?:\d+|{WORD_NUMBER}|MONEY|PERCENT)\b")


_SO_MANY_NOT_WANTED = regex(
    rf"\b(?:\d+|{WORD_NUMBER})(?: \w+){{0,2}}? (?:that |which )?(?:she|he|they|customer|client)\s$",
    re.IGNORECASE,
)
"""How many are not wanted: a count put right, and no reason ("it's two he doesn't want")."""


def another_reason(s: Signals) -> ReasonFound | None:
    """The reason that is said beside another change: by its name, or by words that are about nothing else."""
    named = named_reason(s.plain)
    if named is not None:
        return named
    for reason in s.reasons:
        words = s.plain[reason.start : reason.end]
        if _SO_MANY_NOT_WANTED.search(s.plain[: reason.start]):
            continue
        if _EMPTY.sub("", words) and not _NUMBER.search(words) and reason.end - reason.start < len(s.plain):
            return reason
    return None


def told_outright(s: Signals) -> bool:
    """Whether a reason is claimed by words that mean one, or is nearly all that is said ("late")."""
    if not s.reasons or named_reason(s.plain) is not None or len(s.plain.split()) < _SAYS_LITTLE:
        return True
    return any(_EMPTY.sub("", s.plain[reason.start : reason.end]) for reason in s.reasons)
