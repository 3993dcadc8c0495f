"""Money for goods that are in a return: it settles that return, for outside of it nothing of them can be refunded."""

from __future__ import annotations

from agent.flows.selection import ADJUSTMENTS
from agent.flows.step import FlowContext
from domain.orders.value import line_state
from domain.reasons import RefundReason
from domain.returns.model import Return, ReturnStatus

_ON_THE_WAY = frozenset({ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT, ReturnStatus.RECEIVED})
_DAMAGE = frozenset({RefundReason.DAMAGED, RefundReason.DEFECTIVE})
_CHOOSES = frozenset({"line", "item", "quantity", "amount", "shipping", "cancel_order"})


def returned_already(ctx: FlowContext) -> str | None:
    """The id of the return that a refund of these goods settles; None where it is a refund of its own.

    Goods that were named have to be those of one return, all of its units and none that are left outside of it (of one
    that is back: more than are left there); one that is not back yet is named as what stands in the way. Where none
    were named, and no reason but what the inspection saw, the goods that came back are what is paid for. A gesture
    settles none.
    """
    if ctx.slots.get("reason") in ADJUSTMENTS:
        return None
    back = [ret for ret in ctx.order.returns if ret.status is ReturnStatus.RECEIVED]
    told = _CHOOSES & set(ctx.slots) or ctx.slots.get("reason") not in (None, *(ret.reason for ret in back))
    if len(back) == 1 and seen_damaged(back[0], ctx.slots.get("reason")):
        all_of_it = ctx.slots.get("amount") == {"kind": "full"}
        told = (_CHOOSES - ({"amount"} if all_of_it else set())) & set(ctx.slots)
    if len(back) == 1 and not told and ctx.can("refund_return"):
        return back[0].id
    fitting = [ret for ret in ctx.order.returns if ret.status in _ON_THE_WAY and _is_of_these(ctx, ret)]
    return fitting[0].id if len(fitting) == 1 else None


def seen_damaged(ret: Return, reason: object) -> bool:
    """Whether a reason only tells what the inspection of a return saw already, and is not why the goods came back."""
    seen = any(entry.inspection and entry.inspection.damaged for entry in ret.lines)
    return seen and ret.reason is not None and reason in _DAMAGE


def _is_of_these(ctx: FlowContext, ret: Return) -> bool:
    """Whether the goods that were named are just those of the return, with nothing of them left outside of it."""
    chosen = ctx.slots.get("line") or []
    units = {
        entry.line: entry.inspection.received if entry.inspection else entry.quantity for entry in ret.lines
    }
    if {entry["line"] for entry in chosen} != set(units) or ctx.slots.get("shipping"):
        return False
    for entry in chosen:
        said = entry.get("quantity") or (ctx.slots.get("quantity") if len(chosen) == 1 else None)
        outside = line_state(ctx.order, ctx.order.line(entry["line"])).refundable_quantity
        back = ret.status is ReturnStatus.RECEIVED and isinstance(said, int) and said > outside
        if outside > 0 and not back:
            return False
        if said not in (None, "all", units[entry["line"]]) or entry.get("amount"):
            return False
    return True
