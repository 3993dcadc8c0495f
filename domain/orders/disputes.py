"""Disputes as the provider tells of them. They come twice, late and out of order, and count once."""

from __future__ import annotations

from domain.identity import SYSTEM
from domain.lifecycle import move
from domain.orders.model import DISPUTE, Dispute, Order, Payment
from domain.ports import AuditEvent, UnitOfWork

_GRAVEST = (Dispute.OPEN, Dispute.LOST, Dispute.WON)


def record_dispute(uow: UnitOfWork, order: Order, payment: Payment, name: str, state: Dispute) -> bool:
    """Take a dispute's state down on its payment; whether that was news.

    An open or lost one blocks refunds of the payment from now on; proposals that are open on the order become stale.
    """
    before = payment.disputes.get(name, Dispute.NONE)
    if state not in DISPUTE[before]:
        return False
    payment.disputes[name] = move("dispute", DISPUTE, before, state)
    payment.dispute = next(each for each in _GRAVEST if each in payment.disputes.values())
    data = {"order": order.number, "payment": payment.id, "dispute": name, "state": state.value}
    uow.audit.append(AuditEvent("payment.disputed", order.id, SYSTEM, uow.now, data))
    uow.orders.save(order)
    return True
