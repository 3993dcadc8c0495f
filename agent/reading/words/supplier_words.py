"""Words by which a supplier is asked to bear a cost, whatever else is said."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex

CLAIMS = regex(
    r"\b(?:claim|ask|request|recover|get|want|put|charge|bill|take)\w*\b.*\b(?:supplier|vendor|manufacturer|wholesaler|factory)\b"
    r"|\b(?:supplier|vendor|manufacturer|wholesaler|factory)\b.*\b(?:claim|pays?|owes?|cost|refund|cover|credit)\w*\b",
    re.IGNORECASE,
)
"""With an order talked about, a number that is no order's is what the supplier is asked for."""
