"""What a flow sees and what it can answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from agent.commands import Flow
from agent.state import Case
from domain.actions import Action
from domain.identity import Staff
from domain.orders.model import Evidence, Order
from domain.proposals.model import ProposalKind
from domain.rules import Rule, Violation
from domain.settings import MerchantSettings


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer offered with a question: what it says, what it means, and why it is closed if it is."""

    label: str
    value: Any
    say: str = ""
    detail: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class FlowContext:
    """The facts a flow decides on."""

    case: Case
    order: Order
    actor: Staff
    settings: MerchantSettings
    actions: list[Action]
    now: datetime
    ticket_words: str = ""
    """Quoted spans of the ticket in which the customer names a defect; offered, never taken."""
    offered_evidence: list[Evidence] = field(default_factory=list)

    @property
    def slots(self) -> dict[str, Any]:
        """What the case knows."""
        return self.case.slots

    def action(self, name: str, subject: str | None = None) -> Action | None:
        """The action of that name (of that return or review, when one is named)."""
        for action in self.actions:
            if action.name == name and (subject is None or action.subject == subject):
                return action
        return None

    def can(self, name: str) -> bool:
        """Whether any action of that name is available."""
        return any(action.name == name and action.available for action in self.actions)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, the best answer first."""

    slot: str
    text: str
    values: dict[str, Any] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Propose:
    """Everything is known: make the proposal."""

    kind: ProposalKind
    payload: BaseModel | dict[str, Any]
    text: str = ""
    """Something to say beside the card, and its values."""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refuse:
    """The page would not let this happen. `ask` goes on from there; without it the case ends here."""

    violations: list[Violation]
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """Another flow is the right one; everything said is taken along."""

    flow: Flow
    action: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Inform:
    """Answer from tools, nothing to decide."""

    topic: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WriteDraft:
    """A text for the customer."""

    draft: str
    language: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody with the role has to go on."""

    role: str
    text: str = "handoff"
    violations: list[Violation] = field(default_factory=list)


Step = Ask | Propose | Refuse | Redirect | Inform | WriteDraft | HandOver


@dataclass(frozen=True, slots=True)
class FlowSpec:
    """A flow: its name, the slots it knows in the order it asks for them, and its next step."""

    flow: Flow
    slots: tuple[str, ...]
    advance: Callable[[FlowContext], Step]
    description: str


def refusal(action: Action) -> Violation:
    """A disabled action as the broken rule it stands for."""
    return Violation(
        code=action.code or Rule.ACTION_UNAVAILABLE,
        field=action.name,
        limit=action.limit,
        value=action.value,
        message=action.sentence,
    )
