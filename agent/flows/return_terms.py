"""What all return flows share: which return, which terms, which reason."""

from __future__ import annotations

from typing import Any

from agent.flows.money_slots import read_amount, read_fee
from agent.flows.refund import REASON_CHOICES
from agent.flows.step import Ask, Choice, FlowContext, Refuse, Step, refusal
from domain.returns.model import Return, ReturnStatus
from domain.rules import Rule, Violation, broken


def pick_return(ctx: FlowContext, statuses: set[ReturnStatus], action: str) -> Return | Step:
    """The one return in these states; several are asked about, none is refused with the page's reason."""
    fitting = [ret for ret in ctx.order.returns if ret.status in statuses]
    named = ctx.slots.get("return_id")
    if named:
        exact = [ret for ret in ctx.order.returns if ret.id.lower() == str(named).lower()]
        fitting = exact or fitting
    if len(fitting) == 1:
        closed = ctx.action(action, fitting[0].id)
        return Refuse([refusal(closed)]) if closed and not closed.available and closed.code else fitting[0]
    if len(fitting) > 1:
        choices = [Choice(f"{ret.id}: {units_in_words(ctx, ret)}", ret.id, say=ret.id) for ret in fitting]
        return Ask("return_id", "ask_which_return", {"order": ctx.order.number}, choices)
    closed = next((a for a in ctx.actions if a.name == action and not a.available), None)
    if closed is not None:
        return Refuse([refusal(closed)])
    return Refuse([broken(Rule.ACTION_UNAVAILABLE, action, value="there is no such return")])


def units_in_words(ctx: FlowContext, ret: Return) -> str:
    """A return's units: ``2 × Mug, 1 × Lamp``."""
    return ", ".join(f"{entry.quantity} × {ctx.order.line(entry.line).title}" for entry in ret.lines)


def ask_return_reason(ctx: FlowContext) -> Ask:
    """The question for the return reason."""
    choices = [Choice(r.label, r.value, say=r.label.lower()) for r in REASON_CHOICES]
    return Ask("return_reason", "ask_return_reason", {"order": ctx.order.number}, choices)


def terms_said(ctx: FlowContext, payload: dict[str, Any], *, fees: bool = True) -> list[Violation]:
    """Fees default to none and logistics to later; what was said is put into the payload."""
    problems: list[Violation] = []
    if fees and "return_fee" in ctx.slots:
        fee, more = read_fee(ctx.slots["return_fee"], ctx.order, "return_fee")
        problems += more
        if fee is not None:
            payload["return_fee"] = fee.model_dump(exclude_none=True)
    if fees and "restocking_fee" in ctx.slots:
        restocking, more = read_fee(ctx.slots["restocking_fee"], ctx.order, "restocking_fee")
        problems += more
        if restocking is not None:
            payload["restocking_fee"] = restocking.model_dump(exclude_none=True)
    for name in ("carrier", "tracking"):
        if ctx.slots.get(name):
            payload[name] = ctx.slots[name]
    label = ctx.slots.get("label")
    if label == "generate":
        payload["label"] = "generate"
    elif isinstance(label, dict):
        payload["label"] = label
    return problems


def read_amount_or_none(ctx: FlowContext, slot: str) -> tuple[int | None, list[Violation]]:
    """An exact amount of a slot; none where staff said there is none."""
    value = ctx.slots.get(slot)
    if not isinstance(value, dict) or value.get("kind") == "none":
        return 0, []
    return read_amount(value, ctx.order, 0, slot)
