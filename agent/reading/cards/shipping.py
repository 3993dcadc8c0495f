"""The shipping at a refund's card: besides, or a part of it instead."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import CorrectSlot, SlotValue
from agent.reading.facts.figures_said import Figure, figures
from agent.reading.facts.slots import Slots, role_of
from agent.reading.goods.items import mentions_of
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.text.span import Span
from agent.reading.view import TurnView
from agent.reading.words.shipping_said import shipping_share
from agent.reading.words.signals import Signals

_ADDS_SHIPPING = regex(
    r"\b(?:add|include|put|throw|chuck|stick|pop|plus|and|also|give|refund|send|cover|pay|with|forgot|owes?|incl\w*)\b"
    r"(?: \w+){0,4}? (?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)\b(?! (?:was|is|took|came|date|note))"
    r"|\b(?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)(?: \w+){0,3}?"
    r" (?:too|as well|also|on top|back|included)\b"
)


def _adds_shipping(s: Signals) -> bool:
    """Whether the shipping is to be given back with it ("add the postage on too")."""
    denied = re.search(
        r"\b(?:not|without|never|no|except|excluding|minus|less|keep|only|just)\b|n't\b", s.plain
    )
    return denied is None and _ADDS_SHIPPING.search(s.plain) is not None


_BESIDES = regex(r"\b(?:and|plus|also|too|as well|add|on top|additional\w*|with|include)\b|[+&]")


_SHIPPING = (
    r"(?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)(?: (?:costs?|fees?|charges?|part|money))?"
)
_ALONE = regex(
    r"(?<!not )\b(?:only|just|nothing but|merely)(?: (?:refund|give|pay|send|do|the|his|her|their|back|him|them|for))*"
    rf" {_SHIPPING}(?: (?:that |which )?(?:we|i)(?:'ll| will| can| should| want to)?"
    r" (?:pay|give|refund|send|return|reimburse)(?: (?:her|him|them))?"
    r"| (?:goes|is (?:to be )?(?:paid|given|sent|refunded)))?(?: (?:back|please|then|instead|now|after all))*"
    r"(?=\W*$|[,.;!]| (?:as|for|since|because|though|goodwill)\b)"
    rf"|(?<!not )(?<!not the )\b{_SHIPPING}(?: back)? (?:only|alone)\b|\b{_SHIPPING},? (?:and )?nothing else\b"
)
"""The shipping takes the place of the goods ("actually only the shipping")."""


_CALLS_OFF_GOODS = regex(
    r"\b(?:scrap|drop|cancel|forget|bin|ditch|skip|instead of|rather than|in place of|no|not|without)"
    r"(?: (?:for|the|that|his|her|their|refunding|refund))*\s$",
    re.IGNORECASE,
)
_SENTENCE = regex(r"(?:(?!\bbut\b|\bthough,)[^.;!?])+")
_DENIED = regex(r"(?:\b(?:not|never|without)\b|n't\b)(?:(?!\bbut\b)[^.;,!?])*$")


def shipping_instead(s: Signals, view: TurnView) -> CorrectSlot | None:
    """The shipping in the place of the goods, with why and how much of it, where these are called off beside it.

    "Scrap that refund, he keeps it. But give him the shipping back as goodwill".
    """
    card, text = view.proposal, s.wording.text
    if card is None or card.write != "refund" or card.settles_return or not card.lines:
        return None
    said = families("cards")["shipping_given"].search(s.plain) if _goods_off(s, view) else None
    given = _ALONE.search(s.plain) or said
    told = [figure for figure in figures(s) if not figure.old]
    if given is None or len(told) > 1 or (told and not _of_shipping(text, told[0])):
        return None
    if _DENIED.search(s.plain[: given.start()]):
        return None
    value = told[0].as_money() if told else {"kind": "full"}
    slots = {"shipping": _slot({**value, "only": True}, s)}
    where = next(
        (m.span() for m in _SENTENCE.finditer(s.plain) if m.start() <= given.start() < m.end()), (0, 0)
    )
    if (why := next((r for r in s.reasons if where[0] <= r.start < where[1]), None)) is not None:
        slots["reason"] = _slot(why.code.value, s)
    return CorrectSlot(slots=slots, confidence=0.9, span=text.strip())


def _goods_off(s: Signals, view: TurnView) -> bool:
    """Whether the card's refund is called off, or all goods that are named are."""
    if families("cards")["called_off"].search(s.plain):
        return True
    named = mentions_of(s.wording.text, view.order.lines if view.order else [])
    return bool(named) and all(_CALLS_OFF_GOODS.search(s.wording.text[: one.start]) for one in named)


