"""Money and audit as they are answered. Amounts are minor units (whole numbers) of the currency beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from domain.balances.model import Payout, Settlement
from domain.ports import AuditEvent, LedgerRow


class BalanceView(BaseModel):
    """What the accounts of a currency hold."""

    currency: str
    accounts: dict[str, int]


class BalancesView(BaseModel):
    """All currencies, or the one asked for."""

    balances: list[BalanceView]


class SettlementView(Settlement):
    """A day's sales; `net_amount` moves to `available` when it settles."""

    net_amount: int

    @classmethod
    def of(cls, settlement: Settlement) -> SettlementView:
        """With its net."""
        return cls(net_amount=settlement.net, **settlement.model_dump())


class Settlements(BaseModel):
    """Settlements, latest due first. `next_offset` is there while there are more."""

    settlements: list[SettlementView]
    next_offset: int | None = None


class Payouts(BaseModel):
    """Payouts, newest first."""

    payouts: list[Payout]
    next_offset: int | None = None


class LedgerView(BaseModel):
    """One signed row of the ledger."""

    number: int
    key: str
    pair: str
    kind: str
    account: str
    amount: int
    currency: str
    at: datetime
    order_id: str | None = None
    settlement_id: str | None = None
    reverses: str | None = None

    @classmethod
    def of(cls, row: LedgerRow) -> LedgerView:
        """From the book."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


class LedgerPage(BaseModel):
    """Rows, newest first; ask for `before` the last number for more."""

    rows: list[LedgerView]
    next_before: int | None = None


class AuditEventView(BaseModel):
    """One thing that happened."""

    number: int
    kind: str
    subject: str
    actor: str
    at: datetime
    data: dict[str, Any]

    @classmethod
    def of(cls, number: int, event: AuditEvent) -> AuditEventView:
        """From the trail."""
        return cls(
            number=number,
            kind=event.kind,
            subject=event.subject,
            actor=event.actor,
            at=event.at,
            data=event.data,
        )


class AuditPage(BaseModel):
    """Events, newest first."""

    events: list[AuditEventView]
    next_before: int | None = None


class AuditReportView(BaseModel):
    """How far the chain is sealed, and what does not fit into it."""

    intact: bool
    sealed: int
    unsealed: int
    head: str
    problems: list[str]
