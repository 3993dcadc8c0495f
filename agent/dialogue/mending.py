"""After a refusal: which one question can mend it, and what the answer may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from agent.commands import Flow
from agent.flows.quantities import units
from agent.flows.selection import ask_shipping, suggestion
from agent.flows.step import Ask, Choice, FlowContext, Step
from agent.state import Case
from domain.orders.value import line_state
from domain.rules import Rule, Violation

ASK_AGAIN: dict[str, str] = {
    "amount": "amount",
    "shipping": "shipping",
    "quantity": "quantity",
    "line": "line",
    "note": "note",
    "value_note": "note",
    "reason": "reason",
    "tracking": "tracking",
    "carrier": "carrier",
    "label": "label",
    "return_fee": "return_fee",
    "restocking_fee": "restocking_fee",
    "fees": "restocking_fee",
    "explanation": "explanation",
    "communication": "communication_record",
    "inspection": "inspection",
    "notes": "review_notes",
    "refunded": "review_amount",
}
"""Which slot is asked for anew when a rule about a field was broken."""

DEAD_END = frozenset({Rule.PAYMENT_DISPUTED, Rule.REFUNDS_BLOCKED, Rule.NOT_CAPTURED})
"""Rules that no other answer to a question satisfies."""

NOT_RETURNABLE = "line_not_returnable"
"""Goods that cannot come back and were meant all the same: they are what is refunded, where that is taken instead."""

_SUPPLIERS = {"amount": "review_amount"}
_NOT_NEGATIVE = frozenset(
    {Rule.AMOUNT_NOT_POSITIVE, Rule.FEE_NEGATIVE, Rule.AMOUNT_PRECISION, Rule.FIELD_INVALID}
)


def slot_of(flow: Flow, violation: Violation) -> str | None:
    """The slot that can mend this rule in this flow; None where nothing said can, because nothing is left."""
    if violation.code is Rule.LOGISTICS_REQUIRED:
        return "tracking" if violation.limit == "a tracking number" else "carrier"
    if violation.limit and not violation.limit.strip("0.") and violation.code not in _NOT_NEGATIVE:
        return None
    slot = ASK_AGAIN.get(violation.field)
    return _SUPPLIERS.get(slot or "", slot) if flow is Flow.SUPPLIER_REVIEW else slot


_FEES = ("return_fee", "restocking_fee")


def larger_fee(case: Case, limit: str) -> str:
    """Which of the two fees is asked for anew where their sum is above `limit`: the larger one; the other is kept."""
    fees = {slot: case.slots[slot] for slot in _FEES if (case.slots.get(slot) or {}).get("value")}
    exact = {slot: Decimal(fee["value"]) for slot, fee in fees.items() if fee["kind"] == "exact"}
    shares = [slot for slot in fees if slot not in exact]
    most = max(exact, key=lambda slot: exact[slot], default="")
    if shares and not (most and limit.replace(".", "", 1).isdecimal() and exact[most] > Decimal(limit)):
        return shares[-1]
    return most or "restocking_fee"


def fee_is_open(case: Case) -> bool:
    """Whether a refused fee was asked for anew and nothing said since gives one: it is not dropped in silence."""
    return case.asked in _FEES and case.asked not in case.slots


def fee_again(slot: str, currency: str) -> Ask:
    """The question for a fee once more."""
    return Ask(slot, "ask_fee", {"fee": slot.replace("_", " "), "currency": currency})


def question(ctx: FlowContext, slot: str, violations: list[Violation]) -> Ask | None:
    """The question for a slot that its flow does not ask for by itself, with what it may be; None for the others."""
    first = next((v for v in violations if slot_of(ctx.case.flow, v) == slot), violations[0])
    build = _QUESTIONS.get(slot)
    return build(ctx, slot, first) if build else None


def _amount(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    return Ask(slot, "ask_amount", _most(ctx, broken))


def _shipping(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    return ask_shipping(ctx)


def _review_amount(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    key = "ask_verdict_amount" if ctx.slots.get("verdict") else "ask_review_amount"
    return Ask(slot, key, {"most": broken.limit, "currency": ctx.order.currency})


def _fee(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    currency = ctx.order.currency
    if broken.code is Rule.FEES_EXCEED_REFUNDABLE:
        return Ask(slot, f"ask_{slot}", {"limit": broken.limit, "currency": currency})
    return Ask(slot, "ask_fee", {"fee": slot.replace("_", " "), "currency": currency})


def _carrier(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    tracking = ctx.slots.get("tracking")
    return Ask(slot, "ask_carrier" if tracking else "ask_carrier_name", {"tracking": tracking})


def _tracking(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    wrong = broken.code is Rule.TRACKING_INVALID
    return Ask(slot, "ask_tracking" if wrong else "ask_tracking_number", {"limit": broken.limit})


def _label(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    return Ask(slot, "ask_label", {}, [Choice("Go on without a label", "none", say="no label")])


def _note(ctx: FlowContext, slot: str, broken: Violation) -> Ask:
    return Ask(slot, "ask_lower_note")


def _quantity(ctx: FlowContext, slot: str, broken: Violation) -> Ask | None:
    """How many of the one line, up to what the rule leaves; the wish stays open for a smaller number."""
    chosen = ctx.slots.get("line") or []
    if len(chosen) != 1 or not broken.limit.isdigit():
        return None
    left, item = int(broken.limit), ctx.order.line(chosen[0]["line"]).title
    choices = [Choice(f"{n} of {left}", n, say=str(n)) for n in range(1, min(left, 4) + 1)]
    return Ask(slot, "ask_quantity_return", {"item": item, "left": left}, choices)


_QUESTIONS: dict[str, Callable[[FlowContext, str, Violation], Ask | None]] = {
    "quantity": _quantity,
    "amount": _amount,
    "shipping": _shipping,
    "review_amount": _review_amount,
    "return_fee": _fee,
    "restocking_fee": _fee,
    "carrier": _carrier,
    "tracking": _tracking,
    "label": _label,
    "note": _note,
}


def asked_again(again: Step, ctx: FlowContext, slot: str, violations: list[Violation]) -> Ask | None:
    """The flow's own next question, with no more than the shop's balance holds; else the one that mends `slot`."""
    if not isinstance(again, Ask):
        return question(ctx, slot, violations)
    short = next((v.limit for v in violations if v.code is Rule.INSUFFICIENT_BALANCE), None)
    if short is not None and slot == "amount" and again.slot != "amount":
        again = question(ctx, slot, violations) or again
    return (
        again
        if short is None or again.slot != "amount"
        else replace(again, values={**again.values, "most": short})
    )


def _counted(ctx: FlowContext, entry: dict[str, Any]) -> Any:
    left = line_state(ctx.order, ctx.order.line(entry["line"])).refundable_quantity
    return units(entry.get("quantity") or ctx.slots.get("quantity"), left)


def _most(ctx: FlowContext, violation: Violation) -> dict[str, Any]:
    """The most that can be given: what the rule says, or what the choice is worth where the rule has no such limit."""
    if violation.code not in _NOT_NEGATIVE:
        return {"most": violation.limit, "currency": ctx.order.currency}
    chosen = [{**entry, "quantity": _counted(ctx, entry)} for entry in ctx.slots.get("line") or []]
    return suggestion(ctx, chosen)
