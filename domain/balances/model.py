"""Accounts and postings. Double entry: every posting is a pair of signed rows that sum to zero."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel


class Account(StrEnum):
    """Accounts per merchant and currency; the last three stand for the world outside."""

    PENDING_SETTLEMENT = "pending_settlement"
    AVAILABLE = "available"
    RESERVED = "reserved"
    FUND = "fund"
    PAYOUT = "payout"
    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    BANK = "bank"


OWN_ACCOUNTS = (Account.PENDING_SETTLEMENT, Account.AVAILABLE, Account.RESERVED, Account.FUND, Account.PAYOUT)
"""The accounts that staff see."""


class EntryKind(StrEnum):
    """Why money moved."""

    OPENING = "opening"
    CHARGE = "charge"
    REFUND = "refund"
    REVERSAL = "reversal"
    FEE = "fee"
    SETTLEMENT = "settlement"
    SUPPLIER_RECOVERY = "supplier_recovery"
    RESERVE = "reserve"
    PAYOUT = "payout"
    PAYOUT_PAID = "payout_paid"
    PAYOUT_CANCELLED = "payout_cancelled"


@dataclass(frozen=True, slots=True)
class Posting:
    """`amount` minor units leave `source` and arrive at `target`. The key is deterministic: posted once only."""

    key: str
    kind: EntryKind
    source: Account
    target: Account
    amount: int
    currency: str
    at: datetime
    order_id: str | None = None
    settlement_id: str | None = None
    reverses: str | None = None


class SettlementStatus(StrEnum):
    """Where a settlement stands."""

    OPEN = "open"
    SETTLED = "settled"
    PAID_OUT = "paid_out"


SETTLEMENT: dict[SettlementStatus, frozenset[SettlementStatus]] = {
    SettlementStatus.OPEN: frozenset({SettlementStatus.SETTLED}),
    SettlementStatus.SETTLED: frozenset({SettlementStatus.PAID_OUT}),
    SettlementStatus.PAID_OUT: frozenset(),
}


class Settlement(BaseModel):
    """The sales of one day in one currency; net = charges − refunds + reversals − fees + recoveries."""

    id: str
    currency: str
    settles_at: datetime
    status: SettlementStatus
    charges: int = 0
    refunds: int = 0
    reversals: int = 0
    fees: int = 0
    recoveries: int = 0

    @property
    def net(self) -> int:
        """Minor units that move to `available` when it settles."""
        return self.charges - self.refunds + self.reversals - self.fees + self.recoveries


class PayoutStatus(StrEnum):
    """Where a payout stands."""

    SCHEDULED = "scheduled"
    PAID = "paid"
    CANCELLED = "cancelled"


PAYOUT: dict[PayoutStatus, frozenset[PayoutStatus]] = {
    PayoutStatus.SCHEDULED: frozenset({PayoutStatus.PAID, PayoutStatus.CANCELLED}),
    PayoutStatus.PAID: frozenset(),
    PayoutStatus.CANCELLED: frozenset(),
}


class Payout(BaseModel):
    """Money on its way to the merchant's bank."""

    id: str
    currency: str
    amount: int
    status: PayoutStatus
    created_at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Balances:
    """What the accounts of one currency hold, minor units."""

    currency: str
    amounts: dict[Account, int] = field(default_factory=dict)

    def of(self, account: Account) -> int:
        """The amount of one account."""
        return self.amounts.get(account, 0)

    def after(self, postings: list[Posting]) -> Balances:
        """What they hold once these are posted."""
        amounts = dict(self.amounts)
        for posting in postings:
            if posting.currency == self.currency:
                amounts[posting.source] = amounts.get(posting.source, 0) - posting.amount
                amounts[posting.target] = amounts.get(posting.target, 0) + posting.amount
        return Balances(self.currency, amounts)
