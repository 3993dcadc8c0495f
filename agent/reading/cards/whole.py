"""All that a card could be about: every unit of its line, what is left of it."""

from __future__ import annotations

from agent.commands import SlotValue
from agent.reading.facts.slots import Slots
from agent.reading.facts.what_is_left import ENDS, LEFT
from agent.reading.text.patterns import regex
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals

WHAT_IS_LEFT = regex(
    r"(?:^|[.;,!] ?)(?:ok |okay |so |then |and |just |only |please |do |refund |give her |give him )*"
    rf"{LEFT}{ENDS}"
)
"""Of an order with one line, all that it still has."""

ALL_OF_THEM = regex(
    r"^(?:\W|no|sorry|wait|actually|please|make (?:it|that)|it's|just|well)*all (?:of )?"
    r"(?:them|it|those|these)\b(?! but| except)"
)


def all_of_it(s: Signals, view: TurnView) -> Slots:
    """Every unit of the one line that the card is about."""
    lines = list(view.proposal.lines) if view.proposal else []
    return (
        {
            "line": SlotValue(
                value=[{"line": lines[0], "quantity": None, "amount": None, "all": True}],
                span=s.wording.text.strip(),
            )
        }
        if len(lines) == 1
        else {}
    )
