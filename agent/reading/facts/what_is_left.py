"""What is left of goods once some of them were paid back: "the ones which are left", "only the remaining two"."""

from __future__ import annotations

import re

from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex

_NOT_YET = r"not (?:been )?(?:yet )?(?:refunded|paid(?: back)?|given back|done)(?: yet)?"
LEFT = (
    r"(?:(?:what(?:ever)?|those|the ones|all)(?: (?:that|which))? (?:has|have|is|was|were|are)(?:n't| not)"
    r"(?: been)?(?: yet)? (?:refunded|paid(?: back)?|given back|done)(?: yet)?"
    r"|what(?:ever)?(?:'s| is)? (?:still )?(?:left|remain\w*|possible|open)(?: of (?:them|it))?"
    rf"|(?:the |all the |all )?(?:ones?|units?|pieces?|those|[a-z]{{3,}}s)(?: (?:which|that))?"
    rf" (?:are|is|'re) (?:still )?(?:left(?: over)?|remaining|there|open|{_NOT_YET})"
    r"|(?:the |all the |all )?(?:rest|remaining(?: ones| units| [a-z]{3,}s)?|remainder|left ?overs?))"
)
"""Words for all that is left."""
ENDS = r"(?:,? (?:then|please|pls|only|of course|instead|now|thanks))*\W*$"
_SAID = regex(rf"\b{LEFT}{ENDS}")
_COUNTS_OR_DENIES = regex(rf"\b(?:\d+|{WORD_NUMBER}|not|no|without|keeps?|keeping|n't|half|some|of)\b")
_SO_MANY = regex(
    rf"\b(?:remaining|leftover|other|last)\s(?P<n>[2-9]|\d\d|{WORD_NUMBER})\b(?!\s?(?:days?|weeks?|months?|%|MONEY))"
    rf"|(?<![\w.,/#-])(?P<m>\d{{1,3}}|{WORD_NUMBER})(?: (?:that|which))?(?: (?:are|is|'re))?(?: still)?"
    r" (?:left|remaining|remain)\b"
)


def says_what_is_left(plain: str) -> bool:
    """Whether a message ends with words for all that is left, and with no number of it."""
    said = _SAID.search(plain)
    if said is None:
        return False
    piece = re.split(r"[.,;!?] ", plain[: said.start()])[-1]
    return not _COUNTS_OR_DENIES.search(piece)


_THEN_GIVEN = regex(
    r"^(?:\W|ok|okay|so|and|well|then|right|fine|alright)*what(?:ever)?(?:'s| is|s)? (?:still )?(?:left|remain\w*)"
    r"(?: (?:over|then|there))*\W+(?:(?:so|then|just|please|ok|and)\W+)*(?:refund|give|pay|send|return|take)"
    r"(?:\W+(?:it|that|this|her|him|them|back|then|please))+\W*$"
)


def gives_what_is_left(plain: str) -> bool:
    """Whether a message asks what is left and wants just that given ("what's left then, refund that")."""
    return _THEN_GIVEN.match(plain) is not None


_PART_OF = regex(
    rf"(?<!not )\b(?:\d+|{WORD_NUMBER}|half|some|none)(?: out)? of(?: (?:the|these|those|her|his|their|them))* $"
)
"""Before a number that is left: only some of them are meant ("one of the two left")."""


def number_left(plain: str) -> int | None:
    """How many units are said to be left, or to be the others ("only the remaining two then")."""
    found = list(_SO_MANY.finditer(plain))
    if len(found) != 1 or _PART_OF.search(plain[: found[0].start()]):
        return None
    word = found[0].group("n") or found[0].group("m")
    return int(word) if word.isdigit() else NUMBER_WORDS[word]
