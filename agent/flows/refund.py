"""Direct refund and quality issue: from what was said to a refund proposal, or to the return that fits better."""

from __future__ import annotations

from dataclasses import replace

from agent.commands import Flow
from agent.flows.returned import returned_already
from agent.flows.selection import Selection, select, share_of
from agent.flows.step import (
    Ask,
    Choice,
    FlowContext,
    FlowSpec,
    HandOver,
    Propose,
    Redirect,
    Refuse,
    Step,
    refusal,
)
from agent.messages import Ticket
from agent.tickets.claims import extract
from domain.identity import Role
from domain.orders.evidence import counts_as_evidence, open_claims, photo_required, relevant_evidence
from domain.orders.model import FULFILLED
from domain.orders.value import choice_value
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundRequest, Waiver
from domain.refunds.policy import availability as why_no_refund
from domain.rules import Rule, broken

REASON_CHOICES = (
    RefundReason.CHANGED_MIND,
    RefundReason.DAMAGED,
    RefundReason.DEFECTIVE,
    RefundReason.WRONG_ITEM,
    RefundReason.NOT_RECEIVED,
    RefundReason.LATE_DELIVERY,
    RefundReason.GOODWILL,
)


NOT_WITH_THE_CUSTOMER = (RefundReason.MISSING_ITEM, RefundReason.NOT_RECEIVED)
"""Goods that cannot come back, for they never came."""


def advance_refund(ctx: FlowContext) -> Step:
    """order → lines and quantities → amount → reason, note → evidence → proposal."""
    if (closed := _closed(ctx)) is not None:
        return closed
    if ctx.slots.get("return_needed") is True:
        return _to_return(ctx)
    if (settles := returned_already(ctx)) is not None:
        ctx.slots["return_id"] = settles
        return Redirect(Flow.RETURN_PROGRESS, "refund")
    selection = select(ctx)
    if not isinstance(selection, Selection):
        return selection
    return _reason_and_evidence(ctx, selection) or _propose(ctx, selection)


def advance_quality(ctx: FlowContext) -> Step:
    """Evidence first, then whether it must come back: no → refund, yes → the return the page offers."""
    if ctx.slots.get("return_needed") is True:
        return _to_return(ctx)
    if (closed := _closed(ctx)) is not None:
        return closed
    if ctx.slots.get("amount") and (settles := returned_already(ctx)) is not None:
        ctx.slots["return_id"] = settles
        return Redirect(Flow.RETURN_PROGRESS, "refund")
    selection = select(ctx)
    if not isinstance(selection, Selection):
        return selection
    if (step := _reason_and_evidence(ctx, selection)) is not None:
        return step
    if ctx.slots.get("return_needed") is None and ctx.slots.get("reason") not in NOT_WITH_THE_CUSTOMER:
        return _ask_return_needed(ctx, selection)
    return Redirect(Flow.DIRECT_REFUND)


def _closed(ctx: FlowContext) -> Step | None:
    """Where the Refund button is disabled, its reason, or the flow that is open instead."""
    action = ctx.action("refund")
    if action is None or action.available:
        return None
    if action.code is Rule.ACTION_UNAVAILABLE and ctx.can("refund_return"):
        return Redirect(Flow.RETURN_PROGRESS, "refund")
    if action.code is Rule.ACTION_UNAVAILABLE and ctx.can("approve_return"):
        return Redirect(Flow.REVIEW_RETURN, text="in_open_return")
    return Refuse([why_no_refund(ctx.order, ctx.settings) or refusal(action)])


def _to_return(ctx: FlowContext) -> Step:
    if ctx.can("approve_return"):
        return Redirect(Flow.REVIEW_RETURN)
    return Redirect(Flow.MERCHANT_RETURN)


def is_quality(ctx: FlowContext, lines: list[str]) -> bool:
    """Whether this case needs evidence, whatever reason is chosen now."""
    reason = ctx.slots.get("reason")
    claimed = reason is not None and RefundReason(reason).is_quality
    return ctx.case.quality_issue or claimed or bool(open_claims(ctx.order, lines))


def _reason_and_evidence(ctx: FlowContext, selection: Selection) -> Step | None:
    slots = ctx.slots
    if not slots.get("reason"):
        shown: tuple[RefundReason, ...] = REASON_CHOICES
        choices = [Choice(r.label, r.value, say=r.label.lower()) for r in shown]
        claimed = extract(Ticket(body=ctx.ticket_words)).reason if ctx.ticket_words else None
        if claimed is not None:
            shown = (claimed, *(r for r in REASON_CHOICES if r is not claimed))
            choices = [Choice(r.label, r.value, say=r.label.lower()) for r in shown]
            choices[0] = replace(choices[0], detail=f"the customer: “{ctx.ticket_words}”")
        rest = [r.label.lower() for r in RefundReason if r not in shown]
        return Ask("reason", "ask_reason", {"order": ctx.order.number, "rest": ", ".join(rest)}, choices)
    if slots["reason"] == RefundReason.OTHER and not slots.get("note"):
        return Ask("note", "ask_note")
    lines = [entry.line for entry in selection.lines]
    if is_quality(ctx, lines) and not evidence_ids(ctx, lines, total(ctx, selection)):
        return evidence_step(ctx, total(ctx, selection))
    return None


def total(ctx: FlowContext, selection: Selection) -> int:
    """About what the refund will be, minor units (the domain works it out exactly)."""
    if selection.amount is not None:
        return selection.amount
    order = ctx.order
    values = [
        line.amount if line.amount is not None else choice_value(order, order.line(line.line), line.quantity)
        for line in selection.lines
    ]
    return sum(values) + selection.shipping


