"""Fees of a card that are named by what it shows: one is dropped, the other stays ("no return fee, the 10% stays")."""

from __future__ import annotations

import re
from typing import Literal

from agent.commands import Affirm, Command, CorrectSlot
from agent.reading.cards.goods import float_free, slot
from agent.reading.facts.figures_said import Figure, figures
from agent.reading.lexicon import families
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_PIECE = re.compile(r"[.;!?,:]\s+|\s(?:and|but|while|whereas|so)\s|\s(?=(?:just|only)\s)")
_WORDS = {
    "restocking_fee": re.compile(r"\b(?:re-?stock\w*|handling|processing)\b"),
    "return_fee": re.compile(
        r"\b(?:(?:return|label|shipping|postage) (?:fee|charge|cost)s?|postage|label|shipping)\b"
    ),
}
_BOTH = re.compile(r"\b(?:both|all|the)(?: the| these| those)? (?:fees|charges|deductions)\b")
_Said = Literal["drop", "keep"]


def fees_kept(s: Signals, view: TurnView) -> Command | None:
    """The fees that are dropped, or the card as it is where all stay; nothing where anything else is said of them."""
    shown = set(view.proposal.fees) & set(_WORDS) if view.proposal else set()
    said: dict[str, set[_Said]] = {}
    text = s.wording.text.lower()
    pieces = [text[start:end] for start, end in _pieces(text)]
    of_fees = [_named(s, view, start, end, shown) for start, end in _pieces(text)]
    for piece, names in zip(pieces, of_fees, strict=True):
        told = _told(piece)
        if names and (told is None or not names <= shown or (len(names) > 1 and not _BOTH.search(piece))):
            return None
        for name in names:
            said.setdefault(name, set()).update({told} if told else set())
    if not said or any(len(both) > 1 for both in said.values()):
        return None
    dropped = {name: slot({"kind": "none"}, s) for name, told in said.items() if told == {"drop"}}
    if dropped:
        return CorrectSlot(slots=dropped, confidence=0.9, span=s.wording.text.strip())
    return Affirm(confidence=0.9, span=s.wording.text.strip()) if all(of_fees) else None


def _named(s: Signals, view: TurnView, start: int, end: int, shown: set[str]) -> set[str]:
    """The fees that a piece names; "" for a figure that none of them has."""
    piece = s.wording.text.lower()[start:end]
    if _BOTH.search(piece):
        return set(shown)
    names = {_shown_as(figure, view) for figure in figures(s) if start <= figure.start < end}
    return names | {name for name, pattern in _WORDS.items() if pattern.search(piece)}


def _pieces(text: str) -> list[tuple[int, int]]:
    cuts = [(match.start(), match.end()) for match in _PIECE.finditer(text)]
    return list(zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)], strict=True))


def _shown_as(figure: Figure, view: TurnView) -> str:
    """The fee that a figure names by its value; empty where none has it."""
    assert view.proposal is not None
    for name in _WORDS:
        agreed = view.slots.get(name)
        share = isinstance(agreed, dict) and agreed.get("kind") == "percent" and str(agreed["value"])
        if share and figure.kind != "money" and float_free(share) == float_free(figure.value):
            return name
        amount = view.proposal.fees.get(name)
        if amount and figure.kind != "percent" and float_free(amount) == float_free(figure.value):
            return name
    return ""


def _told(piece: str) -> _Said | None:
    """Whether a piece drops the fee it names or leaves it; nothing where it says neither."""
    lex = families("cards")
    if lex["drops_fee"].search(piece):
        return "drop"
    return "keep" if lex["keeps_fee"].search(piece) else None
