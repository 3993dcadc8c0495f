"""What a turn came to, as facts; the writer turns them into words and cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from agent.flows.step import Ask, Choice
from agent.state import Case
from domain.actions import Action
from domain.orders.model import Order
from domain.ports import OrderSummary
from domain.proposals.model import Proposal
from domain.refunds.model import Refund
from domain.rules import Violation


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by its template."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The open question."""

    case: Case
    ask: Ask


@dataclass(frozen=True, slots=True)
class Offered:
    """What could be done next; nothing is pending."""

    text: str
    choices: list[Choice]
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrderShown:
    """An order with its actions."""

    order: Order
    actions: list[Action]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Several orders fit; staff choose."""

    case: Case | None
    found: list[OrderSummary]
    text: str = "ask_which_order"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A card. `again` when it is only shown once more."""

    proposal: Proposal
    again: bool = False
    difference: list[str] = field(default_factory=list)
    limit: int = 0
    own: bool = True
    may_press: bool = True
    """Whether this person's role and limit let them press, as far as the card itself tells."""


@dataclass(frozen=True, slots=True)
class RefusedNow:
    """Rules that were broken."""

    violations: list[Violation]
    key: str = "refused"
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """A decided proposal and what became of it."""

    proposal: Proposal
    outcome: Literal["done", "failed", "unknown", "pending"]
    refund: Refund | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A text for the customer."""

    draft: str
    language: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandedOff:
    """A case for somebody with the role."""

    case: Case | None
    role: str
    key: str = "handoff"
    values: dict[str, Any] = field(default_factory=dict)


OutcomeFact = (
    Said | Asked | Offered | OrderShown | Candidates | Proposed | RefusedNow | Finished | Drafted | HandedOff
)
