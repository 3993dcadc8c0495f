"""What a supplier is asked for, told without a currency: a bare figure, or a part of what the goods cost."""

from __future__ import annotations

import re

from agent.commands import SlotValue
from agent.reading.facts.figures_said import figures
from agent.reading.facts.slots import Slots
from agent.reading.text.patterns import regex
from agent.reading.values.money import exact
from agent.reading.words.signals import Signals

_ASKS = regex(
    r"\b(?:ask(?:ing)?|claim(?:ing)?|request(?:ing)?|want(?:s)?|for|pay|give|cost|recover|charge|bill)"
    r"(?: (?:us|them|for|back|about|of|the|only|just|supplier))*\s$",
    re.IGNORECASE,
)
_OF_IT = regex(
    r"\b(?:with|over|(?:adjustment|correction|review|request|claim|one) (?:of|for|over|with|at|about))"
    r"(?: (?:the|only|just|about))*\s$",
    re.IGNORECASE,
)
"""What a claim is for, by no verb of asking ("a new one with the 20"): more than the goods can be counted."""
_ALONE_BEFORE = regex(r"(?:^|[,;:.\u2013-]\s*)(?:(?:and|all|the full|full|just|only|for) )*$", re.IGNORECASE)
_ALONE_AFTER = regex(
    r"^(?: of (?:it|that|this))?\s*(?:$|[,;:.!]|(?:is|will|would|should|then|please|again|this time|now|back"
    r"|from|only|max"
    r"|tops|at most)\b)",
    re.IGNORECASE,
)


def asked_sum(s: Signals, found: Slots, units: int = 0) -> None:
    """A bare figure that stands where the sum stands ("ask 19", "pay us 19 back", "…, all 38, …").

    One that stands alone is a sum only where it cannot count the goods: above `units` of them.
    """
    if "review_amount" in found and found["review_amount"].value != {"kind": "full"}:
        return
    for span in s.spans:
        told = str(span.value) if span.kind == "number" else span.text
        digits = re.search(r"\d{1,5}$", told) if span.kind in {"number", "quantity"} else None
        if digits is None:
            continue
        before, after = s.wording.text[: span.start], s.wording.text[span.end :]
        bare = told.isdigit() and "review_amount" not in found and _ASKS.search(before)
        of_it = told.isdigit() and int(told) > units and _OF_IT.search(before)
        alone = 0 < units < int(digits.group()) and _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after)
        if bare or alone or (of_it and "review_amount" not in found):
            found["review_amount"] = SlotValue(value=exact(digits.group(), None), span=span.text)
            found.pop("quantity", None)
            for entry in found["line"].value if "line" in found else []:
                entry["quantity"] = None if entry["quantity"] == int(digits.group()) else entry["quantity"]
            return


_SHARES = {
    "half": "50",
    "a third": "33.3333",
    "a quarter": "25",
    "two thirds": "66.6667",
    "three quarters": "75",
}
_SHARE = regex(
    rf"\b(?P<s>{'|'.join(_SHARES)})(?: of)? (?:what|our|the|their|that|its|my)(?: \w+){{0,3}} "
    r"(?:costs?|price|paid|pay|charged?|outlay|spent)\b"
)


def share_of_cost(s: Signals) -> SlotValue | None:
    """A part of what the goods cost the shop ("half of what the clocks cost us")."""
    match = _SHARE.search(s.plain)
    if match is None:
        return None
    value = {"kind": "percent", "value": _SHARES[match.group("s")]}
    return SlotValue(value=value, span=s.wording.origin(*match.span("s")))


_REST = r"(?:rest|remainder|remaining|difference|what(?:'s| is) left|everything else|other part)"
_THEY = (
    r"(?:they|them|theirs|(?:the |our )?(?:supplier|vendor|factory|maker|manufacturer|wholesaler|printer)s?)"
)
_WE = r"(?:we|we'll|i|i'll|us|let's|(?:the |our )?(?:shop|side))"
_BEARS = (
    r"(?: will| can| could| should| just| do|'ll)? (?:carr(?:y|ies)|bears?|absorbs?|swallows?|eats?|takes?|keeps?|pays?"
    r"|covers?|shoulders?|stands?|accepts?|contributes?|loses?)\b"
)
_WE_BEAR = regex(rf"\b{_WE}{_BEARS}(?![^.;,]*\b(?:her|him|customer)\b)[^.;,!?]{{0,16}}$", re.IGNORECASE)
_THEY_BEAR = regex(rf"\b{_THEY}{_BEARS}[^.;,!?]{{0,16}}$", re.IGNORECASE)
_REST_IS_OURS = regex(
    rf"\b{_WE}{_BEARS}[^.;!?]{{0,12}}\b{_REST}\b|\b{_REST}\b[^.;!?]{{0,12}}\b(?:ours|us|we)\b", re.I
)
_REST_IS_THEIRS = regex(
    rf"\b(?:ask|claim|charge|bill|request|get|fetch|recover)\w*\b[^.;!?]{{0,30}}\b{_REST}\b"
    rf"|\b{_THEY}\b[^.;!?]{{0,20}}\b{_REST}\b|\b{_REST}\b[^.;!?]{{0,24}}\b{_THEY}\b",
    re.IGNORECASE,
)
_ALL_BUT = regex(
    r"\b(?:all|everything|cost)(?: of (?:it|that))? (?:but|except|bar|minus|less)\s*$", re.IGNORECASE
)


def our_share(s: Signals, units: int = 0) -> SlotValue | None:
    """The cost shared: all but what the shop bears itself, or what the supplier bears of it.

    "We carry 5 and ask them for the rest", "they carry 5, we take the rest".
    "All but 5" is of the sum only where it cannot count the goods: of `units` of them at most.
    """
    text = s.wording.text
    for figure in figures(s, taken_off=True):
        before = text[: figure.start]
        shared = _WE_BEAR.search(before) and _REST_IS_THEIRS.search(text)
        all_but = _ALL_BUT.search(before) and (figure.whole is None or figure.whole > units)
        if _THEY_BEAR.search(before) and _REST_IS_OURS.search(text):
            return SlotValue(value=figure.as_money(), span=figure.text)
        if figure.kind != "percent" and (shared or all_but):
            value = {"kind": "less", "value": figure.value, "currency": figure.currency}
            return SlotValue(value=value, span=figure.text)
    return None


def shares_cost(s: Signals) -> bool:
    """Whether supplier and shop are to share the cost."""
    text = s.wording.text
    return our_share(s) is not None and bool(_REST_IS_THEIRS.search(text) or _REST_IS_OURS.search(text))
