"""Goods of a refund's card that must come back after all: a return is opened instead ("yes, we need those back")."""

from __future__ import annotations

import re

from agent.commands import Clarify, CorrectSlot, SlotValue
from agent.reading.facts.fees import fees_said
from agent.reading.facts.figures_said import distinct, figures
from agent.reading.facts.slots import Slots, fact_slots
from agent.reading.goods.items import mentions_of
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.view import ProposalView, TurnView
from agent.reading.words.signals import Signals

_HAVE = r"(?:(?:to )?(?:have|get|see|receive) )?"
_WE = (
    r"(?:we|i|the (?:shop|warehouse|store))"
    r"(?:'d|'ll| do| would| will| really| definitely| still| actually| rather| must| should)*"
)
_THEM = r"(?:them|those(?: ones?| two)?|these|both|it|that(?: one)?)"
_WANTED = regex(
    rf"\b{_WE} (?:need|want|like|have to have|must have) {_HAVE}(?:{_THEM}|(?:the|his|her|their) \w+(?: \w+)?)"
    r"(?: (?:back|returned|here|sent back|first))+\b"
    rf"|\b{_WE} (?:need|want) {_THEM}"
    r"(?=\W*$|[,.;!]| (?:for|because|since|as|so|to (?:sell|resell|check|inspect|look)|again|please|though|too)\b)"
    r"|\b(?:it|they|those|these|both|the \w+)(?: \w+)?"
    r" (?:must|should|has to|have to|need to|needs to|ought to|is to|are to)"
    r" (?:come|be (?:sent|returned|shipped)|go)(?: ?back)?\b(?! (?:back )?to (?:her|him|them|the customer)\b)"
    r"(?=.*\b(?:back|returned)\b)",
    re.IGNORECASE,
)
_NOT = regex(r"(?:\b(?:not|never|no longer|neither|nobody|no need to)|n't)\b(?:(?!\bbut\b)[^.;,!]){0,24}$")
_TERMS = frozenset({"return_fee", "restocking_fee", "carrier", "tracking", "label"})


def wanted_back(s: Signals, view: TurnView) -> CorrectSlot | Clarify | None:
    """The return that takes the place of the refund's card, with the terms and the count that are said beside it."""
    card, said = view.proposal, _said(s)
    if card is None or card.write != "refund" or card.settles_return or not card.lines or said is None:
        return None
    named = {
        line
        for one in mentions_of(s.wording.text, view.order.lines if view.order else [])
        for line in one.lines
    }
    if named & set(card.lines) and set(card.lines) - named:
        # Of several goods some are to come back: whether the others are still refunded now, nobody can tell.
        return Clarify(changes=True, confidence=0.8, span=s.wording.text.strip())
    slots: Slots = {name: slot for name, slot in fact_slots(s).items() if name in _TERMS}
    slots |= fees_said(s, named_only=True)
    counted = _counted(s, card, slots)
    if counted is None:
        return Clarify(changes=True, confidence=0.8, span=s.wording.text.strip())
    words = s.wording.origin(said.start(), said.end())
    slots |= counted | {"return_needed": SlotValue(value=True, span=words)}
    return CorrectSlot(slots=slots, confidence=0.9, span=s.wording.text.strip())


def _said(s: Signals) -> re.Match[str] | None:
    """Where it is said that the goods come back, or that a return is meant; nothing where that is asked or denied."""
    if s.has("question", "keep_it"):
        return None
    said = _WANTED.search(s.plain)
    if said is not None:
        return None if _NOT.search(s.plain[: said.end()]) else said
    made = families("cards")["made_return"].search(s.plain)
    return None if made is None or _NOT.search(s.plain[: made.start()]) else made


def _counted(s: Signals, card: ProposalView, terms: Slots) -> Slots | None:
    """The units that come back, where another figure than those of the terms says so; None where it cannot."""
    spans = [slot.span for slot in terms.values()]
    left = distinct([figure for figure in figures(s) if not figure.old])
    left = [figure for figure in left if not any(figure.text in span for span in spans)]
    if not left:
        return {}
    ((_line, units),) = card.lines.items() if len(card.lines) == 1 else (("", 0),)
    one = left[0]
    if len(left) > 1 or one.kind not in {"bare", "units"} or one.whole is None or not 0 < one.whole <= units:
        return None
    return {"quantity": SlotValue(value=one.whole, span=one.text)}
