"""Flows that only answer: balance, status, and drafts for the customer."""

from __future__ import annotations

from agent.commands import Flow
from agent.flows.step import FlowContext, FlowSpec, Inform, Step, WriteDraft
from domain.orders.value import remaining


def advance_balance(ctx: FlowContext) -> Step:
    """Accounts of the order's currency."""
    return Inform("balance", {"currency": ctx.order.currency})


def advance_status(ctx: FlowContext) -> Step:
    """The order, what was done on it and by whom."""
    return Inform("status")


def advance_draft(ctx: FlowContext) -> Step:
    """The draft that was asked for, else the one the order calls for."""
    draft = ctx.slots.get("draft") or likely_draft(ctx)
    language = ctx.slots.get("language") or ctx.order.customer.language or "en"
    return WriteDraft(draft, language)


def likely_draft(ctx: FlowContext) -> str:
    """What the customer would most likely be told now."""
    if ctx.order.refunds and ctx.order.refunds[-1].status == "succeeded":
        return "refund_notice"
    statuses = {ret.status.value for ret in ctx.order.returns}
    if statuses & {"approved", "in_transit"}:
        return "approval"
    if "rejected" in statuses and remaining(ctx.order) > 0:
        return "rejection"
    return "evidence_request"


BALANCE = FlowSpec(Flow.BALANCE, (), advance_balance, "What the balance holds, and what a refund does to it.")
STATUS = FlowSpec(Flow.STATUS, ("order",), advance_status, "What happened on an order, and who did it.")
DRAFT_REPLY = FlowSpec(
    Flow.DRAFT_REPLY, ("order", "draft", "language"), advance_draft, "Write to the customer."
)
