"""Sums that are said as a whole: all of it, in full, the rest."""

from __future__ import annotations

import re
from typing import Any

from agent.reading.text.patterns import regex
from agent.reading.values.not_given import is_of_goods, is_told_only

FULL = regex(
    r"\b(?:(?:in )?full(?: (?:amount|refund|rfnd|value|price|whack))?|100 ?%|fully"
    r"|(?:it|them|the lot|order) whole"
    r"|everything(?! else (?:as|stays?|remains?|is (?:as|fine|ok|okay|unchanged)|like|the same|we (?:had|said|agreed)))"
    r"|every penny|the (?:whole|entire|full|complete) "
    r"(?:lot|thing|order|amount|refund|price|sum|bill)|whole (?:lot|order|amount|thing|price|sum)"
    r"|entire (?:order|amount)|all (?:of )?that(?=\W*(?:$|then|back|please)|\s*[,.;])|that much(?=\W*$)|all of (?:it"
    r"|(?:the |her |his |their )?order)|all of(?= (?:order )?(?:[#\x00]|\d{4,}))"
    r"|all money(?= back| returned|\W*$)|(?<=refund )all(?=\s*(?:$|[,.;!]))|(?<=rfnd )all(?=\s*(?:$|[,.;!]))"
    r"|all (?:the|her|his|their) money|all of (?:its|the|her|his|their) (?:price|money|cost|value)"
    r"|total amount|complete refund|all back(?=\W*$|[.,;!]| (?:with|w|w/|incl\w*|plus|and|please|pls)\b))\b",
    re.IGNORECASE,
)

_ENDS = (
    r"(?=\s*(?:$|[,.;:!?)\x00#]|\d|(?:on|for|to|as|with|due|since|back|please|pls|thanks|because|bc|and|in order"
    r"|now|too|do|affect|touch|change|hit)\b|of (?:order )?[#\d\x00]))"
)

REST = regex(
    r"\b(?:completely|entirely|in its entirety|totally|(?:the )?(?:entire |whole |full )?(?:rest"
    r"|remainder|balance left)"
    r"(?: of (?:it|that|this|the (?:order|money|amount|price|sum)))?"
    r"|(?:the )?(?:whole |entire )?remaining(?! (?:\d|one\b|two\b|three\b|four\b|five\b|six\b))"
    r"(?: (?:amount|money|sum|balance|value|part))?"
    r"|what(?:ever)?(?:'s|s| is)? (?:still )?(?:left|open|remaining|refundable)|all (?:of )?(?:the |her |his )?"
    r"(?:items|lines|products|things|articles))" + _ENDS,
    re.IGNORECASE,
)

_SPENDS_ALL = regex(
    r"\b(?:re?fu?nd\w*|rfnd|rfd|ref|give|gives|gets?|is owed|settle|pay out|transfer|credit|reimburse\w*"
    r"|pay|money|issue)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)

_SAVE = regex(
    r"\s*,?\s*(?:but|except|excluding|apart from|other than|save|minus|bar|barring"
    r"|without (?:the |her |his |any )?(?:shipping|postage|delivery|carriage|freight))\b",
    re.IGNORECASE,
)
"""Something is left out of all."""


def full(_match: re.Match[str], _order: str | None, text: str) -> dict[str, Any] | None:
    """All of it, unless the word says something else."""
    word = _match.group().lower()
    before = text[max(0, _match.start() - 12) : _match.start()].lower()
    if _SAVE.match(text[_match.end() :]):
        return None
    lone = word == "everything" and re.search(r"\b(?:is|check|thanks for)\s*$", before)
    if lone or is_told_only(text[: _match.start()]):
        return None
    if is_of_goods(text[: _match.start()], word, text[_match.end() :]):
        return None
    if re.search(r"\b(?:not|isn't|instead of|no)\s+(?:a |the )?(?:in )?$", before):
        return None
    return {"kind": "full"}


def rest(match: re.Match[str], _order: str | None, text: str) -> dict[str, Any] | None:
    """Everything, or what is left of it, where money is given ("refund it completely", "refund the rest")."""
    if not _SPENDS_ALL.search(text[: match.start()]) or re.search(r"\bnot\s*$", text[: match.start()], re.I):
        return None
    return None if _SAVE.match(text[match.end() :]) else {"kind": "full"}
