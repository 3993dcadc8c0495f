"""The result just reached, as far as it may be wished for again."""

from __future__ import annotations

from typing import Any

from agent.commands import Flow
from agent.dialogue.goods import called
from agent.state import Case
from domain.orders.model import Order
from domain.reasons import RefundReason


def as_last(case: Case, order: Order) -> dict[str, Any]:
    """What "the same again" would be, once this is done."""
    flow = Flow.DIRECT_REFUND if case.flow is Flow.QUALITY_ISSUE else case.flow
    entries = case.slots.get("line") or []
    lines = [str(entry["line"]) for entry in entries]
    goods = [{"name": called(order, str(e["line"])), "quantity": e.get("quantity")} for e in entries]
    reason = case.slots.get("reason") or case.slots.get("return_reason") or ""
    told = {name: case.slots[name] for name in ("amount", "shipping", "return_needed") if name in case.slots}
    note = case.slots.get("note") if reason == RefundReason.OTHER else None
    last = {"order": case.order_number, "flow": flow.value, "reason": reason, "lines": lines, "goods": goods}
    return {**last, "told": told, "note": note}
