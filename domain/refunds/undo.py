"""Taking back what a refund did to the books and the goods, when providers did not pay it out.

The caller saves the order.
"""

from __future__ import annotations

from dataclasses import replace

from domain.balances.postings import refund_postings, reversal_postings
from domain.balances.service import post_due_settlements
from domain.orders.model import Fulfilment, Order
from domain.ports import UnitOfWork
from domain.refunds.model import Refund, RefundStatus


def give_back(uow: UnitOfWork, order: Order, refund: Refund, amount: int) -> None:
    """Reverse `amount` of what the refund was funded with, the funding taken last first.

    A refund can lose parts one after the other, so the keys count the failed parts. What is reversed leaves
    `funding` (the sale's unsettled money can be used again); an entry keeps its place even at 0, because the
    row it was posted with is named by it. Nothing is reversed that was never posted: imported history has no
    funding.
    """
    post_due_settlements(uow)
    failed = sum(part.status is RefundStatus.FAILED for part in refund.allocations)
    amount = min(amount, sum(part.amount for part in refund.funding))
    place = {posting.key: i for i, posting in enumerate(refund_postings(order, refund, uow.now))}
    postings = []
    for posting in reversal_postings(order, refund, uow.now, amount):
        funding = refund.funding[place[posting.reverses or ""]]
        postings.append(replace(posting, key=f"{posting.key}:{failed}"))
        if refund.status is not RefundStatus.FAILED:
            funding.amount -= posting.amount
    uow.ledger.post(postings, allow_negative=True)


def restore_units(order: Order, refund: Refund) -> None:
    """Units that were cancelled by this refund are to be shipped again.

    This undoes a step and is none of the fulfilment's own, so the transition table has no say. Whether a line
    was processing already is not kept; it starts again as unfulfilled.
    """
    for part in refund.lines:
        line = order.line(part.line)
        if not part.cancelled or line.fulfilment is not Fulfilment.CANCELLED:
            continue
        others = [p for r in order.refunds if r.counts for p in r.lines if p.line == line.id]
        if sum(p.cancelled for p in others) < line.quantity:
            line.fulfilment = Fulfilment.UNFULFILLED
