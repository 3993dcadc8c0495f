"""The other goods of an order: "no wait, the other one" at a card that is about one of two lines."""

from __future__ import annotations

import re
from typing import Any, Literal

from agent.commands import SlotValue
from agent.reading.goods.items import mentions_of
from agent.reading.goods.left_alone import is_denied
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_OTHER = regex(r"\bthe other(?: \w+|\W*$)")
_OF_TIME_OR_CASE = regex(
    r"\bthe other (?:day|week|time|order|case|ticket|customer|return|refund"
    r"|way|person|guy|lady|side|parcel|card|two|three)\b"
)
_BESIDES = regex(r"\b(?:too|as well|also|both|and the other|plus the other|add)\b")


_SWAPS = regex(
    r"\b(?:swap|change|switch|replace|exchange) (?P<out>[^.;,]{1,30}?) (?:for|with|to|by|against"
    r"|into) (?P<in>[^.;,]{1,30})",
    re.IGNORECASE,
)
_INSTEAD_OF = regex(
    r"(?P<in>[^.;,]{1,30}?),? (?:instead of|rather than|not|in place of) (?P<out>[^.;,]{1,30})", re.IGNORECASE
)


def goods_swapped(s: Signals, view: TurnView) -> SlotValue | None:
    """Of several goods on the card one for another ("swap the L for the S", "S instead of L"); the others stay."""
    card, order, text = view.proposal, view.order, s.wording.text
    said = _SWAPS.search(text) or _INSTEAD_OF.search(text)
    if card is None or order is None or said is None or len(card.lines) < 2:
        return None
    gone = {line for one in mentions_of(said.group("out"), order.lines) if one.sure for line in one.lines}
    come = {line for one in mentions_of(said.group("in"), order.lines) if one.sure for line in one.lines}
    left = [line for line in card.lines if line not in gone]
    if not (gone and come and left) or not gone <= set(card.lines) or come & set(card.lines):
        return None
    entries = [{"line": line, "quantity": None, "amount": None} for line in [*left, *sorted(come)]]
    return SlotValue(value=entries, span=text.strip())


_SO_MANY = regex(rf"\b(?:other|remaining)\s(?P<n>[2-9]|{WORD_NUMBER})\b(?!\s?(?:%|MONEY))", re.IGNORECASE)


def _others(s: Signals, view: TurnView) -> int | None:
    """How many units of the card's one line "the other two" means: it has more, and no other line has so many."""
    said, card = _SO_MANY.search(s.plain), view.proposal
    if said is None or card is None or view.order is None or len(card.lines) != 1 or s.has("question"):
        return None
    word = said.group("n")
    number = int(word) if word.isdigit() else NUMBER_WORDS[word]
    elsewhere = max((line.quantity for line in view.order.lines if line.id not in card.lines), default=0)
    return number if max(1, elsewhere) < number < next(iter(card.lines.values())) else None


def other_line(s: Signals, view: TurnView) -> dict[str, SlotValue] | Literal["unclear"] | None:
    """The line that the card is not about, where the order has one such; unclear where it has several or none."""
    said = _OTHER.search(s.plain)
    card, order = view.proposal, view.order
    if (others := _others(s, view)) is not None:
        return {"quantity": SlotValue(value=others, span=s.wording.text.strip())}
    if said is None or _OF_TIME_OR_CASE.search(s.plain) or s.has("question") or card is None or order is None:
        return None
    if mentions_of(s.wording.text, order.lines) and not _denies_card(s, view):
        return None  # Its own name says which ("the other lamp, the green one").
    left = [line for line in order.lines if line.id not in card.lines]
    if len(left) != 1 or len(card.lines) != 1:
        return "unclear"
    entries: list[dict[str, Any]] = [{"line": left[0].id, "quantity": None, "amount": None}]
    if _BESIDES.search(s.plain):
        ((shown, units),) = card.lines.items()
        entries.insert(0, {"line": shown, "quantity": units or None, "amount": None})
    return {"line": SlotValue(value=entries, span=s.wording.text.strip())}


_BEHIND_OTHER = regex(r"\bother\s$", re.IGNORECASE)


def _denies_card(s: Signals, view: TurnView) -> bool:
    """Whether the goods that are named are those of the card, and not meant ("not the grey, the other one")."""
    card, text = view.proposal, s.wording.text
    found = mentions_of(text, view.order.lines if view.order else [])
    named = [one for one in found if not _BEHIND_OTHER.search(text[: one.start])]
    ours = all(one.sure and card is not None and set(one.lines) <= set(card.lines) for one in named)
    return bool(named) and ours and all(is_denied(text, one) for one in named)


def other_than_shown(s: Signals, view: TurnView) -> dict[str, SlotValue] | None:
    """The other goods, where those of the card are named only to say that they are not meant."""
    other = other_line(s, view) if _denies_card(s, view) else None
    return other if isinstance(other, dict) else None
