"""Proof that is spoken of at a card: it came, or there is none; goods that are called like proof are goods."""

from __future__ import annotations

import re

from agent.commands import Command, SetSlot, SlotValue
from agent.reading.text.numerals import WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.evidence_words import evidence_of
from agent.reading.words.signals import Signals

_SHOWN = regex(
    r"\b(?:photos?|pictures?|pics?|snaps?|images?|videos?|vid|clips?|screenshots?|screen ?grabs?|proof|attachments?"
    r"|jpe?g|png|mp4)\b"
)


_NONE = regex(rf"\b(?:won't|wont|doesn't|no|not(?! (?:\d|{WORD_NUMBER}|MONEY))|can't|skip|without)\b")


def _is_goods(s: Signals, view: TurnView) -> bool:
    """Whether what sounds like proof is called so among the goods ("the clip rail")."""
    told = {s.wording.origin(*match.span()).lower() for match in _SHOWN.finditer(s.plain)}
    titles = " ".join(line.title for line in view.order.lines).lower() if view.order else ""
    return any(re.search(rf"\b{re.escape(word)}", titles) for word in told if word)


def shown(s: Signals, view: TurnView) -> Command | None:
    """Proof that came or does not come, told at a card, and nothing else."""
    proof = None if _is_goods(s, view) else _proof(s)
    text = s.wording.text.strip()
    return SetSlot(slots={"evidence": proof}, confidence=0.85, span=text) if proof is not None else None


def _proof(s: Signals) -> SlotValue | None:
    """Proof that came or does not come, and nothing else: what it shows was said before."""
    if not _SHOWN.search(s.plain) or s.has("rejects", "wants_return"):
        return None
    found = evidence_of(s)
    if found is None and re.search(r"\b(?:sent|here|got|attached|came|received|uploaded|there)\b", s.plain):
        found = SlotValue(value={"kind": "attached", "text": None}, span=s.wording.text.strip())
    if found is None and _NONE.search(s.plain):
        found = SlotValue(value={"kind": "none", "text": None}, span=s.wording.text.strip())
    return found
