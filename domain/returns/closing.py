"""When a return closes by itself after a refund."""

from __future__ import annotations

from domain.identity import SYSTEM
from domain.orders.model import Order
from domain.ports import AuditEvent, UnitOfWork
from domain.returns.lifecycle import close_if_done
from domain.returns.model import Return


def close_settled_return(uow: UnitOfWork, order: Order, ret: Return) -> bool:
    """`received → closed` once every approved unit is received or missing and its refund is done; audited.

    Returns whether it was closed now. The caller saves the order.
    """
    if not close_if_done(order, ret, uow.now, SYSTEM):
        return False
    uow.audit.append(AuditEvent("return.closed", ret.id, SYSTEM, uow.now, {"order": order.number}))
    return True
