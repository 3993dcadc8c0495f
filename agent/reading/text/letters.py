"""Digits that stand for words: "sry 4 late dlvry", "too small 4 him"."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_LETTER = regex(
    r"(?<=[a-z%] )4(?= (?:the |her |his |their |being )*(?:late|delay\w*|dlvry|dlay|troubl\w*|inconv\w*"
    r"|wait\w*|damag\w*|dmg\w*|broke\w*|brkn)\b)"
    r"|(?<=[a-z] )2(?= (?:snd|send|rtn|return|keep|ship|get|have|be|b|pay|refund|rfnd|give|us|her|him|them)\b)"
    r"|(?<=\bamt )2(?= \d)|(?<=\bamount )2(?= \d)",
    re.IGNORECASE,
)
"""Digits that stand for words: "sry 4 late dlvry", "wants 2 snd bk"."""


_FOR_HIM = regex(
    r"\b(?!refund|return|give|send|credit|pay|keep|owe)[a-z]+ (?P<d>4) (?:him|her|them|us|me)\b(?=\s*(?:$"
    r"|[.,;!?]|and\b|but\b|so\b))",
    re.I,
)
"""The 4 of "too small 4 him"."""


def letters(text: str) -> list[Span]:
    """Where such digits stand; they count nothing."""
    found = [Span("word", m.start(), m.end(), m.group(), None) for m in _LETTER.finditer(text)]
    return found + [Span("word", *m.span("d"), m.group("d"), None) for m in _FOR_HIM.finditer(text)]
