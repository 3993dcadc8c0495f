"""Payments of a newer document: captured since, disputed, voided."""

from __future__ import annotations

from typing import Any

from domain.balances.model import Posting
from domain.balances.settlement import charge_posting, payment_settlement
from domain.orders.document import OrderDocument
from domain.orders.intake import SettlementDue, payments_of
from domain.orders.model import Order, Payment
from domain.orders.problems import Problems
from domain.ports import UnitOfWork
from domain.rules import Rule


def take_payments(
    uow: UnitOfWork, order: Order, document: OrderDocument, problems: Problems, changed: list[str]
) -> tuple[list[Posting], list[SettlementDue]]:
    """Payments by the provider's reference, else by place. New captures are posted."""
    postings: list[Posting] = []
    due: list[SettlementDue] = []
    by_ref = {payment.provider_ref: payment for payment in order.payments}
    for i, given in enumerate(payments_of(document, uow.merchant, order.id, problems)):
        named = bool(document.payments[i].provider_ref)
        place = order.payments[i] if not named and i < len(order.payments) else None
        known = by_ref.get(given.provider_ref) or place
        captured = _add_payment(order, given) if known is None else _change_payment(known, given)
        changed += captured.changed
        if captured.refused is not None:
            problems.add(
                Rule.FIELD_INVALID,
                f"payments[{i}].captured",
                limit=f"{problems.shown(captured.refused)}; a further capture is a payment of its own",
                value=problems.shown(given.captured),
            )
        if captured.payment is not None:
            postings.append(charge_posting(order, captured.payment))
            settlement = payment_settlement(order, captured.payment)
            due.append(SettlementDue(settlement, order.currency, captured.payment.settles_at))
    return postings, due


class _Captured:
    """What a payment of the document brought: the payment to post, what changed, or what it may not change."""

    def __init__(self) -> None:
        self.payment: Payment | None = None
        self.changed: list[str] = []
        self.refused: int | None = None


def _add_payment(order: Order, given: Payment) -> _Captured:
    found = _Captured()
    payment = given.model_copy(update={"id": f"P{len(order.payments) + 1}"})
    order.payments.append(payment)
    found.changed.append("payments")
    if payment.captured and not payment.voided:
        found.payment = payment
    return found


def _change_payment(known: Payment, given: Payment) -> _Captured:
    found = _Captured()
    for name in ("dispute", "voided", "authorised"):
        value: Any = getattr(given, name)
        if getattr(known, name) != value:
            setattr(known, name, value)
            found.changed.append("payments")
    if given.captured == known.captured:
        return found
    if known.captured:
        found.refused = known.captured
        return found
    known.captured, known.captured_at, known.settles_at = given.captured, given.captured_at, given.settles_at
    found.changed.append("payments")
    found.payment = known
    return found
