"""What is held back of a whole ("all but 5"), corrected at the card: "sorry, 8 not 5"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agent.commands import Command, CorrectSlot, SlotValue
from agent.reading.facts.figures_said import figures
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals


def held_back(command: Command, s: Signals, view: TurnView) -> Command:
    """Another sum in the place of the one that is held back moves the amount of the card by as much."""
    held = view.slots.get("amount")
    if not isinstance(command, CorrectSlot) or not isinstance(held, dict) or held.get("kind") != "less":
        return command
    before = Decimal(str(held["value"]))
    now = _new_sum(command)
    if now is None or not any(figure.old and Decimal(figure.value) == before for figure in figures(s)):
        return command
    name, said, value = now
    by = Decimal(str(value["value"])) - before
    moved = {**value, "kind": "less" if by > 0 else "more", "value": f"{abs(by):f}"}
    rest = {other: slot for other, slot in command.slots.items() if other != name}
    return command.model_copy(update={"slots": rest | {"amount": said.model_copy(update={"value": moved})}})


def _new_sum(command: Command) -> tuple[str, SlotValue, dict[str, Any]] | None:
    """The exact amount of a change, or the number that was taken for units; with the slot it stands in."""
    amount, units = command.slots.get("amount"), command.slots.get("quantity")
    if amount is not None and isinstance(amount.value, dict) and amount.value.get("kind") == "exact":
        return "amount", amount, amount.value
    if amount is None and units is not None and isinstance(units.value, int):
        return "quantity", units, {"kind": "exact", "value": str(units.value), "currency": None}
    return None
