"""A card that does not say any more what is wanted: withdrawn, until it is clear what should be different."""

from __future__ import annotations

from agent.dialogue.drive import ask, withdraw
from agent.dialogue.outcomes import Said
from agent.dialogue.turn import Turn
from agent.flows.step import Ask, Choice
from agent.state import CHANGE, Case

CHOICES = (
    Choice("As it was", "as_it_was", say="leave it as it was"),
    Choice("Drop it", "drop", say="drop it"),
)


async def hold(turn: Turn, case: Case) -> None:
    """Withdraw the open card and ask what should be different; everything that was filled stays."""
    shown = case.proposal_id
    await withdraw(turn, case)
    if case.proposal_id is not None:
        return
    case.held, case.status = shown, "open"
    turn.add(Said("card_held", {"what": case.summary, "order": case.order_number}))
    ask_change(turn, case)


def ask_change(turn: Turn, case: Case) -> None:
    """The short question: what is different?"""
    ask(turn, case, Ask(CHANGE, "ask_change", {"what": case.summary}, list(CHOICES)))
