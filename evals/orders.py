"""A case's orders as order documents, so that they come in by the same door as any imported order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.balances.settlement import settles_at
from domain.orders.document import (
    CustomerPart,
    LinePart,
    LogPart,
    OrderDocument,
    PaymentPart,
    RefundPart,
    ReturnPart,
    ReviewPart,
)
from evals.order_shapes import (
    LineShape,
    LogShape,
    OrderShape,
    PaymentShape,
    RefundShape,
    ReturnShape,
    ReviewShape,
)

START = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
"""When every case begins."""

SETTLEMENT_DAYS = 7


def to_document(
    order: OrderShape, settlement_days: int = SETTLEMENT_DAYS, now: datetime = START
) -> OrderDocument:
    """The order as a shop would hand it over."""
    placed = now - timedelta(days=order.placed_days_ago)
    return OrderDocument(
        number=order.number,
        customer=CustomerPart(name=order.customer),
        currency=order.currency,
        placed_at=placed,
        lines=[_line(line, placed) for line in order.lines],
        shipping=order.shipping,
        order_discount=order.order_discount,
        payments=[_payment(part, placed, settlement_days, now) for part in order.payments],
        refunds=[refund_part(part) for part in order.prior_refunds],
        returns=[return_part(part, now) for part in order.returns],
        supplier_reviews=[review_part(part) for part in order.supplier_reviews],
        communication_log=[_log(entry) for entry in order.communication_log],
        note=order.note,
    )


def _line(line: LineShape, placed: datetime) -> LinePart:
    parts = line.model_dump(exclude={"qty"})
    arrived = placed + (START - placed) / 2 if line.fulfilment in ("shipped", "delivered") else None
    return LinePart(quantity=line.qty, fulfilled_at=arrived, **parts)


def _payment(part: PaymentShape, placed: datetime, days: int, now: datetime) -> PaymentPart:
    due = settles_at(placed, days)
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if part.settlement == "settled" and due > now:
        due = max(today, placed)
    if part.settlement == "unsettled" and due <= now:
        due = today + timedelta(days=max(1, days))
    return PaymentPart(
        method=part.method,
        captured=part.captured,
        authorised=part.authorised,
        dispute=part.dispute,
        captured_at=placed,
        settles_at=due,
    )


def refund_part(refund: RefundShape, **more: Any) -> RefundPart:
    """A prior refund; `more` for what the shape does not say (id, instant)."""
    lines = [{"sku": e.sku, "quantity": e.qty, "amount": e.amount} for e in refund.lines]
    return RefundPart.model_validate(
        {
            "amount": refund.amount,
            "status": refund.status,
            "reason": refund.reason,
            "note": refund.note,
            "lines": lines,
            **more,
        }
    )


def return_part(ret: ReturnShape, now: datetime) -> ReturnPart:
    """A return. A request is as fresh as the case: that is what its window is counted to."""
    given = ret.model_dump(exclude={"lines"})
    lines = [{"sku": e.sku, "quantity": e.qty} for e in ret.lines]
    asked = now if ret.status == "requested" else None
    return ReturnPart.model_validate({**given, "lines": lines, "requested_at": asked})


def review_part(review: ReviewShape) -> ReviewPart:
    """A supplier review."""
    return ReviewPart.model_validate(review.model_dump())


def _log(entry: LogShape | str) -> LogPart:
    if isinstance(entry, str):
        return LogPart(text=entry)
    return LogPart(channel=entry.channel, direction=entry.direction, text=entry.text)
