"""A lower amount for what came back, told with why: the sum that is paid, or what is taken off."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.cards.goods import slot
from agent.reading.facts.figures_said import Figure, figures
from agent.reading.facts.slots import Slots
from agent.reading.goods.items import mentions_of
from agent.reading.text.patterns import regex
from agent.reading.view import OrderView
from agent.reading.words.signals import Signals
from agent.reading.words.unit_states import says_damaged

_WHY = regex(
    r"\b(?:because(?: of)?|since(?! (?:\w+day|yesterday|last|then|this|the (?:week|start|begin)|\d|a (?:week"
    r"|day|month)|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|christmas|easter)\b)"
    r"|as(?! (?:agreed|usual|before|well|soon|always|discussed|you)\b)|due to|bc|cos|coz|cuz|'cause)\b\s+(?P<t>.{6,})$",
    re.IGNORECASE,
)
_AFTER = regex(
    r"[,;:(\u2013]\s*(?P<t>(?!please\b|pls\b|thanks?\b|let's\b|(?:can|could|would|will) you\b|get it\b"
    r"|so\b)(?![^,;]*\d)[^\d\W][^,;]{6,})$",
    re.IGNORECASE,
)
_LESS = regex(r"^\s?(?:\w+\s)?(?:less|off)\b", re.IGNORECASE)


def sums_said(s: Signals) -> list[Figure]:
    """Figures that can be an amount beside units told in words ("10 less, one has a crack")."""
    return [
        f
        for f in figures(s, taken_off=True)
        if not f.old and (f.kind in {"money", "percent"} or f.text[0].isdigit())
    ]


_TAKEN_OFF = regex(
    r"(?:\b(?:minus|less|without|after|deduct(?:ing)?|subtract(?:ing)?|take off|keep|except"
    r"|withhold(?:ing)?)|[\u2212-])"
    r"\s*(?:(?:the|our|that|those|agreed|return|restocking|handling|fees?|of|a)\s+)*$",
    re.IGNORECASE,
)
_AGREED = regex(
    r"^['’]?\s?(?:eur|usd|gbp|sek|jpy|euros?|dollars?|pounds?|bucks|kr|%)?\s?(?:that |which )?"
    r"(?:(?:we|they|she|he|i|you)(?:'d| had| have)? (?:\w+ )?(?:agreed|said|told|settled)|agreed|as agreed"
    r"|(?:return |restocking |handling )?fees?)\b",
    re.IGNORECASE,
)
_AGREED_BEFORE = regex(r"\b(?:agreed|fees?)(?: of)?\s*$", re.IGNORECASE)
"""What is taken off was agreed as a fee: where the return holds it, it is taken off already."""


_THE = regex(r"\b(?:the|that|those|our)\s*$", re.IGNORECASE)
"""A sum that is known already ("minus the forty-nine"): the fee that the return holds, where it is as much."""


def lowered(s: Signals) -> Slots:
    """The amount that is paid out for a return, or how much less, and the reason for it."""
    told = sums_said(s)
    if len(told) > 1:  # "Only half for that one, so together 72."
        told = [f for f in told if f.kind != "percent" and _TOGETHER.search(s.wording.text[: f.start])]
    if len(told) != 1:
        return {}
    figure = told[0]
    value: dict[str, object] = figure.as_money()
    before, after = s.wording.text[: figure.start], s.wording.text[figure.end :]
    if figure.kind != "percent" and (_LESS.match(after) or _TAKEN_OFF.search(before)):
        value = {"kind": "less", "value": figure.value}
    why = why_lower(s.wording.text)
    agreed = _AGREED.match(after) or _AGREED_BEFORE.search(before) or (_THE.search(before) and not why)
    if value["kind"] == "less" and agreed:
        value["agreed"] = True
    found: Slots = {"amount": slot(value, s, figure)}
    if why and "agreed" not in value:
        found["note"] = SlotValue(value=why, span=why)
    return found


def of_what_came(s: Signals, slots: Slots, order: OrderView | None) -> Slots:
    """`slots` of a refund on an order whose return is back: why a sum is lower is the note it needs.

    "The full price for the cracked one too" is of all that came, and counts no goods of its own.
    """
    back = order is not None and any(ret.get("status") == "received" for ret in order.returns)
    amount = slots["amount"].value if "amount" in slots else None
    if not back or not isinstance(amount, dict):
        return slots
    if amount.get("kind") == "full":
        named = mentions_of(s.wording.text, order.lines) if order else []
        also = _ALSO.search(s.plain) and says_damaged(s.plain) and not named
        return {n: slot for n, slot in slots.items() if n not in {"line", "quantity"}} if also else slots
    why = why_lower(s.wording.text) if "note" not in slots else ""
    return slots | ({"note": SlotValue(value=why, span=why)} if why else {})


_ALSO = regex(r"\b(?:too|as well|also|even|included|including)\b")
_TOGETHER = regex(
    r"\b(?:together|altogether|in (?:all|total|sum)|all in all|total|sum|comes? (?:out )?(?:to|at)"
    r"|adds? up to|makes? it)\b"
    r"[^.;!?]{0,30}$",
    re.IGNORECASE,
)
_PIECE = regex(r"[.;!?]\s|,\s(?:and|but|so)\s|\s(?:but|so|and i|and we)\s", re.IGNORECASE)


def why_lower(text: str) -> str:
    """The reason given for a lower amount: said outright, or what is told of the damage; empty where there is none."""
    match = _WHY.search(text) or _AFTER.search(text)
    if match:
        return match.group("t").strip(" .)")
    damaged = [piece for piece in _PIECE.split(text) if says_damaged(piece.lower())]
    return damaged[0].strip(" .,") if len(damaged) == 1 and len(damaged[0].split()) > 3 else ""
