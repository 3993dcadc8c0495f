"""How many units of a return that is being opened come back, told by those that do and those that are kept."""

from __future__ import annotations

import re
from typing import Literal

from agent.commands import SlotValue
from agent.reading.text.numerals import NUMBER_WORDS, WORD_NUMBER
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

_N = rf"(?P<n>\d{{1,3}}|{WORD_NUMBER})\b"
_KEPT = re.compile(
    rf"\b(?:keep(?:s|ing)?|kept|h[oa](?:ld|ng)(?:s|ing)? on ?to)(?: (?:just|only|the"
    rf"|back))* {_N}(?! (?:more )?(?:days?|weeks?)\b)"
)
_COMES = re.compile(
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
    kept, comes = _KEPT.search(s.plain), _COMES.search(s.plain)
    if kept is None:
        return {}
    left = units[0] - _number(kept)
    both = comes is not None and comes.start("n") != kept.start("n")
    if not 0 < left < units[0] or (both and comes is not None and _number(comes) != left):
        return "unclear"
    words = s.wording.origin(kept.start(), kept.end())
    return {"quantity": SlotValue(value=left if both else {"more": left - units[0]}, span=words)}


def _number(match: re.Match[str]) -> int:
    word = match.group("n")
    return int(word) if word.isdigit() else NUMBER_WORDS[word]
