"""The one door by which orders come in: stored with the rows of their history, in the caller's transaction.

Rows stand at their own dates. A sale that should have settled before it was imported settles at once, also where
its day's settlement was over already.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.balances.model import Account, EntryKind, Posting
from domain.balances.service import post_due_settlements
from domain.identity import SYSTEM
from domain.orders.intake import Intake, SettlementDue
from domain.ports import AuditEvent, UnitOfWork


def take_in(uow: UnitOfWork, intakes: Sequence[Intake], *, actor: str = SYSTEM) -> list[bool]:
    """Store orders with their books; False for each whose number exists already (nothing is done for it)."""
    post_due_settlements(uow)
    added = [uow.orders.add(intake.order) for intake in intakes]
    new = [intake for intake, is_new in zip(intakes, added, strict=True) if is_new]
    postings = [posting for intake in new for posting in intake.postings]
    due = [settlement for intake in new for settlement in intake.settlements]
    post_with_settlements(uow, postings, due, batch=new[0].order.id if new else "")
    for intake in new:
        detail = {"number": intake.order.number, "payments": len(intake.order.payments)}
        uow.audit.append(AuditEvent("order.imported", intake.order.id, actor, uow.now, detail))
    return added


def post_with_settlements(
    uow: UnitOfWork, postings: Sequence[Posting], settlements: Sequence[SettlementDue], *, batch: str
) -> None:
    """Post rows from outside, and open the settlements they belong to; those that are over already settle now."""
    due = {settlement.id: settlement for settlement in settlements}
    for settlement in due.values():
        uow.ledger.open_settlement(settlement.id, settlement.currency, settlement.settles_at)
    uow.ledger.post(postings, allow_negative=True)
    over = {key: settlement for key, settlement in due.items() if settlement.settles_at <= uow.now}
    for key in over:
        uow.ledger.mark_settled(key)
    uow.ledger.post(late_settlements(over, postings, batch), allow_negative=True)


def late_settlements(
    over: dict[str, SettlementDue], postings: Sequence[Posting], batch: str
) -> list[Posting]:
    """What these rows bring to settlements that are over, moved to `available` at the settlement's own date.

    `batch` tells this arrival from others of the same day; the first order's id will do.
    """
    net = dict.fromkeys(over, 0)
    for posting in postings:
        if posting.settlement_id in net:
            arrives = posting.target is Account.PENDING_SETTLEMENT
            net[posting.settlement_id] += posting.amount if arrives else -posting.amount
    moves: list[Posting] = []
    for key, amount in net.items():
        if amount == 0:
            continue
        ends = (Account.PENDING_SETTLEMENT, Account.AVAILABLE)
        source, target = ends if amount > 0 else ends[::-1]
        moves.append(
            Posting(
                key=f"settlement:{key}:{batch}",
                kind=EntryKind.SETTLEMENT,
                source=source,
                target=target,
                amount=abs(amount),
                currency=over[key].currency,
                at=over[key].settles_at,
                settlement_id=key,
            )
        )
    return moves
