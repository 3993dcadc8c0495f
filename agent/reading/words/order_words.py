"""Words that describe an order which is not named by its number."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.text.patterns import regex
from agent.reading.text.span import masked
from agent.reading.words.nouns import NOT_ITEMS
from agent.reading.words.signals import Signals

_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s(?:[A-ZÀ-Þ][\w'’-]+|de|van|von|da|del|el|al))*"

_WHOSE = regex(
    rf"(?:\b(?:order|orders|refund|return|parcel|purchase|case|one|rma)s?\s(?:of|from|by"
    rf"|for)\s(?:customer\s)?(?P<a>{_NAME}))|\b(?P<b>{_NAME})(?:['’]s|s['’])\s(?:\w+\s)?(?:order"
    rf"|refund|return|parcel|case|one|purchase)"
)

_THE = regex(
    r"\b(?:the|that|her|his)\s(?P<a>(?!same|last|whole|other|next|wrong|right|full|previous"
    r"|entire|supplier|return|partial|first|second|goodwill|shipping|open"
    r"|pending)[\w'’-]+(?:\s[\w'’-]+){0,2}?)\s(?:order|refund|case|return|parcel|purchase)\b",
    re.IGNORECASE,
)

_REFUND_NAME = regex(
    rf"^\W*(?:[Pp]lease |[Pp]ls |[Nn]ow )?(?:[Rr]efund|[Rr]fnd|[Rr]eimburse)"
    rf" (?:(?:[Mm]rs?|[Mm]s)\.? )?(?P<a>{_NAME})\W*$"
)

_WANTS = regex(
    rf"^\W*(?!(?:[Cc]ustomer|[Cc]lient|[Bb]uyer|[Ss]he|[Hh]e|[Tt]hey|[Ww]e|[Ii]t|[Tt]he|[Tt]his|[Tt]hat|[Ss]ome\w+)\b)"
    rf"(?P<a>{_NAME}) (?:wants|would like|asks|asked|complains|complained|wrote|writes|called|emailed|needs|changed)\b"
)

_TO_NAME = regex(
    rf"\b(?:[Rr]efund|[Gg]ive|[Pp]ay|[Ss]end|[Cc]redit|[Mm]oney|[Bb]ack)\b[^.;]{{0,30}}\bto (?:(?:[Mm]rs?|[Mm]s)\.? )?"
    rf"(?!(?:[Vv]isa|[Pp]ay[Pp]al|[Mm]astercard|[Aa]mex|[Kk]larna|[Cc]ard|[Kk]onto)\b)(?P<a>{_NAME})"
)

_WITH = regex(
    r"\border\s(?:with|containing|that has|for|of)\s(?:the|an?|her"
    r"|his)\s(?P<a>[a-z][\w' -]{2,30}?)(?=$|[,.?!]|\s(?:in|on|from|please|pls)\b)",
    re.IGNORECASE,
)

_LATEST = regex(r"\b(?:latest|last|most recent|newest) order\b", re.IGNORECASE)


_ALL_OFF = regex(
    r"\b(?:cancel|scrap|call off|kill|stop)\w* (?:the (?:whole )?(?:lot|thing)|everything|them all|it all"
    r"|all of (?:it|them))\b"
    r"(?! (?:except|but|bar|save|apart|other|unless))"
)


def calls_all_off(s: Signals) -> bool:
    """Whether all of an order is called off, where nothing else is open that could be ("cancel the lot then")."""
    return bool(_ALL_OFF.search(s.plain)) and not s.has("cancel_return", "supplier", "a_return")


def order_query(s: Signals) -> SlotValue | None:
    """Words that describe an order not named by number: a name, an address, an item."""
    for span in s.kind("email") + s.kind("customer") + s.kind("person"):
        return SlotValue(value=span.value, span=span.text)
    text = masked(s.wording.text, [span for span in s.spans if span.kind not in {"quantity", "title"}])
    for pattern in (_WHOSE, _WITH, _THE, _REFUND_NAME, _WANTS, _TO_NAME):
        match = pattern.search(text)
        if match:
            words = next(group for group in match.groups() if group)
            if any(word.lower() not in NOT_ITEMS for word in words.split()):
                return SlotValue(value=words.strip(), span=words.strip())
    latest = _LATEST.search(text)
    return SlotValue(value=latest.group(), span=latest.group()) if latest else None
