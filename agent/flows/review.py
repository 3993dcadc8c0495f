"""Return request review: approve or reject what a customer asks for."""

from __future__ import annotations

from typing import Any

from agent.commands import Flow
from agent.flows.return_terms import ask_return_reason, pick_return, terms_said, units_in_words
from agent.flows.step import Ask, Choice, FlowContext, FlowSpec, Propose, Refuse, Step
from agent.texts.promises import strip_promises
from domain.identity import Role
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason, RejectReason
from domain.returns.model import Return, ReturnStatus
from domain.rules import Rule, broken


def advance_review(ctx: FlowContext) -> Step:
    """Show it → approve or reject → what each needs → proposal."""
    action = "reject_return" if ctx.slots.get("decision") == "reject" else "approve_return"
    ret = pick_return(ctx, {ReturnStatus.REQUESTED}, action)
    if not isinstance(ret, Return):
        return ret
    decision = ctx.slots.get("decision")
    if decision is None:
        return Ask(
            "decision",
            "ask_decision",
            {
                "return": ret.id,
                "units": units_in_words(ctx, ret),
                "words": ret.customer_words or ret.customer_reason,
            },
            [Choice("Approve", "approve", say="approve it"), Choice("Reject", "reject", say="reject it")],
        )
    return _approve(ctx, ret) if decision == "approve" else _reject(ctx, ret)


def _approve(ctx: FlowContext, ret: Return) -> Step:
    slots = ctx.slots
    reason = slots.get("return_reason") or slots.get("reason") or ret.reason
    if not reason:
        return ask_return_reason(ctx)
    payload: dict[str, Any] = {"return_id": ret.id, "reason": RefundReason(reason).value}
    problems = terms_said(ctx, payload)
    if ctx.actor.role.covers(Role.SUPERVISOR) and _days(ctx, ret) > ctx.settings.return_window_days:
        if not (slots.get("window_override") or slots.get("waiver_note")):
            return _ask_override(ctx, ret)
        payload["window_override"] = True
    return Refuse(problems) if problems else Propose(ProposalKind.APPROVE_RETURN, payload)


def _days(ctx: FlowContext, ret: Return) -> int:
    """Days between the order and the request."""
    return ((ret.requested_at or ctx.now) - ctx.order.placed_at).days


def _ask_override(ctx: FlowContext, ret: Return) -> Step:
    """A supervisor may let a late request in, by their own word."""
    late = broken(
        Rule.WINDOW_CLOSED, "window_override", limit=ctx.settings.return_window_days, value=_days(ctx, ret)
    )
    values = {
        "return": ret.id,
        "units": units_in_words(ctx, ret),
        "words": "It came after the return window; letting it in goes under your name.",
    }
    choices = [
        Choice("Approve it anyway", True, say="approve it anyway"),
        Choice("Leave it", False, say="leave it"),
    ]
    return Refuse([late], Ask("window_override", "ask_decision", values, choices))


def _reject(ctx: FlowContext, ret: Return) -> Step:
    slots = ctx.slots
    if not slots.get("reject_reason"):
        choices = [Choice(r.label, r.value, say=r.label.lower()) for r in RejectReason]
        return Ask("reject_reason", "ask_reject_reason", {"return": ret.id}, choices)
    explanation, promising = strip_promises(str(slots.get("explanation") or ""))
    if not explanation.strip():
        reason = RejectReason(slots["reject_reason"])
        suggested = _explanation(ctx, reason)
        choices = [Choice("Use this text", suggested, say=suggested, detail=suggested)] if suggested else []
        asks = "ask_explanation_anew" if promising else "ask_explanation"
        return Ask("explanation", asks, {"order": ctx.order.number}, choices)
    record = slots.get("communication_record")
    if not record and not ctx.order.communication_log:
        told = {"channel": "reply", "text": explanation}
        choices = [
            Choice("The explanation goes out as the reply", told, say="send the explanation as the reply")
        ]
        return Ask("communication_record", "ask_communication_record", {}, choices)
    payload: dict[str, Any] = {
        "return_id": ret.id,
        "reason": slots["reject_reason"],
        "explanation": explanation,
    }
    if record:
        payload["communication"] = (
            record if isinstance(record, dict) else {"channel": "staff", "text": str(record)}
        )
    return Propose(ProposalKind.REJECT_RETURN, payload)


def _explanation(ctx: FlowContext, reason: RejectReason) -> str:
    days = ctx.settings.return_window_days
    return {
        RejectReason.OUTSIDE_WINDOW: f"Our return window is {days} days from the order, and it has passed.",
        RejectReason.FINAL_SALE: "The item was sold as a final sale, so we cannot take it back.",
        RejectReason.NOT_RETURNABLE: "This kind of item cannot be returned.",
        RejectReason.USED_OR_ALTERED: "The item was used or altered, so we cannot take it back.",
        RejectReason.NO_EVIDENCE: "We asked for photos or a description of the problem and have not received any.",
        RejectReason.ALREADY_RESOLVED: "This has been resolved with you already.",
        RejectReason.OTHER: "",
    }[reason]


REVIEW_RETURN = FlowSpec(
    Flow.REVIEW_RETURN,
    ("order", "return_id", "decision", "return_reason", "return_fee", "restocking_fee", "carrier", "tracking",
     "label", "reject_reason", "explanation", "communication_record"),
    advance_review,
    "Approve or reject a customer's return request.",
)  # fmt: skip
