"""What an order says of its suppliers: what they were paid, what was asked of them, what they answered."""

from __future__ import annotations

from typing import Any

from agent.dialogue.outcomes import Said
from agent.dialogue.turn import Turn
from domain.money import format_minor
from domain.orders.model import Order, Source


def review_row(order: Order, review: Any) -> str:
    """A claim with its state and its two sums."""
    asked, given = (
        format_minor(review.requested, order.currency),
        format_minor(review.refunded, order.currency),
    )
    state, kind = review.status.value.replace("_", " "), review.kind.value.replace("_", " ")
    return f"Supplier review {review.id} ({kind}): {state}, {asked} requested, {given} refunded."


async def supplier_reviews(turn: Turn, order: Order) -> None:
    """Requested, refunded, status and timeline of each."""
    paid = _paid_to_suppliers(order)
    if not order.supplier_reviews and not paid:
        turn.add(Said("no_supplier_review", {"order": order.number}, source="get_order"))
        return
    rows = paid if order.supplier_reviews else ["no supplier review.", *paid]
    for review in order.supplier_reviews:
        rows.append(review_row(order, review))
        rows += [f"{event.at:%d %b %H:%M} {event.what}" for event in review.timeline]
        if review.reason:
            rows.append(f"Supplier: {review.reason}")
    turn.add(Said("supplier_reviews", {"order": order.number, "rows": rows}, source="get_order"))


def _paid_to_suppliers(order: Order) -> list[str]:
    """What the dropshipped goods of an order cost the shop."""
    lines = [line for line in order.lines if line.source is Source.DROPSHIPPING and line.supplier_cost > 0]
    return [
        f"{line.quantity} × {line.title}: {format_minor(line.supplier_cost, order.currency)} {order.currency} paid"
        " to the supplier."
        for line in lines
    ]