def as_shipping(slots: Slots, view: TurnView) -> Slots:
    """Another sum at a card that gives back nothing but shipping is one of the shipping ("make it 1.50 only")."""
    card, sum_ = view.proposal, slots.get("amount")
    alone = card is not None and not card.lines and "shipping" in view.slots
    if not alone or sum_ is None or {"amount", "line", "item"} & set(view.slots) or "shipping" in slots:
        return slots
    if not isinstance(sum_.value, dict) or sum_.value.get("kind") not in {"exact", "percent"}:
        return slots
    return {name: slot for name, slot in slots.items() if name != "amount"} | {"shipping": sum_}


def _of_shipping(text: str, figure: Figure) -> bool:
    span = Span("money", figure.start, figure.end, figure.text, figure.as_money())
    return role_of(text, span, []) == "shipping"


def shipping_told(s: Signals) -> Slots:
    """The shipping besides, all or a part of it instead, where no figure is said."""
    if _ALONE.search(s.plain):
        return {"shipping": _slot({"kind": "full", "only": True}, s)}
    if _adds_shipping(s):
        return {"shipping": _slot({"kind": "full"}, s)}
    share = None if _BESIDES.search(s.plain) else shipping_share(s)
    return {"shipping": SlotValue(value={**share.value, "only": True}, span=share.span)} if share else {}


_ON_TOP = regex(
    r"\b(?:shipping|postage|p ?& ?p|carriage|freight|delivery)(?: (?:fee|cost)s?)? (?:goes|comes|is"
    r"|gets)? ?(?:on top|in|added|included"
    r"|as well|too|back)\b"
)
_ADDED_LAST = regex(
    r"\b(?:add|include|put in)\b[^.;!]{0,40}?(?:,|\band|\bplus) (?:also )?(?:the |her |his )?"
    r"(?:shipping|postage|p ?& ?p|carriage|freight|delivery)\W*$"
)
_PIECE = regex(r"[,;.!]|\b(?:and|but|though)\b")


_LEFT_OUT = regex(r"\b(?:not|without|never|no|except|excluding|minus|less|only|just|stays?|out)\b|n't\b")


def shipping_beside(s: Signals) -> Slots:
    """All of the shipping, where one part of the message adds it while another changes the goods."""
    pieces = [f"add {piece}" if piece.strip().startswith("add") else piece for piece in _PIECE.split(s.plain)]
    if len(pieces) > 1 and _ADDED_LAST.search(s.plain):
        return {"shipping": _slot({"kind": "full"}, s)}
    adds = any((_ADDS_SHIPPING.search(p) or _ON_TOP.search(p)) and not _LEFT_OUT.search(p) for p in pieces)
    return {"shipping": _slot({"kind": "full"}, s)} if adds and len(pieces) > 1 else {}


def with_shown(slots: Slots, s: Signals, view: TurnView) -> Slots:
    """Shipping on top of what the card shows: its goods are named with it, where the case only meant them."""
    card, told = view.proposal, set(view.slots)
    units = {line: number for line, number in card.lines.items() if number} if card else {}
    beside = _ON_TOP.search(s.plain) or re.match(r"^\W*(?:and|plus|also|add)\b", s.plain)
    alone = set(slots) == {"shipping"} and slots["shipping"].value == {"kind": "full"}
    if not (alone and beside and units) or told & {"line", "item", "amount", "quantity", "cancel_order"}:
        return slots
    entries = [{"line": line, "quantity": number, "amount": None} for line, number in units.items()]
    return {**slots, "line": _slot(entries, s)}


def shipping_in(s: Signals, found: Slots) -> Slots:
    """All of the shipping, where it is named beside everything."""
    named = re.search(r"\b(?:shipping|postage|delivery fee|p ?& ?p|freight)\b", s.plain)
    return {"shipping": _slot({"kind": "full"}, s)} if named and "shipping" not in found else {}


def _slot(value: Any, s: Signals) -> SlotValue:
    return SlotValue(value=value, span=s.wording.text.strip())
