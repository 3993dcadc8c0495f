"""Moving a return along its table, and closing it by itself once nothing is left to do."""

from __future__ import annotations

from datetime import datetime

from domain.lifecycle import move
from domain.orders.model import Order
from domain.refunds.model import RefundStatus
from domain.returns.model import RETURN, Return, ReturnEvent, ReturnStatus
from domain.returns.worth import fees_due, received_units, received_value

_WAITING = frozenset({RefundStatus.PENDING, RefundStatus.UNKNOWN})


def move_return(ret: Return, status: ReturnStatus, at: datetime, by: str, what: str) -> None:
    """Set the new status and write it into the history. Raises IllegalTransition."""
    ret.status = move("return", RETURN, ret.status, status)
    note(ret, at, by, what)


def note(ret: Return, at: datetime, by: str, what: str) -> None:
    """One more step of the return's history."""
    ret.history.append(ReturnEvent(at=at, by=by, what=what))


def is_accounted_for(ret: Return) -> bool:
    """Whether every approved unit was received or found missing."""
    return all(
        entry.inspection is not None
        and entry.inspection.received + entry.inspection.missing >= entry.quantity
        for entry in ret.lines
    )


def awaits_refund(order: Order, ret: Return) -> bool:
    """Whether a refund of the return is pending or unknown."""
    return any(r.settles_return == ret.id and r.status in _WAITING for r in order.refunds)


def left_to_refund(order: Order, ret: Return) -> int:
    """Minor units that what came back is still worth after fees; never below 0."""
    units = received_units(order, ret, before_receipt=False) or {}
    value = sum(received_value(order, ret, units).values())
    return value - fees_due(order, ret, value).total


def is_done(order: Order, ret: Return) -> bool:
    """Every approved unit is received or missing, and its refund is done or nothing is left after fees."""
    return is_accounted_for(ret) and not awaits_refund(order, ret) and left_to_refund(order, ret) <= 0


def close_if_done(order: Order, ret: Return, now: datetime, by: str) -> bool:
    """`received → closed` where nothing is left to do; whether it was closed now. The caller saves the order."""
    if ret.status is not ReturnStatus.RECEIVED or not is_done(order, ret):
        return False
    refunded = any(r.counts and r.settles_return == ret.id for r in order.refunds)
    what = "closed: received and refunded" if refunded else "closed: nothing is left to refund"
    move_return(ret, ReturnStatus.CLOSED, now, by, what)
    return True
