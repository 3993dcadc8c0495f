"""Dates and times in a message."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex
from agent.reading.text.span import Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = regex(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}"
    rf"|{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?(?!\s?(?:%|[€$£]|eur|usd|gbp|off\b|back\b))"
    rf"|\d{{1,2}}:\d{{2}}(?:\s?[ap]m)?"
    r"|\d{1,2}\s?[ap]m|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def date_spans(text: str) -> list[Span]:
    """Dates and times: only ever masked, never read."""
    return [Span("date", m.start(), m.end(), m.group(), None) for m in _DATE.finditer(text)]
