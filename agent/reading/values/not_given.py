"""Money that a message only tells of: denied, or given before."""

from __future__ import annotations

import re

_NOT_GIVEN = re.compile(
    r"(?:\bnot|n['’]?t|\bno|\bnever|\bwithout|\brather than|\binstead of|\bcannot)\s+(?:(?:gonna|going|to"
    r"|want|be|get|gets"
    r"|getting|give|giving|pay|paying|paid|refund|refunding|credit|crediting|have|having|owe|owed|deserve|deserves|worth"
    r"|do|doing|him|her|them|back|a|an|the|for|you|we)\s+){0,5}(?:in\s+)?$",
    re.IGNORECASE,
)
"""The whole is what is not given ("so not paying the full price")."""
_FULL_BEFORE = re.compile(
    r"\b(?:she|he|they|customer|client|buyer|we|i|who)(?:'ve| have| has| had|'s)?(?: of course| already"
    r"| since| also| then)*"
    r" (?:got|gotten|received|had|gave|given|refunded|paid)(?: (?:back|her|him|them|already|of course))*\s$"
    r"|\b(?:of course|already) (?:got|gotten|received|had)(?: back)?\s$",
    re.IGNORECASE,
)
"""What was given back before, told in passing ("she got all her money in the meantime")."""


def is_told_only(before: str) -> bool:
    """Whether "all the money" behind these words is none to be given: it is denied, or was given before."""
    return bool(_NOT_GIVEN.search(before) or _FULL_BEFORE.search(before))
