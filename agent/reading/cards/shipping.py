"""The shipping at a refund's card: besides, or a part of it instead."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import SlotValue
from agent.reading.facts.slots import Slots
from agent.reading.view import TurnView
from agent.reading.words.shipping_said import shipping_share
from agent.reading.words.signals import Signals

_ADDS_SHIPPING = re.compile(
    r"\b(?:add|include|put|throw|chuck|stick|pop|plus|and|also|give|refund|send|cover|pay|with|forgot|owes?|incl\w*)\b"
    r"(?: \w+){0,4}? (?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)\b(?! (?:was|is|took|came|date|note))"
    r"|\b(?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)(?: \w+){0,3}?"
    r" (?:too|as well|also|on top|back|included)\b"
)


def _adds_shipping(s: Signals) -> bool:
    """Whether the shipping is to be given back with it ("add the postage on too")."""
    denied = re.search(
        r"\b(?:not|n't|without|never|no|except|excluding|minus|less|keep|only|just)\b", s.plain
    )
    return denied is None and _ADDS_SHIPPING.search(s.plain) is not None


_BESIDES = re.compile(r"\b(?:and|plus|also|too|as well|add|on top|additional\w*|with|include)\b|[+&]")


_ALONE = re.compile(
    r"(?<!not )\b(?:only|just|nothing but|merely)(?: (?:refund|give|pay|send|do|the|his|her|their|back|him|them|for))*"
    r" (?:shipping|postage|post|p ?& ?p|carriage|freight|delivery)(?: (?:costs?|fees?|charges?|part))?"
    r"(?: (?:back|please|then|instead|now|after all))*\W*$"
)
"""The shipping takes the place of the goods ("actually only the shipping")."""


def shipping_told(s: Signals) -> Slots:
    """The shipping besides, all or a part of it instead, where no figure is said."""
    if _ALONE.search(s.plain):
        return {"shipping": _slot({"kind": "full", "only": True}, s)}
    if _adds_shipping(s):
        return {"shipping": _slot({"kind": "full"}, s)}
    share = None if _BESIDES.search(s.plain) else shipping_share(s)
    return {"shipping": SlotValue(value={**share.value, "only": True}, span=share.span)} if share else {}


_ON_TOP = re.compile(
    r"\b(?:shipping|postage|p ?& ?p|carriage|freight|delivery)(?: (?:fee|cost)s?)? (?:goes|comes|is"
    r"|gets)? ?(?:on top|in|added|included"
    r"|as well|too|back)\b"
)
_ADDED_LAST = re.compile(
    r"\b(?:add|include|put in)\b[^.;!]{0,40}?(?:,|\band|\bplus) (?:also )?(?:the |her |his )?"
    r"(?:shipping|postage|p ?& ?p|carriage|freight|delivery)\W*$"
)
_PIECE = re.compile(r"[,;.!]|\b(?:and|but|though)\b")


def shipping_beside(s: Signals) -> Slots:
    """All of the shipping, where one part of the message adds it while another changes the goods."""
    pieces = [f"add {piece}" if piece.strip().startswith("add") else piece for piece in _PIECE.split(s.plain)]
    denied = re.compile(r"\b(?:not|n't|without|never|no|except|excluding|minus|less|only|just|stays?|out)\b")
    if len(pieces) > 1 and _ADDED_LAST.search(s.plain):
        return {"shipping": _slot({"kind": "full"}, s)}
    adds = any((_ADDS_SHIPPING.search(p) or _ON_TOP.search(p)) and not denied.search(p) for p in pieces)
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
