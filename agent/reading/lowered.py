"""A lower amount for what came back, told with why: the sum that is paid, or what is taken off."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.card_goods import slot
from agent.reading.figures_said import Figure, figures
from agent.reading.signals import Signals
from agent.reading.slots import Slots

_WHY = re.compile(
    r"\b(?:because(?: of)?|since(?! (?:\w+day|yesterday|last|then|this|the (?:week|start|begin)|\d|a (?:week|day|month)|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|christmas|easter)\b)"
    r"|as(?! (?:agreed|usual|before|well|soon|always|discussed|you)\b)|due to|bc|cos|coz|cuz|'cause)\b\s+(?P<t>.{6,})$", re.IGNORECASE
)
_AFTER = re.compile(r"[,;:(\u2013]\s*(?P<t>(?![^,;]*\d)[^\d\W][^,;]{6,})$", re.IGNORECASE)
_LESS = re.compile(r"^\s?(?:\w+\s)?(?:less|off)\b", re.IGNORECASE)


def sums_said(s: Signals) -> list[Figure]:
    """Figures that can be an amount beside units told in words ("10 less, one has a crack")."""
    return [
        f
        for f in figures(s, taken_off=True)
        if not f.old and (f.kind in {"money", "percent"} or f.text[0].isdigit())
    ]


_TAKEN_OFF = re.compile(
    r"(?:\b(?:minus|less|without|after|deduct(?:ing)?|subtract(?:ing)?|take off|keep|except"
    r"|withhold(?:ing)?)|[\u2212-])"
    r"\s*(?:(?:the|our|that|those|agreed|return|restocking|handling|fees?|of|a)\s+)*$",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"^['’]?\s?(?:eur|usd|gbp|sek|jpy|euros?|dollars?|pounds?|bucks|kr|%)?\s?(?:that |which )?"
    r"(?:(?:we|they|she|he|i|you)(?:'d| had| have)? (?:\w+ )?(?:agreed|said|told|settled)|agreed|as agreed"
    r"|(?:return |restocking |handling )?fees?)\b",
    re.IGNORECASE,
)
_AGREED_BEFORE = re.compile(r"\b(?:agreed|fees?)(?: of)?\s*$", re.IGNORECASE)
"""What is taken off was agreed as a fee: where the return holds it, it is taken off already."""


_THE = re.compile(r"\b(?:the|that|those|our)\s*$", re.IGNORECASE)
"""A sum that is known already ("minus the forty-nine"): the fee that the return holds, where it is as much."""


def lowered(s: Signals) -> Slots:
    """The amount that is paid out for a return, or how much less, and the reason for it."""
    told = sums_said(s)
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
    if why:
        found["note"] = SlotValue(value=why, span=why)
    return found


def why_lower(text: str) -> str:
    """The reason given for a lower amount ("…, the damaged one is worth half"); empty where there is none."""
    match = _WHY.search(text) or _AFTER.search(text)
    return match.group("t").strip(" .)") if match else ""
