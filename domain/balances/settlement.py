"""When a sale settles, and under which settlement."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.balances.model import Account, EntryKind, Posting
from domain.orders.model import Order, Payment


def settles_at(captured_at: datetime, settlement_days: int) -> datetime:
    """When a capture becomes available: the start of the UTC day `settlement_days` after it.

    All sales of one UTC day settle together.
    """
    due = captured_at.astimezone(UTC) + timedelta(days=settlement_days)
    return due.replace(hour=0, minute=0, second=0, microsecond=0)


def settlement_id(merchant_id: str, currency: str, due: datetime) -> str:
    """One settlement per merchant, currency and instant due."""
    return f"{merchant_id}:{currency}:{due.astimezone(UTC):%Y-%m-%dT%H%M}"


def payment_settlement(order: Order, payment: Payment) -> str:
    """The settlement a payment of this order belongs to."""
    return settlement_id(order.merchant_id, order.currency, payment.settles_at)


def charge_posting(order: Order, payment: Payment) -> Posting:
    """The sale's money arriving, at its own date."""
    return Posting(
        key=f"charge:{order.id}:{payment.id}",
        kind=EntryKind.CHARGE,
        source=Account.CUSTOMERS,
        target=Account.PENDING_SETTLEMENT,
        amount=payment.captured,
        currency=order.currency,
        at=payment.captured_at,
        order_id=order.id,
        settlement_id=payment_settlement(order, payment),
    )
