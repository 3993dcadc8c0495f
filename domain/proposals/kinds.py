"""What every kind of write provides: a plan (pure) and its application to the order once confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from domain.balances.model import OWN_ACCOUNTS, Balances, Posting
from domain.identity import Staff
from domain.orders.model import Order
from domain.ports import JobSpec
from domain.proposals.model import Preview, PreviewLine, ProposalKind
from domain.rules import Violation
from domain.settings import MerchantSettings


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a write is decided on. `new_id` names what the write would create (the proposal's id)."""

    order: Order
    settings: MerchantSettings
    proposer: Staff
    balances: Balances
    now: datetime
    new_id: str


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who proposed and who confirmed, for the record."""

    proposed_by: str
    confirmed_by: str


@dataclass(slots=True)
class Effects:
    """What the confirmed write does besides changing the order."""

    postings: list[Posting] = field(default_factory=list)
    jobs: list[JobSpec] = field(default_factory=list)
    awaits_provider: bool = False
    """The proposal stays `confirmed` until a provider has answered; otherwise it is executed at once."""


P = TypeVar("P", bound=BaseModel)
PlanT = TypeVar("PlanT")


class Write(Protocol, Generic[P, PlanT]):
    """One kind of write."""

    kind: ProposalKind
    payload: type[P]

    def plan(self, facts: Facts, payload: P) -> tuple[PlanT | None, list[Violation]]:
        """What it would do, or every rule it breaks."""
        ...

    def preview(self, facts: Facts, payload: P, plan: PlanT) -> Preview:
        """The same for people."""
        ...

    def approval(self, facts: Facts, plan: PlanT, confirmer: Staff) -> list[Violation]:
        """Why this person may not confirm it."""
        ...

    def apply(self, facts: Facts, payload: P, plan: PlanT, deciders: Deciders) -> Effects:
        """Change `facts.order` and say what else is to be done. Called only after `plan` found no violation."""
        ...


def own_amounts(balances: Balances) -> dict[str, int]:
    """The accounts staff see, by name."""
    return {account.value: balances.of(account) for account in OWN_ACCOUNTS}


def base_preview(facts: Facts, kind: ProposalKind, headline: str) -> Preview:
    """A preview with what all kinds share."""
    order = facts.order
    return Preview(
        kind=kind,
        order=order.number,
        customer=order.customer.name,
        currency=order.currency,
        headline=headline,
    )


def preview_line(order: Order, line_id: str, quantity: int, amount: int = 0) -> PreviewLine:
    """A card's row for units of a line."""
    line = order.line(line_id)
    return PreviewLine(
        line=line_id,
        sku=line.sku,
        title=line.title,
        quantity=quantity,
        amount=amount,
        source=line.source.value,
    )
