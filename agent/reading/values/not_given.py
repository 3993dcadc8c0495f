"""Money that a message only tells of: denied, or given before."""

from __future__ import annotations

import re

from agent.reading.text.patterns import regex

_NOT_GIVEN = regex(
    r"(?:\bnot|n['’]?t|\bno|\bnever|\bwithout|\brather than|\binstead of|\bcannot)\s+(?:(?:gonna|going|to"
    r"|want|be|get|gets"
    r"|getting|give|giving|pay|paying|paid|refund|refunding|credit|crediting|have|having|owe|owed|deserve|deserves|worth"
    r"|do|doing|him|her|them|back|a|an|the|for|you|we)\s+){0,5}(?:in\s+)?$",
    re.IGNORECASE,
)
"""The whole is what is not given ("so not paying the full price")."""
_FULL_BEFORE = regex(
    r"\b(?:she|he|they|customer|client|buyer|we|i|who)(?:'ve| have| has| had|'s)?(?: of course| already"
    r"| since| also| then)*"
    r" (?:got|gotten|received|had|gave|given|refunded|paid)(?: (?:back|her|him|them|already|of course))*\s$"
    r"|\b(?:of course|already) (?:got|gotten|received|had)(?: back)?\s$",
    re.IGNORECASE,
)
"""What was given back before, told in passing ("she got all her money in the meantime")."""

_GOT_EVERYTHING = regex(
    r"\b(?:(?:did|does|do|has|have|had|must have|should have)(?: actually| indeed| certainly)?"
    r" (?:get|got|gotten|receive|received)"
    r"|(?:we|i|they)(?:'ve| have| had)? (?:sent|shipped|delivered|packed)|(?:was|were|is|are)(?: all)? there)"
    r"(?: (?:him|her|them))?\s$|\b(?:got|received|checked|tried|saw|seen|kept|keeps?|opened|unpacked)\s$",
    re.IGNORECASE,
)
"""Behind it "everything" is goods, and no sum ("he did get everything")."""
_GIVEN_BACK = regex(r"\s+(?:back|refunded|reimbursed|returned|paid)\b", re.IGNORECASE)


def is_of_goods(before: str, word: str, after: str) -> bool:
    """Whether "everything" says what goods somebody got or has, and not how much is paid back."""
    of_goods = word.lower() == "everything" and _GOT_EVERYTHING.search(before)
    return bool(of_goods) and not _GIVEN_BACK.match(after)


def is_told_only(before: str) -> bool:
    """Whether "all the money" behind these words is none to be given: it is denied, or was given before."""
    return bool(_NOT_GIVEN.search(before) or _FULL_BEFORE.search(before))
