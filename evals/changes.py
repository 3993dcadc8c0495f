"""Writes of somebody else's, or the platform's, that a case puts between two turns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.balances.model import Posting
from domain.identity import SYSTEM
from domain.orders.document import OrderDocument
from domain.orders.model import FULFILLED, Order
from domain.orders.update import add_happenings
from domain.ports import AuditEvent, UnitOfWork
from domain.rules import Refused, Rule, broken
from evals.cases import ChangeShape, OrderChanged
from evals.orders import refund_part, return_part, review_part


def change_order(uow: UnitOfWork, turn: OrderChanged, document: OrderDocument) -> None:
    """Make the change, post its rows, and let the order's version grow. Raises Refused where it does not fit."""
    order = uow.orders.by_number(turn.order)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=turn.order))
    postings = _apply(uow, order, turn.change, document, turn.by or SYSTEM)
    uow.orders.save(order)
    uow.ledger.post(postings, allow_negative=True)
    what = next(iter(turn.change.model_fields_set))
    uow.audit.append(AuditEvent("order.changed", order.id, turn.by or SYSTEM, uow.now, {"what": what}))


def _apply(
    uow: UnitOfWork, order: Order, change: ChangeShape, document: OrderDocument, by: str
) -> list[Posting]:
    if change.fulfilment is not None:
        _fulfil(uow, order, change)
    elif change.address is not None:
        order.address = change.address
    elif change.dispute is not None:
        _dispute(order, change)
    else:
        return _history(uow, order, change, document, by)
    return []


def _fulfil(uow: UnitOfWork, order: Order, change: ChangeShape) -> None:
    for sku, state in (change.fulfilment or {}).items():
        lines = [line for line in order.lines if line.sku == sku]
        if not lines:
            raise Refused(broken(Rule.LINE_NOT_FOUND, "change.fulfilment", value=sku))
        for line in lines:
            line.fulfilment = state
            if state in FULFILLED and line.fulfilled_at is None:
                line.fulfilled_at = uow.now


def _dispute(order: Order, change: ChangeShape) -> None:
    assert change.dispute is not None
    method = change.dispute.method
    payments = [payment for payment in order.payments if payment.method == method]
    if not payments:
        raise Refused(broken(Rule.FIELD_INVALID, "change.dispute.method", limit="a payment", value=method))
    for payment in payments:
        payment.dispute = change.dispute.state


def _history(
    uow: UnitOfWork, order: Order, change: ChangeShape, document: OrderDocument, by: str
) -> list[Posting]:
    """A refund, return or supplier review, checked as imported history is."""
    parts = ("refunds", "returns", "supplier_reviews", "communication_log")
    added = document.model_copy(update={name: list[Any]() for name in parts})
    at = uow.now - timedelta(seconds=1)
    if change.refund is not None:
        number = f"other{len(order.refunds) + 1}"
        added.refunds = [refund_part(change.refund, id=number, created_at=at)]
    elif change.return_ is not None:
        added.returns = [return_part(change.return_, uow.now)]
    elif change.supplier_review is not None:
        added.supplier_reviews = [review_part(change.supplier_review)]
    return add_happenings(uow, order, added, by, [])
