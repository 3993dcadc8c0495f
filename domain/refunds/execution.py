"""Carrying out a confirmed refund: what to ask the providers, and what their answers do to the books.

The intent (refund `pending`, ledger rows, job) is committed before anybody is asked. Each answer is taken
down in a transaction of its own, guarded by the refund's status, so that the same answer twice, out of order,
or from two workers at once changes things once. An answer that is missing makes the part `unknown`: it still
consumes what it asked for, and is asked again with the same key, never a new one. Order page, section 4, rule
12, and section 6.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.identity import SYSTEM
from domain.lifecycle import move
from domain.money import format_minor
from domain.notices import tell
from domain.orders.model import Order
from domain.ports import AuditEvent, ProviderAnswer, ProviderRequest, UnitOfWork
from domain.proposals.model import PROPOSAL, ProposalState
from domain.proposals.service import executed
from domain.refunds.model import REFUND, Allocation, Refund, RefundStatus
from domain.refunds.rollup import UNFINISHED, given_back, heard, reduce_to, rolled_up
from domain.refunds.undo import give_back, restore_units
from domain.returns.closing import close_settled_return
from domain.returns.model import ReturnEvent


class RefundMissing(LookupError):
    """The order, the refund on it, or the refund's part for that payment does not exist."""


@dataclass(frozen=True, slots=True)
class OpenPart:
    """A part of a refund whose end is not known, and how its provider is asked for it."""

    provider: str
    """The payment's provider by name (`sandbox`, `stripe`)."""
    allocation: Allocation
    request: ProviderRequest


def request_for(order: Order, refund: Refund, allocation: Allocation) -> ProviderRequest:
    """The request of one part. Its key is the refund's id, after the first part with a number (`:2`)."""
    number = refund.allocations.index(allocation) + 1
    payment = order.payment(allocation.payment)
    return ProviderRequest(
        key=refund.id if number == 1 else f"{refund.id}:{number}",
        refund_id=refund.id,
        payment_ref=payment.provider_ref or f"{order.id}:{payment.id}",
        amount=allocation.amount,
        currency=order.currency,
    )


def open_parts(order: Order, refund: Refund) -> list[OpenPart]:
    """The parts that are pending or unknown, in the refund's order."""
    return [
        OpenPart(order.payment(part.payment).provider, part, request_for(order, refund, part))
        for part in refund.allocations
        if part.status in UNFINISHED
    ]


def provider_requests(order: Order, refund: Refund) -> list[ProviderRequest]:
    """What is still to be asked; the same keys every time."""
    return [part.request for part in open_parts(order, refund)]


def find_refund(uow: UnitOfWork, order_id: str, refund_id: str) -> tuple[Order, Refund]:
    """The order and its refund. Raises RefundMissing."""
    order = uow.orders.get(order_id)
    if order is None:
        raise RefundMissing(f"no order {order_id}")
    try:
        return order, order.refund(refund_id)
    except KeyError:
        raise RefundMissing(f"no refund {refund_id} on order {order.number}") from None


def record_answer(
    uow: UnitOfWork, order_id: str, refund_id: str, payment_id: str, answer: ProviderAnswer | None
) -> Refund:
    """Take down what a provider said about one part (None: nothing, it may or may not have happened).

    Repeating an answer changes nothing; a late success after `unknown` counts; a failure after success is the
    provider taking the refund back. When every part has ended: what failed is reversed in the ledger and
    refundable again, the proposal is executed or failed, and a return that is settled by it closes. Returns
    the refund as it stands then. Raises RefundMissing.
    """
    order, refund = find_refund(uow, order_id, refund_id)
    part = next((a for a in refund.allocations if a.payment == payment_id), None)
    if part is None:
        raise RefundMissing(f"refund {refund_id} has no part for payment {payment_id}")
    ref = part.provider_ref
    changed = heard(part, answer)
    if not changed:
        if part.provider_ref != ref:
            uow.orders.save(order, bump=False)
        return refund
    if part.status is RefundStatus.FAILED:
        _note_failure(order, refund, part, answer)
    _settle(uow, order, refund)
    uow.orders.save(order)
    return refund


