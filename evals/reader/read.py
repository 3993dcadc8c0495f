"""Labelled messages with what the reader makes of them, and the figures that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agent.reading.local import LocalReader
from agent.reading.view import ProposalView, TurnView, Understanding
from evals.reader.corpus import Utterance


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the bar it has to reach (``at_most``: stay below)."""

    name: str
    value: float
    bar: float
    at_most: bool = False

    @property
    def ok(self) -> bool:
        """Whether the bar is reached."""
        return self.value <= self.bar if self.at_most else self.value >= self.bar

    def line(self) -> str:
        """``name value bar ok|short``."""
        return f"{self.name} {self.value:.3f} {self.bar:.3f} {'ok' if self.ok else 'short'}"


@dataclass(frozen=True, slots=True)
class Read:
    """One utterance and what the reader made of it."""

    row: Utterance
    seen: Understanding

    @property
    def strict(self) -> bool:
        """The first label."""
        return self.seen.intent == self.row.intent

    @property
    def lenient(self) -> bool:
        """The first label or a listed alternate."""
        return self.strict or self.seen.intent in self.row.also

    @property
    def top3(self) -> bool:
        """The first label or an alternate among the three likeliest."""
        wanted = {self.row.intent, *self.row.also}
        return self.lenient or any(intent in wanted for intent, _ in self.seen.alternatives[:3])


def read_all(reader: LocalReader, rows: Sequence[Utterance]) -> list[Read]:
    """Every message with what the reader made of it."""
    return [Read(row, reader.read(view_of(row))) for row in rows]


def view_of(row: Utterance) -> TurnView:
    """What the reader is given: the text, and a card where one was open."""
    card = ProposalView(kind="refund", order="", amount=None) if row.card else None
    return TurnView(text=row.text, proposal=card)


def share(values: Iterable[bool]) -> float:
    """Of all; 0 of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def issue_share(items: Sequence[Read]) -> float:
    """Right issue types among the messages that have an issue."""
    with_issue = [item for item in items if item.row.issue != "other"]
    return share(item.seen.issue_type == item.row.issue for item in with_issue)