def evidence_ids(ctx: FlowContext, lines: list[str], amount: int) -> list[str]:
    """Hashes of the evidence on the order that counts for these lines and this amount."""
    order = ctx.order
    return [
        item.sha256
        for item in relevant_evidence(order, lines)
        if counts_as_evidence(item, ctx.settings, order.currency, amount)
    ]


def waiver(ctx: FlowContext) -> Waiver | None:
    """A supervisor's waiver with its note, if one was given."""
    note = ctx.slots.get("waiver_note")
    if isinstance(note, str) and note.strip() and ctx.actor.role.covers(Role.SUPERVISOR):
        return Waiver(by=ctx.actor.id, role=ctx.actor.role.value, note=note)
    return None


def evidence_step(ctx: FlowContext, amount: int) -> Step | None:
    """What is left to do about missing evidence; None where a waiver settles it."""
    if waiver(ctx) is not None:
        return None
    may_waive = ctx.actor.role.covers(Role.SUPERVISOR)
    said = ctx.slots.get("evidence")
    gone = isinstance(said, dict) and said.get("kind") == "none"
    if ctx.slots.get("waiver_note") or gone:
        if may_waive:
            return Ask("waiver_note", "ask_waiver_note")
        refused = broken(Rule.NOT_AUTHORISED, "waiver_note", limit="supervisor", value=ctx.actor.role.value)
        return HandOver("supervisor", "handoff_waiver", [refused])
    return Ask("evidence", *_evidence_question(ctx, amount, may_waive))


def _evidence_question(
    ctx: FlowContext, amount: int, may_waive: bool
) -> tuple[str, dict[str, str], list[Choice]]:
    words_count = ctx.settings.description_counts and not photo_required(
        ctx.settings, ctx.order.currency, amount
    )
    choices = [Choice("Draft the request to the customer", {"kind": "draft"}, say="draft a request")]
    if ctx.ticket_words and words_count:
        quote = Choice(
            "Use the customer's words",
            {"kind": "ticket"},
            say="use the customer's words",
            detail=f"“{ctx.ticket_words}”",
        )
        choices.insert(0, quote)
    choices.append(
        Choice(
            "Waive it",
            {"kind": "none"},
            say="waive the evidence",
            closed="" if may_waive else "only a supervisor may",
        )
    )
    said = ctx.slots.get("evidence")
    promised = isinstance(said, dict) and said.get("kind") == "attached"
    key = "ask_evidence_missing_file" if promised else "ask_evidence"
    return (key if words_count else f"{key}_photo"), {"order": ctx.order.number}, choices


def _ask_return_needed(ctx: FlowContext, selection: Selection) -> Ask:
    names = [ctx.order.line(entry.line).title for entry in selection.lines]
    can_return = ctx.can("approve_return") or ctx.can("create_return")
    blocked = ctx.action("create_return")
    why = "" if can_return else (blocked.sentence if blocked else "no return is available")
    return Ask(
        "return_needed",
        "ask_return_needed",
        {"item": " and ".join(names) or "it"},
        [
            Choice("No, refund it", False, say="no, no need to send it back"),
            Choice("Yes, open a return", True, say="yes, it must come back", closed=why),
        ],
    )


def _letters(method: str) -> str:
    """A payment's name without what is written differently: "gift card", "gift_card"."""
    return "".join(ch for ch in method.lower() if ch.isalnum())


def _propose(ctx: FlowContext, selection: Selection) -> Step:
    slots, order = ctx.slots, ctx.order
    lines = [entry.line for entry in selection.lines]
    quality = is_quality(ctx, lines)
    wanted = _letters(slots.get("payment", ""))
    payment = next((p.id for p in order.payments if wanted and wanted in _letters(p.method)), None)
    request = RefundRequest(
        lines=selection.lines,
        shipping=selection.shipping,
        amount=selection.amount if (selection.amount is not None or selection.lines) else selection.shipping,
        currency=order.currency,
        reason=RefundReason(slots["reason"]),
        note=slots.get("note") or "",
        evidence=evidence_ids(ctx, lines, total(ctx, selection)) if quality else [],
        waiver=waiver(ctx) if quality else None,
        payment=payment,
        quality_issue=ctx.case.quality_issue,
    )
    shipped = _shipped_already(ctx) if slots.get("cancel_order") else {}
    if shipped:
        return Propose(ProposalKind.REFUND, request, "cancel_leaves", shipped)
    share = share_of(ctx, selection)
    return Propose(ProposalKind.REFUND, request, "share_of" if share else "", share)


def _shipped_already(ctx: FlowContext) -> dict[str, str]:
    """What cancelling an order does not reach, and the way it takes instead."""
    lines = [line for line in ctx.order.lines if line.fulfilment in FULFILLED]
    if not lines:
        return {}
    instead = "a return" if ctx.can("create_return") else "a refund or a return request"
    return {"items": ", ".join(line.title for line in lines), "instead": instead}


DIRECT_REFUND = FlowSpec(
    Flow.DIRECT_REFUND,
    ("order", "line", "quantity", "amount", "reason", "note", "evidence", "waiver_note"),
    advance_refund,
    "Give money back without a return.",
)

QUALITY_ISSUE = FlowSpec(
    Flow.QUALITY_ISSUE,
    ("order", "line", "quantity", "reason", "evidence", "waiver_note", "return_needed"),
    advance_quality,
    "Something is wrong with the goods: evidence, then refund or return.",
)
