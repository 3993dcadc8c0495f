"""The fees of a return's card, told by their words and figures: one is dropped, one stays, one is another sum now."""

from __future__ import annotations

import re
from typing import Literal

from agent.commands import Affirm, Command, CorrectSlot, SlotValue
from agent.reading.cards.fee_values import fee_value
from agent.reading.cards.goods import float_free, slot
from agent.reading.facts.coming_back import coming_back
from agent.reading.facts.figures_said import Figure, figures
from agent.reading.goods.items import mentions_of
from agent.reading.goods.left_alone import rest_of_return
from agent.reading.lexicon import families
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_PIECE = regex(r"[.;!?,:]\s+|\s(?:and|but|while|whereas|so)\s|\s(?=(?:just|only)\s)")
_WORDS = {
    "restocking_fee": regex(r"\b(?:re-?stock\w*|handling|processing)\b"),
    "return_fee": regex(
        r"\b(?:(?:return|label|shipping|delivery|pick-?\s?up) (?:fee|charge|cost)s?|postage|carriage)\b"
    ),
}
_OF_THE_WAY = regex(r"\b(?:label|shipping|post|parcel|courier|delivery|freight|pick-?\s?up|way back)\b")
"""What the return fee is for: beside a sum it names the fee, alone it may mean the thing itself ("no label needed")."""
_BOTH = regex(r"\b(?:both|all|the)(?: the| these| those)? (?:fees|charges|deductions)\b")
_NOT_SO = regex(
    r"\b(?:refund\w*|give|giv\w+|pay\w* back|reimburs\w+|us|our|we pay|paid|was|were|by|half|units?|pieces?|each)\b"
)
"""Money for the customer, the shop's own cost, or a sum told by what it was before."""
_Said = Literal["drop", "keep", "set"]


def fees_kept(s: Signals, view: TurnView) -> Command | None:
    """The fees that are dropped or another sum now, or the card as it is where all stay.

    Nothing where anything else is said of them, or a figure is told that is none of a fee.
    """
    if coming_back(s, view) or rest_of_return(s, view):
        return None
    shown = set(view.proposal.fees) & set(_WORDS) if view.proposal else set()
    said: dict[str, dict[str, SlotValue]] = {}
    places = _pieces(s.wording.text.lower())
    of_fees = [_of_piece(s, view, start, end, shown) for start, end in places]
    for told in of_fees:
        if told is None:
            return None
        for name, (what, value) in told.items():
            said.setdefault(name, {})[what] = value
    if not said or any(len(both) > 1 for both in said.values()):
        return None
    text = s.wording.text.strip()
    changed = {name: told.get("drop") or told["set"] for name, told in said.items() if "keep" not in told}
    if changed:
        return CorrectSlot(slots=changed, confidence=0.9, span=text)
    return Affirm(confidence=0.9, span=text) if all(of_fees) else None


def _of_piece(
    s: Signals, view: TurnView, start: int, end: int, shown: set[str]
) -> dict[str, tuple[_Said, SlotValue]] | None:
    """What a piece says of each fee it names; empty where it names none, nothing where it is not clear."""
    piece = s.wording.text.lower()[start:end]
    inside = [figure for figure in figures(s) if start <= figure.start < end]
    by_value = {name for figure in inside if (name := _shown_as(figure, view))}
    by_word = set(shown) if _BOTH.search(piece) else {n for n, p in _WORDS.items() if p.search(piece)}
    if not by_word and len(shown) == 1 and re.search(r"\b(?:fee|charge)\b", piece):
        by_word = set(shown)
    new = [figure for figure in inside if not figure.old and not _shown_as(figure, view)]
    if new and not by_word and _OF_THE_WAY.search(piece) and _is_sum(new[0]):
        by_word = {"return_fee"}
    if not by_word and (any(_may_count(figure, view) for figure in inside) or _names_goods(piece, view)):
        return None
    if new:
        clear = len(by_word) == 1 and by_value <= by_word and len(new) == 1 and not _NOT_SO.search(piece)
        return (
            {n: ("set", slot(fee_value(view, n, new[0], s), s, new[0])) for n in by_word} if clear else None
        )
    names = by_value | by_word
    told = _told(piece)
    if names and (told is None or not names <= shown or (len(names) > 1 and not _BOTH.search(piece))):
        return None
    return {name: (told, slot({"kind": "none"}, s)) for name in names} if told else {}


def _is_sum(figure: Figure) -> bool:
    """Whether a figure can be nothing but money."""
    return figure.kind == "money" or (figure.kind == "bare" and figure.whole is None)


def _may_count(figure: Figure, view: TurnView) -> bool:
    """Whether a bare figure may as well be how many of the card's goods come back."""
    most = max(view.proposal.lines.values(), default=0) if view.proposal else 0
    return figure.kind in {"bare", "units"} and figure.whole is not None and figure.whole <= most


def _names_goods(piece: str, view: TurnView) -> bool:
    return view.order is not None and bool(mentions_of(piece, view.order.lines))


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
    """Whether a piece drops the fee it names or leaves it; nothing where it says neither, or both ("no, it stays")."""
    drops, keeps = (families("cards")[name].search(piece) is not None for name in ("drops_fee", "keeps_fee"))
    if drops == keeps:
        return None
    return "drop" if drops else "keep"
