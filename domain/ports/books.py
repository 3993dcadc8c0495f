"""The ledger and the audit log of one merchant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from domain.balances.model import Balances, Payout, Posting, Settlement


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One signed row."""

    number: int
    key: str
    pair: str
    kind: str
    account: str
    amount: int
    currency: str
    at: datetime
    order_id: str | None
    settlement_id: str | None
    reverses: str | None


class Ledger(Protocol):
    """Postings, balances, settlements and payouts of one merchant."""

    def post(self, postings: Iterable[Posting], *, allow_negative: bool = False) -> None:
        """Write pairs of rows. A key posted before is skipped.

        Raises ConcurrentChange where an own account would fall below zero that did not when it was read, unless
        allowed.
        """
        ...

    def balances(self, currency: str) -> Balances:
        """What the accounts hold."""
        ...

    def currencies(self) -> list[str]:
        """Currencies with any row."""
        ...

    def postings(
        self,
        *,
        currency: str | None = None,
        account: str | None = None,
        order_id: str | None = None,
        limit: int = 100,
        before: int | None = None,
    ) -> list[LedgerRow]:
        """Rows, newest first, paged by row number."""
        ...

    def settlements(
        self, *, currency: str | None = None, status: str | None = None, limit: int = 100, offset: int = 0
    ) -> list[Settlement]:
        """Settlements with their net parts, latest due first."""
        ...

    def due_settlements(self, now: datetime) -> list[Settlement]:
        """Open settlements that should have settled by now."""
        ...

    def mark_settled(self, settlement_id: str) -> bool:
        """`open → settled`; False when it was not open."""
        ...

    def open_settlement(self, settlement_id: str, currency: str, settles_at: datetime) -> None:
        """Make sure that a settlement exists."""
        ...

    def payouts(self, *, currency: str | None = None, limit: int = 100, offset: int = 0) -> list[Payout]:
        """Payouts, newest first."""
        ...

    def payout(self, payout_id: str) -> Payout | None:
        """The payout of that id."""
        ...

    def save_payout(self, payout: Payout) -> None:
        """Insert or write back."""
        ...

    def sum(self) -> int:
        """The sum of all rows; 0 or the books are broken."""
        ...


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing that happened."""

    kind: str
    subject: str
    actor: str
    at: datetime
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a walk along the hash chain found."""

    sealed: int
    unsealed: int
    head: str
    problems: list[str] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """No altered and no missing row."""
        return not self.problems


class AuditLog(Protocol):
    """Append-only events of one merchant and the chain sealed over them."""

    def append(self, event: AuditEvent) -> None:
        """Add an event to this transaction."""
        ...

    def seal(self, limit: int = 1000) -> int:
        """Link events that are not linked yet; how many were."""
        ...

    def verify(self) -> AuditReport:
        """Walk the chain."""
        ...

    def events(
        self,
        *,
        subject: str | None = None,
        kind: str | None = None,
        limit: int = 100,
        before: int | None = None,
    ) -> list[tuple[int, AuditEvent]]:
        """Events with their numbers, newest first."""
        ...