def record_stuck(uow: UnitOfWork, order_id: str, refund_id: str) -> None:
    """A refund that no attempt could finish waits for a person: say so once in the audit and to the channels.

    It keeps its status and what it consumes. Raises RefundMissing.
    """
    order, refund = find_refund(uow, order_id, refund_id)
    if refund.status in UNFINISHED:
        _audit(uow, order, refund, "stuck")
        _tell(uow, order, refund, "stuck")


def _note_failure(order: Order, refund: Refund, part: Allocation, answer: ProviderAnswer | None) -> None:
    """Add to the refund's own words which part failed, of how much, and why."""
    reason = (answer.reason if answer else "") or "refused by the provider"
    amount = f"{format_minor(part.amount, order.currency)} {order.currency}"
    note = f"{amount} to {part.method} failed: {reason}"
    refund.failure = f"{refund.failure}; {note}" if refund.failure else note


def _settle(uow: UnitOfWork, order: Order, refund: Refund) -> None:
    """Bring the refund, its money, its proposal and its return to where its parts are now."""
    before, asked = refund.status, refund.amount
    target = rolled_up(refund.allocations)
    if target in REFUND[before]:
        refund.status = move("refund", REFUND, before, target)
    if refund.status is RefundStatus.FAILED:
        give_back(uow, order, refund, sum(part.amount for part in refund.funding))
        restore_units(order, refund)
    elif refund.status is RefundStatus.SUCCEEDED and given_back(refund) < asked:
        give_back(uow, order, refund, asked - given_back(refund))
        reduce_to(refund, given_back(refund))
    if refund.status is before and refund.amount == asked:
        return
    refund.decided_at = None if refund.status in UNFINISHED else uow.now
    _conclude(uow, order, refund, reduced=refund.amount != asked)


def _conclude(uow: UnitOfWork, order: Order, refund: Refund, *, reduced: bool) -> None:
    """The proposal, the settled return, the audit and the message to the channels follow the refund."""
    _audit(uow, order, refund, refund.status.value)
    if refund.status is RefundStatus.SUCCEEDED:
        _decide_proposal(uow, refund, ProposalState.EXECUTED)
        if (ret := order.find_return(refund.settles_return or "")) is not None:
            close_settled_return(uow, order, ret)
    elif refund.status is RefundStatus.FAILED:
        _decide_proposal(uow, refund, ProposalState.FAILED)
        _note_on_return(uow, order, refund)
    _tell(uow, order, refund, f"{refund.status.value}:{refund.amount}" if reduced else refund.status.value)


def _note_on_return(uow: UnitOfWork, order: Order, refund: Refund) -> None:
    if (ret := order.find_return(refund.settles_return or "")) is not None:
        ret.history.append(ReturnEvent(at=uow.now, by=SYSTEM, what=f"refund failed: {refund.failure}"))


def _decide_proposal(uow: UnitOfWork, refund: Refund, outcome: ProposalState) -> None:
    """Imported refunds have no proposal; one that ended already stays as it is."""
    proposal = uow.proposals.get(refund.id)
    if proposal is not None and outcome in PROPOSAL[proposal.state]:
        executed(uow, proposal, outcome, refund.failure)


def _audit(uow: UnitOfWork, order: Order, refund: Refund, what: str) -> None:
    """Figures only: a provider's words may name a card, and stay with the refund, where they can be erased."""
    parts = {part.payment: part.status.value for part in refund.allocations}
    data = {
        "order": order.number,
        "amount": refund.amount,
        "currency": order.currency,
        "parts": parts,
    }
    uow.audit.append(AuditEvent(f"refund.{what}", refund.id, SYSTEM, uow.now, data))


def _tell(uow: UnitOfWork, order: Order, refund: Refund, what: str) -> None:
    facts = {"refund_id": refund.id, "proposal_id": refund.id, "status": refund.status.value}
    tell(uow, f"refund:{refund.id}", what, order.id, **facts)
