"""How many units go back or are paid back, told by those that are kept: "she keeps one", "two stay with him"."""

from __future__ import annotations

import re
from typing import Literal

from agent.commands import SlotValue
from agent.reading.facts.figures_said import distinct, figures
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.text.patterns import regex
from agent.reading.values.kept_counts import kept_count, taken_from
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_N = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})\b"
_KEPT = regex(
    rf"\b(?:keep(?:s|ing)?|kept|h[oa](?:ld|ng)(?:s|ing)? on ?to)(?: (?:just|only|the"
    rf"|back))* {_N}(?! (?:more )?(?:days?|weeks?)\b)"
)
_COMES = regex(
    rf"(?<![\w-]){_N}(?: of (?:them|those|these))?(?: (?!not\b|never\b)[a-z']+){{0,3}}?"
    r" (?:come|comes|coming|go|goes|going|bring\w*|brought|return\w*|send\w*|sent)\b(?: (?:it|them))?(?: back)?\b"
)


def coming_back(s: Signals, view: TurnView) -> dict[str, SlotValue] | Literal["unclear"]:
    """The units that come back: told, or what is left beside those that are kept; unclear where both do not add up.

    Of "she holds on to one, so it's three that come back", at a card of four, it is three.
    """
    units = list(view.proposal.lines.values()) if view.proposal else []
    if len(units) != 1 or s.has("question", "rejects") or s.kind("money"):
        return {}
    kept, comes = _kept(s), _COMES.search(s.plain)
    if kept is None:
        other = _OTHER_KEPT.search(s.plain)
        one_less = comes is not None and other is not None and _number(comes) == units[0] - 1
        return {"quantity": SlotValue(value=units[0] - 1, span=s.wording.text.strip())} if one_less else {}
    words = s.wording.origin(kept.start(), kept.end())
    number, bought = _number(kept), _bought(view)
    alone = _ONLY_KEPT.search(words) is not None and comes is None and number < bought
    if alone or 0 < bought - units[0] < number:  # "Keeps 4, not 3" is said of all that were bought.
        return {"quantity": SlotValue(value={"all_but": number}, span=words)}
    left = units[0] - number
    both = comes is not None and comes.start("n") != kept.start("n")
    others = {figure.whole for figure in figures(s) if not figure.old} - {number, units[0]}
    if not 0 < left < units[0] or others - {left} or (both and comes is not None and _number(comes) != left):
        return "unclear"
    return {"quantity": SlotValue(value=left if both else {"more": left - units[0]}, span=words)}


_OTHER_KEPT = regex(r"\b(?:keep(?:s|ing)?|kept) the other(?: one)?\b")
_ONLY_KEPT = regex(r"\b(?:only|just)\b", re.IGNORECASE)
"""Of all that were bought no more than these stay ("wants to keep only one")."""


def _bought(view: TurnView) -> int:
    """How many were bought of the one line that the card shows."""
    ids = view.proposal.lines if view.proposal else {}
    return next((line.quantity for line in view.order.lines if line.id in ids), 0) if view.order else 0


def left_on_card(s: Signals, view: TurnView) -> dict[str, SlotValue] | Literal["unclear"] | None:
    """The units of a refund's card that are left where the customer keeps some of them, or some are taken off.

    Where nothing comes back anyway, those that are kept may be paid back as well: that is unclear, save of goods that
    were never sent.
    """
    taken = taken_from(s.wording.text)
    units = list(view.proposal.lines.values()) if view.proposal else []
    if taken is not None and taken[0] is not None:
        left = {"quantity": SlotValue(value=taken[0] - taken[1], span=s.wording.text.strip())}
        return left if units == [taken[0]] and taken[0] > taken[1] else None
    if (part := _all_but(s, view)) is not None:
        return part
    beside = coming_back(s, view)
    if not beside or isinstance(beside, str):
        return beside or None
    unsent = {line.id for line in view.order.lines if line.unsent} if view.order else set()
    called_off = bool(view.slots.get("cancel_order")) or (
        view.proposal and set(view.proposal.lines) <= unsent
    )
    stays = view.slots.get("return_needed") is False and not called_off
    return "unclear" if stays else beside


def _all_but(s: Signals, view: TurnView) -> dict[str, SlotValue] | None:
    """At a card of one line "all but one" is of all that was bought, whatever the card shows."""
    card, kept = view.proposal, kept_count(s.wording.text)
    told = [x for x in s.kind("quantity") if isinstance(x.value, dict) and "all_but" in x.value]
    told = [x for x in told if kept is None or x.start != kept.start("n")]
    if card is None or len(card.lines) != 1 or len(told) != 1:
        return None
    entry = {"line": next(iter(card.lines)), "quantity": told[0].value, "amount": None}
    return {"line": SlotValue(value=[entry], span=told[0].text)}


def part_of_all(s: Signals) -> SlotValue | None:
    """How many units are meant, told by what is left out of all ("she wants one, so all but one", "8 less 2").

    Beside those that are kept the one other number is meant: "seven, she keeps one".
    """
    text = s.wording.text
    taken = taken_from(text)
    if taken is not None:
        of, by = taken
        return SlotValue(value={"all_but": by} if of is None else max(0, of - by), span=text.strip())
    kept = kept_count(text)
    parts = [span for span in s.kind("quantity") if isinstance(span.value, dict)]
    parts.sort(key=lambda span: kept is not None and span.start == kept.start("n"))
    told = distinct([figure for figure in figures(s) if not figure.old])
    alone = kept is not None and len(told) == 1 and not any(p.start != kept.start("n") for p in parts)
    if alone and told[0].whole is not None:
        return SlotValue(value=told[0].whole, span=told[0].text)
    return SlotValue(value=parts[0].value, span=parts[0].text) if parts else None


def _kept(s: Signals) -> re.Match[str] | None:
    """Where the number of those stands that are kept."""
    return _KEPT.search(s.plain) or kept_count(s.plain)


def _number(match: re.Match[str]) -> int:
    word = match.group("n")
    return int(word) if word.isdigit() else NUMBER_WORDS[word]
