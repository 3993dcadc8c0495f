"""Supplier review: ask the supplier to bear the cost, see the result, cancel, enter the verdict."""

from __future__ import annotations

from typing import Any

from agent.commands import Flow
from agent.flows.money_slots import read_amount
from agent.flows.step import Ask, Choice, FlowContext, FlowSpec, Inform, Propose, Refuse, Step, refusal
from domain.money import format_minor, round_half_up
from domain.orders.model import Line, Source
from domain.orders.value import line_state
from domain.proposals.model import ProposalKind
from domain.returns.model import ReturnStatus
from domain.rules import Rule, broken
from domain.supplier_reviews.availability import why_no_request
from domain.supplier_reviews.model import ReviewKind, SupplierReview


def advance_supplier(ctx: FlowContext) -> Step:
    """Request by default; view, cancel and verdict when that was said."""
    action = ctx.case.action or _likely_action(ctx)
    if action == "view":
        return Inform("supplier_review")
    if action == "cancel":
        return _decide(ctx, "cancel_supplier_review")
    if action == "verdict":
        return _decide(ctx, "supplier_verdict")
    return _request(ctx)


def _likely_action(ctx: FlowContext) -> str:
    return "verdict" if ctx.slots.get("verdict") else "request"


def dropshipped(ctx: FlowContext) -> list[Line]:
    """Lines a supplier may be asked about: dropshipping, cost paid, a refund or return on them."""
    order = ctx.order
    returned = {
        entry.line for ret in order.returns for entry in ret.lines if ret.status is not ReturnStatus.REJECTED
    }
    return [
        line
        for line in order.lines
        if line.source is Source.DROPSHIPPING
        and line.supplier_cost > 0
        and (line_state(order, line).refunded_amount > 0 or line.id in returned)
    ]


def _request(ctx: FlowContext) -> Step:
    slots, order = ctx.slots, ctx.order
    action = next((a for a in ctx.actions if a.name == "request_supplier_review"), None)
    if action is not None and not ctx.can("request_supplier_review"):
        return Refuse([refusal(action)])
    lines = [entry["line"] for entry in slots.get("line") or []]
    if not lines:
        candidates = dropshipped(ctx)
        if len(candidates) != 1:
            choices = [
                Choice(line.title, [{"line": line.id, "quantity": None}], say=line.title)
                for line in candidates
            ]
            return Ask("line", "ask_line_supplier", {"order": order.number}, choices)
        lines = [candidates[0].id]
    kind = ReviewKind(slots.get("review_kind") or ReviewKind.PRODUCT_COST)
    closed = [why for line in lines if (why := why_no_request(order, order.line(line), kind)) is not None]
    if closed:
        return Refuse(closed[:1])
    amount = _wanted(ctx, lines, kind)
    if isinstance(amount, Refuse | Ask):
        return amount
    notes = slots.get("review_notes") or slots.get("note")
    if not notes:
        return Ask("review_notes", "ask_review_notes", {"order": order.number}, _note_choices(ctx, lines))
    payload: dict[str, Any] = {"lines": lines, "kind": kind.value, "amount": amount, "notes": notes}
    evidence = [e.sha256 for e in order.evidence if not e.lines or set(e.lines) & set(lines)]
    return Propose(ProposalKind.REQUEST_SUPPLIER_REVIEW, {**payload, "evidence": evidence})


def _wanted(ctx: FlowContext, lines: list[str], kind: ReviewKind) -> int | Refuse | Ask | None:
    """What the supplier is asked for; None for all that it may bear."""
    said, order = ctx.slots.get("review_amount") or ctx.slots.get("amount"), ctx.order
    cost = sum(order.line(line).supplier_cost for line in lines)
    most = {"most": format_minor(cost, order.currency), "currency": order.currency}
    asked = Ask("review_amount", "ask_review_amount", most)
    if not isinstance(said, dict):
        if ctx.slots.get("review_amount_refused"):
            return asked
        return concerned_cost(ctx, lines) if kind is ReviewKind.PRODUCT_COST else None
    if said.get("kind") == "full":
        return None
    amount, problems = read_amount(said, order, cost, "review_amount")
    return Refuse(problems, asked) if problems else amount


