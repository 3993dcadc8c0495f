"""Merchant-initiated return: staff open it, where the page offers that."""

from __future__ import annotations

from typing import Any

from agent.commands import Flow
from agent.flows.choosing import refundable_lines
from agent.flows.quantities import units
from agent.flows.refund import evidence_ids, is_quality
from agent.flows.return_terms import ask_return_reason, terms_said
from agent.flows.step import Ask, Choice, FlowContext, FlowSpec, Propose, Redirect, Refuse, Step, refusal
from domain.orders.value import line_state
from domain.proposals.model import ProposalKind
from domain.returns.units import why_not_returnable


def advance_merchant(ctx: FlowContext) -> Step:
    """Only where the page offers it; a requested return is reviewed instead; else the open way is named."""
    action = ctx.action("create_return")
    if action is not None and not action.available:
        if ctx.can("approve_return"):
            return Redirect(Flow.REVIEW_RETURN, text="in_open_return")
        return Refuse([refusal(action)])
    lines = _return_lines(ctx)
    if not isinstance(lines, list):
        return lines
    slots = ctx.slots
    reason = slots.get("return_reason") or slots.get("reason")
    if not reason:
        return ask_return_reason(ctx)
    names = [entry["line"] for entry in lines]
    if is_quality(ctx, names) and not ctx.case.evidence_asked and not _has_evidence(ctx, names):
        return Ask("evidence", "ask_evidence_once", {"order": ctx.order.number}, _EVIDENCE_CHOICES)
    payload: dict[str, Any] = {"lines": lines, "reason": reason}
    problems = terms_said(ctx, payload)
    if slots.get("note"):
        payload["note"] = slots["note"]
    return Refuse(problems) if problems else Propose(ProposalKind.CREATE_RETURN, payload)


_EVIDENCE_CHOICES = [
    Choice("Go on without", {"kind": "none"}, say="go on without"),
    Choice("Draft the request to the customer", {"kind": "draft"}, say="draft a request"),
]


def _has_evidence(ctx: FlowContext, lines: list[str]) -> bool:
    return bool(evidence_ids(ctx, lines, 0))


def _return_lines(ctx: FlowContext) -> list[dict[str, Any]] | Step:
    """Lines and quantities for a return, or the question that is left."""
    slots, order = ctx.slots, ctx.order
    chosen = slots.get("line")
    if not chosen:
        amount = slots.get("amount")
        everything = isinstance(amount, dict) and amount.get("kind") == "full"
        candidates = refundable_lines(order)
        named = (slots.get("item") or {}).get("candidates")
        if named:
            candidates = [line for line in candidates if line.id in named]
        if len(candidates) != 1 and not everything:
            choices = [
                Choice(
                    line.title,
                    [{"line": line.id, "quantity": None}],
                    say=line.title,
                    closed=why_not_returnable(order, line) or "",
                )
                for line in candidates
            ]
            return Ask("line", "ask_line_return", {"order": order.number}, choices)
        chosen = [
            {
                "line": line.id,
                "quantity": None if not everything else line_state(order, line).refundable_quantity,
            }
            for line in candidates
        ]
    done = []
    for entry in chosen:
        line = order.line(entry["line"])
        left = line_state(order, line).refundable_quantity
        said = entry.get("quantity") or (slots.get("quantity") if len(chosen) == 1 else None)
        quantity = units(said, left)
        if quantity is None and left > 1:
            choices = [Choice(f"{n} of {left}", n, say=str(n)) for n in range(1, min(left, 4) + 1)]
            return Ask("quantity", "ask_quantity_return", {"item": line.title, "left": left}, choices)
        done.append({"line": line.id, "quantity": quantity or max(1, left)})
    return done


MERCHANT_RETURN = FlowSpec(
    Flow.MERCHANT_RETURN,
    (
        "order",
        "line",
        "quantity",
        "return_reason",
        "evidence",
        "return_fee",
        "restocking_fee",
        "carrier",
        "tracking",
    ),
    advance_merchant,
    "Open a return for the customer.",
)
