"""The rows that refunds, their reversals and supplier recoveries post.

Keys are deterministic: a row is posted once only.
"""

from __future__ import annotations

from datetime import datetime

from domain.balances.model import Account, EntryKind, Posting
from domain.balances.settlement import payment_settlement
from domain.orders.model import Order
from domain.refunds.model import Funding, Refund


def _settlement_of(order: Order, part: Funding) -> str | None:
    """The settlement whose net falls when a sale's own unsettled money is given back."""
    if part.account != Account.PENDING_SETTLEMENT or part.payment is None:
        return None
    return payment_settlement(order, order.payment(part.payment))


def refund_postings(order: Order, refund: Refund, at: datetime) -> list[Posting]:
    """One pair a funding part: from the account it was taken from to the customers."""
    return [
        Posting(
            key=f"refund:{refund.id}:{i}",
            kind=EntryKind.REFUND,
            source=Account(part.account),
            target=Account.CUSTOMERS,
            amount=part.amount,
            currency=order.currency,
            at=at,
            order_id=order.id,
            settlement_id=_settlement_of(order, part),
        )
        for i, part in enumerate(refund.funding)
    ]


def reversal_postings(order: Order, refund: Refund, at: datetime, amount: int | None = None) -> list[Posting]:
    """The refund's rows the other way round, each pointing to the row it reverses.

    `amount` (minor units) is the part that failed; it defaults to all of the refund. A part goes back to the
    funding that was taken last, first. Money of a sale that has settled by `at` goes to `available`: its
    settlement is over. Raises ValueError where more is reversed than was funded.
    """
    left = sum(part.amount for part in refund.funding) if amount is None else amount
    postings: list[Posting] = []
    for i, taken in reversed(list(enumerate(refund_postings(order, refund, at)))):
        part = min(left, taken.amount)
        if part > 0:
            postings.append(_reversed(order, refund.funding[i], taken, f"reversal:{refund.id}:{i}", part))
            left -= part
    if left > 0:
        raise ValueError(f"{left} more to reverse than refund {refund.id} was funded with")
    return postings


def _reversed(order: Order, funding: Funding, taken: Posting, key: str, amount: int) -> Posting:
    target, settlement = taken.source, taken.settlement_id
    if funding.payment is not None and order.payment(funding.payment).settles_at <= taken.at:
        target, settlement = Account.AVAILABLE, None
    return Posting(
        key=key,
        kind=EntryKind.REVERSAL,
        source=taken.target,
        target=target,
        amount=amount,
        currency=taken.currency,
        at=taken.at,
        order_id=taken.order_id,
        settlement_id=settlement,
        reverses=taken.key,
    )


def supplier_recovery_posting(order: Order, review_id: str, amount: int, at: datetime) -> Posting:
    """What a supplier gives back, credited to the fund account."""
    return Posting(
        key=f"supplier:{order.id}:{review_id}",
        kind=EntryKind.SUPPLIER_RECOVERY,
        source=Account.SUPPLIERS,
        target=Account.FUND,
        amount=amount,
        currency=order.currency,
        at=at,
        order_id=order.id,
    )
