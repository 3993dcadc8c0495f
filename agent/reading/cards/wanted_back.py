"""Goods of a refund's card that must come back after all: a return is opened instead ("yes, we need those back")."""

from __future__ import annotations

import re

from agent.commands import Clarify, CorrectSlot, SlotValue
from agent.reading.facts.slots import Slots, fact_slots
from agent.reading.goods.items import mentions_of
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_HAVE = r"(?:(?:to )?(?:have|get|see|receive) )?"
_WE = (
    r"(?:we|i|the (?:shop|warehouse|store))"
    r"(?:'d|'ll| do| would| will| really| definitely| still| actually| rather| must| should)*"
)
_THEM = r"(?:them|those(?: ones?| two)?|these|both|it|that(?: one)?)"
_WANTED = re.compile(
    rf"\b{_WE} (?:need|want|like|have to have|must have) {_HAVE}(?:{_THEM}|(?:the|his|her|their) \w+(?: \w+)?)"
    r"(?: (?:back|returned|here|sent back|first))+\b"
    rf"|\b{_WE} (?:need|want) {_THEM}"
    r"(?=\W*$|[,.;!]| (?:for|because|since|as|so|to (?:sell|resell|check|inspect|look)|again|please|though|too)\b)"
    r"|\b(?:it|they|those|these|both|the \w+)(?: \w+)?"
    r" (?:must|should|has to|have to|need to|needs to|ought to|is to|are to)"
    r" (?:come|be (?:sent|returned|shipped)|go) ?(?:back)?\b(?=.*\b(?:back|returned)\b)",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|n't|never|no longer|neither|nobody)\b[^.;,!]{0,24}$")
_TERMS = frozenset({"return_fee", "restocking_fee", "carrier", "tracking", "label"})


def wanted_back(s: Signals, view: TurnView) -> CorrectSlot | Clarify | None:
    """The return that takes the place of the refund's card, with the terms that are said beside it."""
    card, said = view.proposal, _WANTED.search(s.plain)
    if card is None or card.write != "refund" or card.settles_return or not card.lines or said is None:
        return None
    if s.has("question", "keep_it") or _NOT.search(s.plain[: said.end()]):
        return None
    named = {
        line
        for one in mentions_of(s.wording.text, view.order.lines if view.order else [])
        for line in one.lines
    }
    if named & set(card.lines) and set(card.lines) - named:
        # Of several goods some are to come back: whether the others are still refunded now, nobody can tell.
        return Clarify(changes=True, confidence=0.8, span=s.wording.text.strip())
    words = s.wording.origin(said.start(), said.end())
    slots: Slots = {name: slot for name, slot in fact_slots(s).items() if name in _TERMS}
    slots["return_needed"] = SlotValue(value=True, span=words)
    return CorrectSlot(slots=slots, confidence=0.9, span=s.wording.text.strip())
