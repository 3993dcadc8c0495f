"""Balances as staff may see them: due settlements are posted before anything is read."""

from __future__ import annotations

from domain.balances.model import (
    PAYOUT,
    Account,
    Balances,
    EntryKind,
    Payout,
    PayoutStatus,
    Posting,
    Settlement,
)
from domain.lifecycle import move
from domain.ports import AuditEvent, UnitOfWork


def post_due_settlements(uow: UnitOfWork) -> int:
    """Move what has settled from `pending_settlement` to `available`; how many settlements that were."""
    count = 0
    for settlement in uow.ledger.due_settlements(uow.now):
        if not uow.ledger.mark_settled(settlement.id):
            continue
        count += 1
        if settlement.net == 0:
            continue
        uow.ledger.post([_settlement_posting(settlement)], allow_negative=True)
    return count


def _settlement_posting(settlement: Settlement) -> Posting:
    source, target = Account.PENDING_SETTLEMENT, Account.AVAILABLE
    if settlement.net < 0:
        source, target = target, source
    return Posting(
        key=f"settlement:{settlement.id}",
        kind=EntryKind.SETTLEMENT,
        source=source,
        target=target,
        amount=abs(settlement.net),
        currency=settlement.currency,
        at=settlement.settles_at,
        settlement_id=settlement.id,
    )


def current_balances(uow: UnitOfWork, currency: str) -> Balances:
    """What the accounts of a currency hold now; posts what has settled, so it needs a write transaction."""
    post_due_settlements(uow)
    return uow.ledger.balances(currency)


def seen_balances(uow: UnitOfWork, currency: str) -> Balances:
    """The same for a read transaction: settlements that are due count as posted, and nothing is written."""
    due = [s for s in uow.ledger.due_settlements(uow.now) if s.currency == currency and s.net]
    return uow.ledger.balances(currency).after([_settlement_posting(s) for s in due])


def schedule_payout(uow: UnitOfWork, actor_id: str, currency: str, amount: int) -> Payout:
    """Set money aside for the bank. Raises ValueError where `available` does not hold it."""
    held = current_balances(uow, currency).of(Account.AVAILABLE)
    if amount <= 0 or amount > held:
        raise ValueError(f"a payout takes 1 to {held} minor units of {currency}; {amount} asked")
    payout = Payout(
        id=uow.ids.new("pay"),
        currency=currency,
        amount=amount,
        status=PayoutStatus.SCHEDULED,
        created_at=uow.now,
    )
    uow.ledger.save_payout(payout)
    uow.ledger.post([_payout_posting(payout, EntryKind.PAYOUT, Account.AVAILABLE, Account.PAYOUT, uow)])
    uow.audit.append(AuditEvent("payout.scheduled", payout.id, actor_id, uow.now, {"amount": amount}))
    return payout


def decide_payout(uow: UnitOfWork, actor_id: str, payout: Payout, status: PayoutStatus) -> Payout:
    """`scheduled → paid` sends it off; `scheduled → cancelled` makes the money available again at once."""
    payout.status = move("payout", PAYOUT, payout.status, status)
    payout.decided_at = uow.now
    uow.ledger.save_payout(payout)
    if status is PayoutStatus.PAID:
        posting = _payout_posting(payout, EntryKind.PAYOUT_PAID, Account.PAYOUT, Account.BANK, uow)
    else:
        posting = _payout_posting(payout, EntryKind.PAYOUT_CANCELLED, Account.PAYOUT, Account.AVAILABLE, uow)
    uow.ledger.post([posting])
    uow.audit.append(AuditEvent(f"payout.{status.value}", payout.id, actor_id, uow.now))
    return payout


def _payout_posting(
    payout: Payout, kind: EntryKind, source: Account, target: Account, uow: UnitOfWork
) -> Posting:
    return Posting(
        key=f"{kind.value}:{payout.id}",
        kind=kind,
        source=source,
        target=target,
        amount=payout.amount,
        currency=payout.currency,
        at=uow.now,
    )
