"""What is held back of a whole ("all but 5"), corrected at the card: "sorry, 8 not 5"."""

from __future__ import annotations

from decimal import Decimal

from agent.commands import Command, CorrectSlot
from agent.reading.figures_said import figures
from agent.reading.signals import Signals
from agent.reading.view import TurnView


def held_back(command: Command, s: Signals, view: TurnView) -> Command:
    """Another sum in the place of the one that is held back moves the amount of the card by as much."""
    held, said = view.slots.get("amount"), command.slots.get("amount")
    if not isinstance(command, CorrectSlot) or said is None:
        return command
    if not isinstance(held, dict) or held.get("kind") != "less" or not isinstance(said.value, dict):
        return command
    before = Decimal(str(held["value"]))
    replaced = any(figure.old and Decimal(figure.value) == before for figure in figures(s))
    if not replaced or said.value.get("kind") != "exact":
        return command
    by = Decimal(str(said.value["value"])) - before
    value = {**said.value, "kind": "less" if by > 0 else "more", "value": f"{abs(by):f}"}
    slots = command.slots | {"amount": said.model_copy(update={"value": value})}
    return command.model_copy(update={"slots": slots})
