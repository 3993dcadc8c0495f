"""The one validator of commands, whatever reader they came from.

Nothing that a reader made up gets past it: a slot value must have its shape, a line must be on an order in view, and
numbers and texts must be the staff member's own. What is taken out is written down. No command confirms anything, so
there is none to let through.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agent.commands import Answer, Clarify, Command, Flow, SetSlot, SlotValue, StartFlow
from agent.reading.grounding.money_shapes import Unfit
from agent.reading.grounding.said import Said
from agent.reading.grounding.slot_shapes import CHECKS
from agent.reading.view import TurnView, Understanding
from agent.reading.words.same_again import all_the_same, same_goods

ACTIONS: dict[Flow, frozenset[str]] = {
    Flow.RETURN_PROGRESS: frozenset({"logistics", "receive", "refund", "close", "cancel"}),
    Flow.SUPPLIER_REVIEW: frozenset({"request", "view", "cancel", "verdict"}),
}
_WHICH = frozenset({"order", "return_id"})
"""Without these a command would be about something else than was meant; it goes with them."""


def validate(understanding: Understanding, view: TurnView) -> Understanding:
    """The understanding with every command checked. One that loses all its commands becomes a Clarify."""
    commands, dropped = checked(understanding.commands, view)
    if not dropped and commands == understanding.commands:
        return understanding
    if understanding.commands and not commands:
        changes = view.proposal is not None and any(c.name == "CorrectSlot" for c in understanding.commands)
        commands = [Clarify(confidence=0.0, span=view.text, changes=changes)]
    return understanding.model_copy(
        update={"commands": commands, "dropped": [*understanding.dropped, *dropped]}
    )


def checked(commands: Iterable[Command], view: TurnView) -> tuple[list[Command], list[str]]:
    """The commands that hold, and what was taken out of them, in words."""
    said = Said(view)
    kept: list[Command] = []
    dropped: list[str] = []
    for command in commands:
        fit = _command(command, said, dropped)
        if fit is not None:
            kept.append(fit)
    return kept, dropped


def _command(command: Command, said: Said, dropped: list[str]) -> Command | None:
    slots, lost = _slots(command, said, dropped)
    if lost & _WHICH or (lost and not slots and command.name in {"Answer", "SetSlot", "CorrectSlot"}):
        dropped.append(f"{command.name}: nothing is left of it")
        return None
    changes: dict[str, Any] = {}
    if slots != command.slots:
        changes["slots"] = slots
    if command.span and not said.has_span(command.span):
        changes["span"] = ""
        dropped.append(f"{command.name}.span: not the staff's words")
    if isinstance(command, StartFlow) and not _knows(command):
        changes["action"] = None
        dropped.append(f"StartFlow.action: {command.flow.value} has none of that name")
    changed = command.model_copy(update=changes) if changes else command
    return _at_its_place(changed, said)


def _knows(command: StartFlow) -> bool:
    return command.action is None or command.action in ACTIONS.get(command.flow, frozenset())


def _at_its_place(command: Command, said: Said) -> Command:
    """An answer to a question that nobody asked is a plain fact."""
    if isinstance(command, Answer) and not said.asks(*command.slots):
        return SetSlot(slots=command.slots, confidence=command.confidence, span=command.span)
    return command


def _slots(command: Command, said: Said, dropped: list[str]) -> tuple[dict[str, SlotValue], set[str]]:
    kept: dict[str, SlotValue] = {}
    lost: set[str] = set()
    for name, slot in command.slots.items():
        try:
            value = _value(name, slot.value, said)
        except Unfit as error:
            dropped.append(f"{command.name}.{name}: {error}")
            lost.add(name)
            continue
        span = slot.span
        if span and not said.has_span(span):
            dropped.append(f"{command.name}.{name}.span: not the staff's words")
            span = ""
        kept[name] = slot if span == slot.span and value == slot.value else SlotValue(value=value, span=span)
    return kept, lost


def _value(name: str, value: Any, said: Said) -> Any:
    pending = said.view.pending
    if pending is not None and pending.slot == name and any(value == o.value for o in pending.options):
        return value
    if all_the_same(said.text) and _as_last(name, value, said):
        return value
    if name not in CHECKS:
        if said.asks(name):
            return value
        raise Unfit("no slot of that name")
    return CHECKS[name](value, said)


def _as_last(name: str, value: Any, said: Said) -> bool:
    """Whether a slot holds what the last result had, its goods as those of another order."""
    last = said.view.last
    if last is None:
        return False
    if name == "line":
        return any(value == same_goods(last, order) for order in said.orders)
    return name in last.told and bool(value == last.told[name])
