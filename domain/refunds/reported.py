"""Refunds that a provider reports of itself: ours, heard of by another way, or made outside the desk.

What was made outside counts like our own from the moment it is known: it stands on the order, its money has left the
ledger, and nothing can be refunded twice because somebody used the provider's own pages.
"""

from __future__ import annotations

from enum import StrEnum

from domain.balances.postings import refund_postings
from domain.balances.service import current_balances
from domain.identity import SYSTEM
from domain.notices import tell
from domain.orders.model import Order, Payment
from domain.ports import AuditEvent, ProviderAnswer, ProviderRefund, UnitOfWork
from domain.reasons import RefundReason
from domain.refunds.execution import record_answer, request_for
from domain.refunds.model import Allocation, Refund, RefundStatus
from domain.refunds.split import fund, tax_of_order_part


class Reported(StrEnum):
    """What became of a report."""

    OURS = "ours"
    """It is about a refund on the order, which now stands as the report says."""
    OUTSIDE = "outside"
    """Nobody here had asked for it; it has been entered."""
    NOTHING = "nothing"
    """It failed before anybody here knew of it, so nothing is to be entered."""
    NOT_OURS = "not_ours"
    """No order has this payment."""
    TOO_EARLY = "too_early"
    """It carries a key of ours that is on no order yet."""


def take_in(uow: UnitOfWork, provider: str, seen: ProviderRefund, *, may_be_early: bool) -> Reported:
    """Bring the order to what the provider says of this refund; doing it again changes nothing.

    `may_be_early`: a key of ours without its refund is waited for; else it is entered as made outside, because
    the money has moved whatever our own records lost.
    """
    order = uow.orders.by_payment(provider, seen.payment_refs)
    if order is None:
        return Reported.NOT_OURS
    payment = payment_of(order, provider, seen)
    found = _known(order, payment, seen) or _imported(order, payment, seen)
    if found is not None:
        refund, part = found
        answer = ProviderAnswer(seen.status, seen.ref, seen.reason)
        if not part.provider_ref and part.status is RefundStatus.SUCCEEDED:
            part.provider_ref = seen.ref
            uow.orders.save(order, bump=False)
        record_answer(uow, order.id, refund.id, part.payment, answer)
        return Reported.OURS
    if seen.status == RefundStatus.FAILED:
        return Reported.NOTHING
    if seen.key and may_be_early:
        return Reported.TOO_EARLY
    _enter(uow, order, payment, seen)
    return Reported.OUTSIDE


def payment_of(order: Order, provider: str, seen: ProviderRefund) -> Payment:
    """The payment it goes back to. Raises StopIteration for an order that has none of its names."""
    return next(p for p in order.payments if p.provider == provider and p.provider_ref in seen.payment_refs)


def _known(order: Order, payment: Payment, seen: ProviderRefund) -> tuple[Refund, Allocation] | None:
    """By the provider's name for it, or by our key."""
    for refund in order.refunds:
        for part in refund.allocations:
            if part.payment != payment.id:
                continue
            if part.provider_ref == seen.ref or (
                seen.key and request_for(order, refund, part).key == seen.key
            ):
                return refund, part
    return None


def _imported(order: Order, payment: Payment, seen: ProviderRefund) -> tuple[Refund, Allocation] | None:
    """A refund that came with the order's own history, of the same payment and amount, and has no name yet."""
    for refund in order.refunds:
        for part in refund.allocations:
            is_nameless = not part.provider_ref and not refund.proposed_by and refund.counts
            if is_nameless and part.payment == payment.id and part.amount == seen.amount:
                return refund, part
    return None


def _enter(uow: UnitOfWork, order: Order, payment: Payment, seen: ProviderRefund) -> None:
    """A new refund on the order, with its money. The money has left, so no account's floor can refuse it."""
    status = RefundStatus(seen.status)
    part = Allocation(
        payment=payment.id, method=payment.method, amount=seen.amount, status=status, provider_ref=seen.ref
    )
    settings = uow.merchant.settings.model_copy(update={"negative_balance": True})
    funding, _ = fund(order, [part], current_balances(uow, order.currency), settings, uow.now)
    refund = Refund(
        id=f"{order.id}-{seen.ref}",
        tax=tax_of_order_part(order, seen.amount),
        amount=seen.amount,
        reason=RefundReason.OTHER,
        note=f"made at {payment.provider}, outside the desk",
        allocations=[part],
        funding=funding,
        status=status,
        created_at=seen.at,
        decided_at=uow.now if status is RefundStatus.SUCCEEDED else None,
    )
    order.refunds.append(refund)
    uow.ledger.post(refund_postings(order, refund, uow.now), allow_negative=True)
    uow.orders.save(order)
    data = {"order": order.number, "amount": refund.amount, "currency": order.currency, "ref": seen.ref}
    uow.audit.append(AuditEvent("refund.outside", refund.id, SYSTEM, uow.now, data))
    tell(uow, f"refund:{refund.id}", "outside", order.id, refund_id=refund.id, status=status.value)
