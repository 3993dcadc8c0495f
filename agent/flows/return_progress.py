"""Return progress: logistics, receipt and inspection, refund of what came back, closing, cancelling."""

from __future__ import annotations

from typing import Any

from agent.commands import Flow
from agent.flows.inspected import inspected
from agent.flows.money_slots import read_amount
from agent.flows.refund import evidence_ids, evidence_step, is_quality, waiver
from agent.flows.return_terms import pick_return, read_amount_or_none, terms_said, units_in_words
from agent.flows.returned import seen_damaged
from agent.flows.step import Ask, Choice, FlowContext, FlowSpec, Propose, Redirect, Refuse, Step
from domain.orders.value import choice_value
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundRequest
from domain.returns.availability import needs_reason_to_close
from domain.returns.model import Return, ReturnStatus
from domain.returns.worth import fees_due, received_units, received_value

RETURN_FLOW_STATES = {
    "logistics": ({ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT}, "edit_return"),
    "receive": ({ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT}, "receive_return"),
    "refund": ({ReturnStatus.RECEIVED, ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT}, "refund_return"),
    "close": ({ReturnStatus.RECEIVED}, "close_return"),
    "cancel": ({ReturnStatus.REQUESTED, ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT}, "cancel_return"),
}


def advance_progress(ctx: FlowContext) -> Step:
    """Logistics, receipt and inspection, refund of what came back, closing, cancelling."""
    action = ctx.case.action or _likely_action(ctx)
    statuses, page_action = RETURN_FLOW_STATES.get(action, RETURN_FLOW_STATES["logistics"])
    open_returns = [ret for ret in ctx.order.returns if ret.status in statuses]
    if action == "refund" and not open_returns and ctx.can("approve_return"):
        return Redirect(Flow.REVIEW_RETURN, text="in_open_return")
    ret = pick_return(ctx, statuses, page_action)
    if not isinstance(ret, Return):
        return ret
    return _PROGRESS[action](ctx, ret)


def _likely_action(ctx: FlowContext) -> str:
    if ctx.slots.get("inspection"):
        return "receive"
    if {"carrier", "tracking", "label", "return_cost"} & set(ctx.slots):
        return "logistics"
    if any(ret.status is ReturnStatus.RECEIVED for ret in ctx.order.returns):
        return "refund"
    return "receive"


def _logistics(ctx: FlowContext, ret: Return) -> Step:
    payload: dict[str, Any] = {"return_id": ret.id}
    problems = terms_said(ctx, payload, fees=False)
    if "return_cost" in ctx.slots:
        cost, more = read_amount_or_none(ctx, "return_cost")
        problems += more
        payload["return_cost"] = cost
    if ctx.slots.get("in_transit"):
        payload["in_transit"] = True
    if problems:
        return Refuse(problems)
    if payload.get("tracking") and not payload.get("carrier") and not ret.carrier:
        return Ask("carrier", "ask_carrier", {"tracking": payload["tracking"]})
    if len(payload) == 1:
        return Ask("tracking", "ask_logistics", {"return": ret.id})
    return Propose(ProposalKind.EDIT_RETURN, payload)


def _receive(ctx: FlowContext, ret: Return) -> Step:
    said = ctx.slots.get("inspection")
    if not said:
        choices = [Choice("All good", "all_good", say="all good")]
        return Ask(
            "inspection", "ask_inspection", {"return": ret.id, "units": units_in_words(ctx, ret)}, choices
        )
    payload: dict[str, Any] = {"return_id": ret.id}
    if ctx.slots.get("note"):
        payload["note"] = ctx.slots["note"]
    if said == "all_good":
        return Propose(ProposalKind.RECEIVE_RETURN, {**payload, "all_good": True})
    lines = inspected(ret, said)
    if lines is None:
        choices = [Choice("All good", "all_good", say="all good")]
        came = sum(int(entry.get("came") or 0) for entry in said)
        text = "ask_inspection_lines" if len(ret.lines) > 1 else "ask_inspection_came"
        values = {"return": ret.id, "units": units_in_words(ctx, ret), "came": came}
        return Ask("inspection", text, values, choices)
    return Propose(ProposalKind.RECEIVE_RETURN, {**payload, "inspection": lines})