def concerned_cost(ctx: FlowContext, lines: list[str]) -> int | None:
    """What the supplier was paid for the units that were refunded or returned; None where that is all of them."""
    order, cost, whole = ctx.order, 0, 0
    for line_id in lines:
        line = order.line(line_id)
        state = line_state(order, line)
        back = sum(
            entry.quantity
            for ret in order.returns
            if ret.status not in (ReturnStatus.REJECTED, ReturnStatus.CANCELLED)
            for entry in ret.lines
            if entry.line == line_id
        )
        units = min(line.quantity, max(state.refunded, back) or line.quantity)
        cost += round_half_up(line.supplier_cost * units, line.quantity)
        whole += line.supplier_cost
    return cost if 0 < cost < whole else None


def _note_choices(ctx: FlowContext, lines: list[str]) -> list[Choice]:
    """What the order says already, as the notes to send."""
    order = ctx.order
    for refund in reversed(order.refunds):
        if refund.counts and any(part.line in lines for part in refund.lines):
            titles = ", ".join(order.line(line).title for line in lines)
            text = f"{titles}: {refund.reason.label.lower()}, refunded to the customer."
            return [Choice("Use this note", text, say=text, detail=text)]
    return []


def _pick_review(ctx: FlowContext, action: str) -> SupplierReview | Step:
    unfinished = [review for review in ctx.order.supplier_reviews if review.is_unfinished]
    if len(unfinished) == 1:
        closed = ctx.action(action, unfinished[0].id)
        return Refuse([refusal(closed)]) if closed and not closed.available else unfinished[0]
    if len(unfinished) > 1:
        named = ctx.slots.get("review_id")
        exact = [r for r in unfinished if r.id == named or r.kind == ctx.slots.get("review_kind")]
        if len(exact) == 1:
            return exact[0]
        choices = [Choice(f"{r.id}: {r.kind.value.replace('_', ' ')}", r.id, say=r.id) for r in unfinished]
        return Ask("review_id", "ask_which_review", {"order": ctx.order.number}, choices)
    closed = next((a for a in ctx.actions if a.name == action and not a.available), None)
    if closed is not None:
        return Refuse([refusal(closed)])
    return Refuse([broken(Rule.ACTION_UNAVAILABLE, action, value="no review is waiting for the supplier")])


def _decide(ctx: FlowContext, action: str) -> Step:
    review = _pick_review(ctx, action)
    if not isinstance(review, SupplierReview):
        return review
    if action == "cancel_supplier_review":
        return Propose(ProposalKind.CANCEL_SUPPLIER_REVIEW, {"review_id": review.id})
    return _verdict(ctx, review)


def _verdict(ctx: FlowContext, review: SupplierReview) -> Step:
    slots = ctx.slots
    amount: int | None = None
    said = slots.get("review_amount") or slots.get("amount")
    if isinstance(said, dict) and said.get("kind") != "full":
        amount, problems = read_amount(said, ctx.order, review.requested, "review_amount")
        if problems:
            return Refuse(problems)
    verdict = slots.get("verdict") or _verdict_of(amount, review)
    if verdict == "approved" and amount is not None and 0 < amount < review.requested:
        verdict = "partially_approved"
    if verdict == "rejected":
        amount = None
    if verdict == "rejected" and not slots.get("note"):
        return Ask("note", "ask_verdict_reason", {"review": review.id})
    if not verdict:
        choices = [
            Choice("Approved", "approved", say="approved"),
            Choice("Partly approved", "partially_approved", say="partly approved"),
            Choice("Rejected", "rejected", say="rejected"),
        ]
        return Ask("verdict", "ask_verdict", {"review": review.id}, choices)
    if verdict == "partially_approved" and amount is None:
        most = {"most": format_minor(review.requested, ctx.order.currency), "currency": ctx.order.currency}
        return Ask("review_amount", "ask_verdict_amount", most)
    payload = {
        "review_id": review.id,
        "verdict": verdict,
        "refunded": amount,
        "reason": slots.get("note") or "",
    }
    return Propose(ProposalKind.SUPPLIER_VERDICT, payload)


def _verdict_of(amount: int | None, review: SupplierReview) -> str:
    """What an amount alone says of the verdict ("they give us 25")."""
    if not amount:
        return ""
    return "approved" if amount >= review.requested else "partially_approved"


SUPPLIER_REVIEW = FlowSpec(
    Flow.SUPPLIER_REVIEW,
    ("order", "line", "review_kind", "review_amount", "review_notes", "verdict"),
    advance_supplier,
    "Ask a dropshipping supplier to bear the cost, and follow the outcome.",
)
