"""A clause with what it most likely is, and what the clauses of one message mean together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.commands import CancelCase, Clarify, Command, Flow, StartFlow
from agent.reading.clauses.split import Clause
from agent.reading.words.act import ACT_OF, Act


@dataclass(slots=True)
class Weighed:
    """A clause with what it most likely is."""

    clause: Clause
    intent: str
    confidence: float
    ranked: list[tuple[str, float]]
    text: str

    @property
    def act(self) -> Act:
        """The guard's act where it agrees with the outcome, else the plain act of the intent."""
        said = self.clause.act
        if said is not None and said.intent == self.intent:
            return said
        return Act(ACT_OF[self.intent], self.confidence)


def shared_reason(commands: list[Command], weighed: list[Weighed]) -> list[Command]:
    """A reason said last of "both" goes for every order of the message that has none of its own."""
    starts = [command for command in commands if isinstance(command, StartFlow)]
    _told_first(starts, weighed)
    last = weighed[-1].clause.signals.plain if weighed else ""
    if len(starts) < 2 or not re.search(r"\b(?:both|each|all (?:two|three|of them))\b", last):
        return commands
    told = starts[-1].slots
    reason = told.get("reason") or told.get("return_reason")
    for command in starts[:-1]:
        name = "return_reason" if command.flow is Flow.MERCHANT_RETURN else "reason"
        if reason is not None and name not in command.slots:
            command.slots[name] = reason
            if "issue" in told:
                command.slots.setdefault("issue", told["issue"])
    return commands


_OF_BOTH = frozenset({"reason", "issue", "return_needed"})


def _told_first(starts: list[StartFlow], weighed: list[Weighed]) -> None:
    """What is said of "both customers" before the first order goes for the others too, where they say nothing else."""
    first = weighed[0].clause.signals if weighed else None
    if (
        first is None
        or len(starts) < 2
        or not re.match(r"\W*(?:both|all (?:two|three|of them))\b[^#]*:", first.plain)
    ):
        return
    for command in starts[1:]:
        for name in _OF_BOTH & set(starts[0].slots) - set(command.slots):
            command.slots[name] = starts[0].slots[name]


def guesses_settled(commands: list[Command]) -> list[Command]:
    """A clause that was not clear lends its facts to what the message asks for on the same order."""
    start = next((command for command in commands if isinstance(command, StartFlow)), None)
    if start is None:
        return commands
    kept: list[Command] = []
    for command in commands:
        named = command.slots.get("order")
        own = start.slots.get("order")
        if isinstance(command, Clarify) and (named is None or own is None or named.value == own.value):
            start.slots = command.slots | start.slots
        else:
            kept.append(command)
    return kept


def paid_before_receipt(commands: list[Command]) -> list[Command]:
    """Of "it is on its way back, refund it already" only the refund is wanted: that it travels is told."""
    if len(commands) != 2 or not all(isinstance(command, StartFlow) for command in commands):
        return commands
    moves, pays = commands
    assert isinstance(moves, StartFlow)
    assert isinstance(pays, StartFlow)
    only_moves = moves.action == "logistics" and set(moves.slots) <= {"order", "in_transit", "line"}
    named = {str(c.slots["order"].value) for c in commands if "order" in c.slots}
    one_order = len(named) <= 1
    pays_it = pays.flow is Flow.DIRECT_REFUND or pays.action == "refund"
    held = pays.slots["amount"].value if "amount" in pays.slots else {"kind": "less"}
    if not (only_moves and one_order and pays_it) or {"line", "reason"} & set(pays.slots):
        return commands
    if held["kind"] != "less":
        return commands
    if "amount" in pays.slots:  # "Minus the 49": the fee, where the return holds as much.
        pays.slots["amount"].value = {**held, "agreed": True}
    order = {name: value for name, value in moves.slots.items() if name == "order"}
    update = {"flow": Flow.RETURN_PROGRESS, "action": "refund", "slots": order | pays.slots}
    return [pays.model_copy(update=update)]


def vetoed(part: Weighed) -> bool:
    """Whether a clause only says what is not to be done ("don't refund it yet, …")."""
    return part.intent == "cancel" and part.clause.signals.has("vetoes")


def without_stray_cancels(commands: list[Command], *, nothing_open: bool) -> list[Command]:
    """No case is dropped beside another command where none is open, or where that command calls something off."""
    works = [command for command in commands if isinstance(command, StartFlow)]
    calls_off = any(command.action == "cancel" for command in works)
    if not works or not (nothing_open or calls_off):
        return commands
    return [command for command in commands if not isinstance(command, CancelCase)]


def without_repeats(commands: list[Command]) -> list[Command]:
    """A command said twice is one; so is a look at the balance in several words."""
    kept: list[Command] = []
    for command in commands:
        last = kept[-1] if kept else None
        if isinstance(command, StartFlow):
            same = command.flow is Flow.BALANCE and isinstance(last, StartFlow) and last.flow is Flow.BALANCE
        else:
            same = last is not None and last.name == command.name and last.slots == command.slots
        if not same:
            kept.append(command)
    return kept
