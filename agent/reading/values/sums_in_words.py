"""Larger numbers in words that may be a sum ("let her have the seventy-five")."""

from __future__ import annotations

import re

from agent.reading.text.numerals import LARGE_WORD, WORD_NUMBER, word_value
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_IN_WORDS = regex(rf"(?<![\w-])(?:{LARGE_WORD})(?![\w%-])", re.IGNORECASE)
_AFTER_ANOTHER = regex(rf"\b{WORD_NUMBER}[ -]$", re.IGNORECASE)
_NO_SUM = regex(
    r"\s?(?:-|(?:year|month|week|day|hour|minute|mile|kilomet|met|centimet|gram|watt|people|guests|percent|per cent|odd"
    r"|times?\b|o'clock))",
    re.IGNORECASE,
)
"""What is counted or measured by a number in words, and is neither goods nor money."""


def in_words(text: str) -> list[re.Match[str]]:
    """Larger numbers in words that count and measure nothing."""
    found = _IN_WORDS.finditer(text)
    return [
        m for m in found if not (_NO_SUM.match(text, m.end()) or _AFTER_ANOTHER.search(text[: m.start()]))
    ]


def numbers_in_words(text: str) -> list[Span]:
    """The same as ``number`` spans; their value is digits, as that of a number in digits."""
    return [Span("number", m.start(), m.end(), m.group(), str(word_value(m.group()))) for m in in_words(text)]