def _refund(ctx: FlowContext, ret: Return) -> Step:
    said = None if seen_damaged(ret, ctx.slots.get("reason")) else ctx.slots.get("reason")
    reason = said or ret.reason or RefundReason.OTHER
    note = ctx.slots.get("note") or ("Refund of a return" if reason == RefundReason.OTHER else "")
    amount = None
    if _is_the_fee(ctx, ret):
        ctx.slots.pop("amount")
    if ctx.slots.get("amount") and ctx.slots["amount"].get("kind") != "full":
        amount, problems = read_amount(ctx.slots["amount"], ctx.order, _net(ctx, ret), "amount")
        if problems:
            return Refuse(problems, Ask("amount", "ask_amount", {"most": "", "currency": ctx.order.currency}))
    lines = [entry.line for entry in ret.lines]
    worth = sum(
        choice_value(ctx.order, ctx.order.line(e.line), e.quantity, without_return=ret.id) for e in ret.lines
    )
    shown = evidence_ids(ctx, lines, worth)
    if needs_proof := _needs_proof(ctx, ret, lines):
        step = None if shown else evidence_step(ctx, worth)
        if step is not None:
            return step
    request = RefundRequest(
        currency=ctx.order.currency,
        amount=amount,
        reason=RefundReason(reason),
        note=note,
        evidence=shown if needs_proof else [],
        waiver=waiver(ctx) if needs_proof and not shown else None,
        settles_return=ret.id,
        value_note=ctx.slots.get("note") or "",
    )
    return Propose(ProposalKind.REFUND, request)


def _is_the_fee(ctx: FlowContext, ret: Return) -> bool:
    """Whether what is to be taken off is the fee that the return takes off by itself ("minus the 5 we agreed")."""
    said = ctx.slots.get("amount") or {}
    if not said.get("agreed"):
        return False
    sum_said, problems = read_amount({**said, "kind": "exact"}, ctx.order, 0, "amount")
    units = received_units(ctx.order, ret, before_receipt=ctx.settings.refund_before_receipt) or {}
    due = fees_due(ctx.order, ret, sum(received_value(ctx.order, ret, units).values()))
    return not problems and sum_said in {due.total, due.return_fee, due.restocking_fee} - {0}


def _net(ctx: FlowContext, ret: Return) -> int:
    """What the return gives back after fees: what a percentage is of. Minor units."""
    units = received_units(ctx.order, ret, before_receipt=ctx.settings.refund_before_receipt) or {}
    worth = sum(received_value(ctx.order, ret, units).values())
    return worth - fees_due(ctx.order, ret, worth).total


def _needs_proof(ctx: FlowContext, ret: Return, lines: list[str]) -> bool:
    """Before receipt a quality case needs evidence; afterwards the inspection takes its place."""
    reasons = {ret.reason, *(entry.reason for entry in ret.lines)}
    claimed = any(reason is not None and reason.is_quality for reason in reasons)
    return ret.status is not ReturnStatus.RECEIVED and (claimed or is_quality(ctx, lines))


def _close(ctx: FlowContext, ret: Return) -> Step:
    note = ctx.slots.get("note") or ""
    if not note and needs_reason_to_close(ctx.order, ret):
        return Ask("note", "ask_close_reason", {"return": ret.id})
    return Propose(ProposalKind.CLOSE_RETURN, {"return_id": ret.id, "reason": note})


def _cancel(ctx: FlowContext, ret: Return) -> Step:
    return Propose(ProposalKind.CANCEL_RETURN, {"return_id": ret.id, "note": ctx.slots.get("note") or ""})


_PROGRESS = {
    "logistics": _logistics,
    "receive": _receive,
    "refund": _refund,
    "close": _close,
    "cancel": _cancel,
}


RETURN_PROGRESS = FlowSpec(
    Flow.RETURN_PROGRESS,
    ("order", "return_id", "carrier", "tracking", "label", "return_cost", "inspection", "amount", "note"),
    advance_progress,
    "Logistics, receipt, inspection and refund of a return.",
)
