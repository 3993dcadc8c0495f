"""How much one message may hold: reading weighs every figure against its neighbours, so a pasted table is not read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from agent.reading.text.patterns import regex

MOST_CHARACTERS = 4_000
MOST_FIGURES = 150
_FIGURE = regex(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class TooMuch:
    """What a message holds too much of: ``characters`` or ``figures``, how many, and how many are read."""

    what: str
    counted: int
    limit: int


def too_much(text: str) -> TooMuch | None:
    """What staff's own words hold too much of; None where they can be read in whole."""
    if len(text) > MOST_CHARACTERS:
        return TooMuch("characters", len(text), MOST_CHARACTERS)
    figures = sum(1 for _ in _FIGURE.finditer(text))
    return TooMuch("figures", figures, MOST_FIGURES) if figures > MOST_FIGURES else None


def beginning(text: str) -> str:
    """As much of a text of any length as can be read: a ticket's is the customer's, who may write what they like."""
    text = text[:MOST_CHARACTERS]
    past = next(islice(_FIGURE.finditer(text), MOST_FIGURES, None), None)
    return text[: past.start()] if past else text
