"""The end of a trace: orders, balances and proposals as the database has them."""

from __future__ import annotations

from typing import Any

from domain.money import format_minor
from domain.orders.model import Order
from domain.orders.value import refunded_total, remaining
from domain.refunds.model import Refund
from domain.returns.model import Return
from domain.supplier_reviews.model import SupplierReview
from evals.snapshot import Snapshot
from evals.trace import balances_moved, by_state


def end_trace(start: Snapshot, end: Snapshot, currency: str, *, audit_ok: bool) -> dict[str, Any]:
    """Where everything stands. `currency`: the first order's; others stand in `balances_by_currency`."""
    told: dict[str, Any] = {
        "orders": {order.number: order_trace(order) for order in end.orders},
        "balances": balances_moved(start, end, currency),
        "ledger_sum": end.ledger_sum,
        "audit_ok": audit_ok,
        "proposals": by_state(end.proposals),
    }
    if len(end.balances) > 1:
        told["balances_by_currency"] = {code: balances_moved(start, end, code) for code in end.balances}
    return told


def order_trace(order: Order) -> dict[str, Any]:
    """An order: what was given back, what is left, what was done."""
    return {
        "refunded_total": format_minor(refunded_total(order), order.currency),
        "remaining": format_minor(remaining(order), order.currency),
        "refunds": [_refund(order, refund) for refund in order.refunds],
        "returns": [_return(order, ret) for ret in order.returns],
        "supplier_reviews": [_review(order, review) for review in order.supplier_reviews],
        "communication_log": len(order.communication_log),
        "evidence": len(order.evidence),
    }


def _refund(order: Order, refund: Refund) -> dict[str, Any]:
    lines = [
        {
            "sku": order.line(part.line).sku,
            "qty": part.quantity,
            "amount": format_minor(part.amount, order.currency),
        }
        for part in refund.lines
    ]
    amount = format_minor(refund.amount, order.currency)
    return {"id": refund.id, "amount": amount, "status": refund.status.value, "lines": lines}


def _return(order: Order, ret: Return) -> dict[str, Any]:
    lines = [{"sku": order.line(part.line).sku, "qty": part.quantity} for part in ret.lines]
    inspection = [
        {"sku": order.line(part.line).sku, **part.inspection.model_dump()}
        for part in ret.lines
        if part.inspection is not None
    ]
    return {"id": ret.id, "status": ret.status.value, "lines": lines, "inspection": inspection}


def _review(order: Order, review: SupplierReview) -> dict[str, Any]:
    return {
        "id": review.id,
        "status": review.status.value,
        "requested": format_minor(review.requested, order.currency),
        "refunded": format_minor(review.refunded, order.currency),
    }
