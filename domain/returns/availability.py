"""Why an action on returns is disabled, by the state alone; roles come after. Order page, section 3."""

from __future__ import annotations

from domain.lifecycle import IllegalTransition, move
from domain.orders.model import Order
from domain.refunds.policy import availability as refund_availability
from domain.returns.lifecycle import is_done
from domain.returns.model import RETURN, Return, ReturnStatus
from domain.returns.units import units_to_return, why_not_returnable
from domain.returns.worth import fees_due, received_units, received_value
from domain.rules import Rule, Violation, broken
from domain.settings import MerchantSettings

ON_ITS_WAY = (ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT)
_ARRIVED = (ReturnStatus.RECEIVED, ReturnStatus.CLOSED)


def why_no_create(order: Order, settings: MerchantSettings) -> Violation | None:
    """Create return: the merchant's setting, and some unit that can still come back."""
    if not settings.merchant_initiated_returns:
        value = "this shop starts no returns itself; review the customer's request, or refund directly"
        return broken(Rule.ACTION_UNAVAILABLE, "return", value=value)
    reasons: list[str] = []
    for line in order.lines:
        why = why_not_returnable(order, line)
        if why is None and units_to_return(order, line).free > 0:
            return None
        if why is not None:
            reasons.append(f"{line.title}: {why}")
    if len(reasons) < len(order.lines):
        taken = broken(Rule.ALREADY_IN_RETURN, "line", limit=0)
        return _saying(taken, "Every unit that could come back is in an open return already.")
    why_none = "; ".join(reasons)
    none = broken(Rule.NOT_RETURNABLE, "line", limit=why_none, value=order.number)
    return _saying(none, f"Nothing on this order can be returned: {why_none}.")


def _saying(violation: Violation, sentence: str) -> Violation:
    return violation.model_copy(update={"message": sentence})


def why_no_decision(ret: Return) -> Violation | None:
    """Approve and reject: only what is requested."""
    if ret.status is ReturnStatus.REQUESTED:
        return None
    return broken(Rule.RETURN_NOT_REQUESTED, "return", limit="requested", value=ret.status.value)


def why_not_on_its_way(ret: Return) -> Violation | None:
    """Edit logistics, receive: only what is approved or in transit."""
    if ret.status in ON_ITS_WAY:
        return None
    if ret.status in _ARRIVED:
        return broken(Rule.ALREADY_RECEIVED, "return", value=ret.status.value)
    first = "; approve it first" if ret.status is ReturnStatus.REQUESTED else ""
    return broken(Rule.ACTION_UNAVAILABLE, "return", value=f"the return is {ret.status.value}{first}")


def why_no_cancel(order: Order, ret: Return) -> Violation | None:
    """Cancel: nothing received, nothing refunded."""
    if ret.status in _ARRIVED:
        return broken(Rule.ALREADY_RECEIVED, "return", value=ret.status.value)
    if any(refund.counts and refund.settles_return == ret.id for refund in order.refunds):
        return broken(Rule.ACTION_UNAVAILABLE, "return", value="a refund of this return exists already")
    try:
        move("return", RETURN, ret.status, ReturnStatus.CANCELLED)
    except IllegalTransition:
        return broken(Rule.ACTION_UNAVAILABLE, "return", value=f"the return is {ret.status.value}")
    return None


def why_no_close(ret: Return) -> Violation | None:
    """Close: only what is received. Whether it also needs a reason is :func:`needs_reason_to_close`."""
    if ret.status is ReturnStatus.RECEIVED:
        return None
    hint = "; it has to be received first" if ret.status in ON_ITS_WAY else ""
    return broken(Rule.ACTION_UNAVAILABLE, "return", value=f"the return is {ret.status.value}{hint}")


def needs_reason_to_close(order: Order, ret: Return) -> bool:
    """Units are still awaited, or the refund is not done."""
    return not is_done(order, ret)


def why_no_refund(order: Order, ret: Return, settings: MerchantSettings) -> Violation | None:
    """Refund a return: received (or on its way, where the merchant allows), and something is left of it."""
    units = received_units(order, ret, before_receipt=settings.refund_before_receipt)
    if units is None:
        hint = "; it is refunded once received" if ret.is_open else ""
        return broken(Rule.ACTION_UNAVAILABLE, "return", value=f"the return is {ret.status.value}{hint}")
    closed = refund_availability(order, settings)
    if closed is not None and closed.code is not Rule.ACTION_UNAVAILABLE:
        return closed
    if not units:
        refunded = any(r.counts and r.settles_return == ret.id for r in order.refunds)
        value = "what came back has a refund already" if refunded else "nothing came back"
        return broken(Rule.ACTION_UNAVAILABLE, "return", value=value)
    worth = sum(received_value(order, ret, units).values())
    if worth - fees_due(order, ret, worth).total <= 0:
        return broken(Rule.ACTION_UNAVAILABLE, "return", value="after fees nothing is left to refund")
    return None
