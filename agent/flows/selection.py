"""Which lines, how many and how much: from what was said to a refund request, or the one question that is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from agent.flows.choosing import ask_line, ask_quantity, refundable_lines
from agent.flows.money_slots import fell, holds_back, is_each, of_shipping, of_units, read_amount
from agent.flows.quantities import is_lost, units
from agent.flows.step import Ask, FlowContext, Refuse
from domain.money import format_minor
from domain.orders.model import FULFILLED, Line, Order
from domain.orders.value import (
    choice_value,
    line_state,
    refundable_now,
    shipping_left,
)
from domain.reasons import RefundReason
from domain.refunds.model import RefundLineRequest
from domain.rules import Rule, broken

ADJUSTMENTS = frozenset({RefundReason.GOODWILL, RefundReason.PRICE_ADJUSTMENT, RefundReason.LATE_DELIVERY})
"""Reasons for which an amount is given back and the goods are not."""


@dataclass(slots=True)
class Selection:
    """What is to be given back."""

    lines: list[RefundLineRequest]
    shipping: int = 0
    amount: int | None = None


def select(ctx: FlowContext) -> Selection | Ask | Refuse:
    """The selection, or what is missing for it."""
    if _is_gesture_of_no_size(ctx):
        return Ask("amount", "ask_amount", suggestion(ctx, []))
    if ctx.slots.get("shipping_refused") and not ctx.slots.get("shipping"):
        return ask_shipping(ctx)
    chosen = _lines(ctx)
    if not isinstance(chosen, list):
        return chosen
    quantities = _quantities(ctx, chosen)
    if not isinstance(quantities, list):
        return quantities
    return _amount(ctx, quantities)


def ask_shipping(ctx: FlowContext) -> Ask:
    """How much of the shipping, where more than is left of it was said: it is given up only by a word."""
    left = format_minor(max(0, shipping_left(ctx.order)), ctx.order.currency)
    return Ask("shipping", "ask_shipping", {"most": left, "currency": ctx.order.currency})


def _is_gesture_of_no_size(ctx: FlowContext) -> bool:
    """A gesture without a figure is asked about: "goodwill" says no whole order, nor a lower price the goods."""
    said = {
        name
        for name in ("line", "item", "quantity", "amount", "shipping", "cancel_order")
        if ctx.slots.get(name)
    }
    if ctx.slots.get("reason") == RefundReason.PRICE_ADJUSTMENT and said <= {"line", "item", "quantity"}:
        return not any(entry.get("amount") for entry in ctx.slots.get("line") or [])
    return not said and ctx.slots.get("reason") == RefundReason.GOODWILL


def _is_full(ctx: FlowContext) -> bool:
    amount = ctx.slots.get("amount")
    if amount is None and ctx.slots.get("reason") == RefundReason.DUPLICATE:
        return not {"line", "item", "quantity", "shipping"} & set(ctx.slots)
    return isinstance(amount, dict) and (amount.get("kind") == "full" or _is_all_there_is(ctx, amount))


def _is_all_there_is(ctx: FlowContext, amount: dict[str, Any]) -> bool:
    """Whether an order that is cancelled is to be paid back by the very sum that is left of it."""
    if not ctx.slots.get("cancel_order") or amount.get("kind", "exact") != "exact":
        return False
    left = refundable_now(ctx.order)
    return read_amount(amount, ctx.order, left, "amount") == (left, [])


def _is_less(ctx: FlowContext) -> bool:
    """Everything save a sum that is held back, and no line named."""
    amount = ctx.slots.get("amount")
    named = {"line", "item", "quantity", "shipping"} & set(ctx.slots)
    return isinstance(amount, dict) and holds_back(amount) and not named


def _is_exact(ctx: FlowContext) -> bool:
    amount = ctx.slots.get("amount")
    return isinstance(amount, dict) and amount.get("kind", "exact") in ("exact", "up_to", "less", "down_to")


def _is_percent(ctx: FlowContext) -> bool:
    amount = ctx.slots.get("amount")
    return isinstance(amount, dict) and amount.get("kind") == "percent"


def is_adjustment(ctx: FlowContext) -> bool:
    """An amount is given back as a gesture, so no unit counts as refunded."""
    amount = ctx.slots.get("amount")
    of_goods = _is_full(ctx) or holds_back(amount)
    if ctx.slots.get("reason") == RefundReason.OTHER and not {"line", "item", "quantity"} & set(ctx.slots):
        return (
            _is_exact(ctx) and not of_goods
        )  # A sum of its own, by its note: of the order, and of no goods.
    return ctx.slots.get("reason") in ADJUSTMENTS and "amount" in ctx.slots and not of_goods


def _lines(ctx: FlowContext) -> list[dict[str, Any]] | Ask | Refuse:
    order, slots = ctx.order, ctx.slots
    candidates = refundable_lines(order)
    if slots.get("cancel_order"):
        return _not_shipped(candidates)
    if slots.get("line"):
        return list(slots["line"])
    if item := slots.get("item"):
        return _of_those_named(ctx, item.get("candidates", []))
    if _is_full(ctx) or _is_less(ctx):
        return [{"line": line.id, "quantity": None, "all": True} for line in candidates]
    no_sum = "amount" not in slots or _is_the_shipping(ctx, [], max(0, shipping_left(order)))
    shipping_only = of_shipping(slots) and no_sum and "quantity" not in slots
    if len(candidates) == 1 and not shipping_only:
        return [{"line": candidates[0].id, "quantity": None}]
    if shipping_only or (is_adjustment(ctx) and (_is_exact(ctx) or _is_percent(ctx))):
        return []
    return ask_line(ctx, candidates)


def _of_those_named(ctx: FlowContext, ids: list[str]) -> list[dict[str, Any]] | Ask:
    """Of several lines that the words fit, the one that has anything left; which of them, where several have."""
    named = [line for line in ctx.order.lines if line.id in ids]
    left = [line for line in refundable_lines(ctx.order) if line in named]
    if len(named) > 1 and len(left) == 1:
        return [{"line": left[0].id, "quantity": None}]
    return ask_line(ctx, left or named)


def _not_shipped(candidates: list[Line]) -> list[dict[str, Any]] | Refuse:
    """What cancelling an order still reaches."""
    lines = [line for line in candidates if line.fulfilment not in FULFILLED]
    if not lines:
        return Refuse(
            [broken(Rule.ACTION_UNAVAILABLE, "order", value="everything on it is fulfilled already")]
        )
    return [{"line": line.id, "quantity": None, "all": True} for line in lines]


def _quantities(ctx: FlowContext, chosen: list[dict[str, Any]]) -> list[dict[str, Any]] | Ask | Refuse:
    done = []
    for entry in chosen:
        line = ctx.order.line(entry["line"])
        state = line_state(ctx.order, line)
        said = _said_quantity(ctx, entry, len(chosen) == 1)
        quantity = units(said, state.refundable_quantity)
        if quantity is None and said is not None:
            return ask_quantity(ctx, line, state.refundable_quantity)
        whole_units = is_each(ctx.slots.get("amount")) or _is_worth_of_all(ctx, line, len(chosen) == 1)
        if quantity is None and is_adjustment(ctx) and not whole_units:
            quantity = 0
        if quantity is None and state.refundable_quantity == 0:
            if state.refundable_amount <= 0:
                asked = units(ctx.slots.get("quantity"), 1) or 1
                return Refuse([broken(Rule.QUANTITY_EXCEEDS_REFUNDABLE, "quantity", limit=0, value=asked)])
            if "amount" not in ctx.slots or _is_full(
                ctx
            ):  # The units are refunded, some of their money is not.
                entry = {**entry, "amount": entry.get("amount") or {"kind": "full"}}
            quantity = 0
        whole = (
            entry.get("all")
            or _is_full(ctx)
            or is_lost(ctx.slots)
            or _is_worth_of_all(ctx, line, len(chosen) == 1)
        )
        if quantity is None and (whole or state.refundable_quantity <= 1):
            quantity = state.refundable_quantity
        if quantity is None:
            return ask_quantity(ctx, line, state.refundable_quantity)
        if isinstance(quantity, int) and quantity > state.refundable_quantity > 0:
            limit, again = state.refundable_quantity, ask_quantity(ctx, line, state.refundable_quantity)
            return Refuse(
                [broken(Rule.QUANTITY_EXCEEDS_REFUNDABLE, "quantity", limit=limit, value=quantity)], again
            )
        done.append({**entry, "quantity": quantity})
    return done


def _is_worth_of_all(ctx: FlowContext, line: Line, is_alone: bool) -> bool:
    """Whether the amount that was said is just what all units of the one line are worth ("the full 120")."""
    amount = ctx.slots.get("amount")
    if not is_alone or not isinstance(amount, dict) or amount.get("kind", "exact") != "exact":
        return False
    worth = choice_value(ctx.order, line, line_state(ctx.order, line).refundable_quantity)
    return worth > 0 and read_amount(amount, ctx.order, worth, "amount") == (worth, [])


def _said_quantity(ctx: FlowContext, entry: dict[str, Any], is_alone: bool) -> Any:
    quantity = entry.get("quantity")
    return ctx.slots.get("quantity") if quantity is None and is_alone and not _is_full(ctx) else quantity


def _amount(ctx: FlowContext, chosen: list[dict[str, Any]]) -> Selection | Refuse | Ask:
    order, slots = ctx.order, ctx.slots
    said, chosen = _for_each(ctx, chosen)
    if slots.get("amount_refused") and not slots.get("amount") and not any(e.get("amount") for e in chosen):
        return Ask("amount", "ask_amount", suggestion(ctx, chosen))
    if fell(slots.get("amount")) and [order.line(e["line"]).quantity for e in chosen] != [1]:
        return Ask("amount", "ask_amount", suggestion(ctx, chosen))
    values = [choice_value(order, order.line(e["line"]), int(e["quantity"])) for e in chosen]
    shipping, problems = _shipping(ctx)
    lines: list[RefundLineRequest] = []
    for entry, value in zip(chosen, values, strict=True):
        amount = None
        if entry.get("amount"):
            amount, more = read_amount(entry["amount"], order, value, "amount")
            problems += more
        lines.append(RefundLineRequest(line=entry["line"], quantity=int(entry["quantity"]), amount=amount))
    total: int | None = None
    if slots.get("amount") and not _is_full(ctx) and not _is_the_shipping(ctx, chosen, shipping):
        base = sum(values) if chosen else refundable_now(order)
        asked, more = read_amount(said, order, base, "amount")
        problems += more
        total = None if asked is None else asked + shipping
    elif sum(values) + shipping > refundable_now(order) and not any(line.amount for line in lines):
        total = refundable_now(order)
    if problems and any(problem.code is Rule.SHIPPING_EXCEEDS_REMAINING for problem in problems):
        return Refuse(problems)
    if problems:
        return Refuse(problems, Ask("amount", "ask_amount", suggestion(ctx, chosen)))
    return Selection(lines, shipping, total)


def _for_each(ctx: FlowContext, chosen: list[dict[str, Any]]) -> tuple[Any, list[dict[str, Any]]]:
    """A sum for each unit as that for all of them; as a gesture it is of no units any more."""
    said, units = ctx.slots.get("amount"), sum(int(entry["quantity"]) for entry in chosen)
    if not is_each(said) or not units:
        return said, chosen
    kept = [{**e, "quantity": 0} for e in chosen] if is_adjustment(ctx) and len(chosen) == 1 else chosen
    return of_units(said, units), kept


def _is_the_shipping(ctx: FlowContext, chosen: list[dict[str, Any]], shipping: int) -> bool:
    """Whether the amount only says how much the shipping is ("shipping, 79"); beside goods it is a sum of theirs."""
    amount = ctx.slots.get("amount")
    of_goods = {"line", "item"} & set(ctx.slots)
    if of_goods or not isinstance(amount, dict) or amount.get("kind", "exact") != "exact" or not shipping:
        return False
    alone = not any(int(entry["quantity"]) for entry in chosen)
    return alone and read_amount(amount, ctx.order, shipping, "amount") == (shipping, [])


def share_of(ctx: FlowContext, selection: Selection) -> dict[str, str]:
    """What a percentage was taken of, for the card; empty where no percentage was said."""
    if not _is_percent(ctx):
        return {}
    order = ctx.order
    values = [choice_value(order, order.line(line.line), line.quantity) for line in selection.lines]
    base = sum(values) if selection.lines else refundable_now(order)
    whole = "of the goods chosen" if selection.lines else "of all that is refundable"
    if selection.lines and shipping_left(order) > 0 and not selection.shipping:
        whole += "; shipping is not in it"
    percent = str(ctx.slots["amount"]["value"])
    shown = f"{format_minor(base, order.currency)} {order.currency}"
    return {"percent": percent, "base": shown, "whole": whole}


def suggestion(ctx: FlowContext, chosen: list[dict[str, Any]]) -> dict[str, Any]:
    """The suggested amount: the smaller of the choice's refundable amount and what is left on the order."""
    order = ctx.order
    value = sum(choice_value(order, order.line(e["line"]), int(e.get("quantity") or 0)) for e in chosen)
    most = min(value, refundable_now(order)) if chosen else refundable_now(order)
    return {"most": format_minor(most, order.currency), "currency": order.currency}


def _shipping(ctx: FlowContext) -> tuple[int, list[Any]]:
    order, said = ctx.order, ctx.slots.get("shipping")
    everything = (_is_full(ctx) or _is_less(ctx)) and not ctx.slots.get("line") and not ctx.slots.get("item")
    if not said:
        whole = everything or (ctx.slots.get("cancel_order") and _nothing_fulfilled(order))
        return (max(0, shipping_left(order)) if whole else 0), []
    left = max(0, shipping_left(order))
    amount, problems = read_amount(said, order, left, "shipping")
    if not order.shipping and said == {"kind": "full"} and {"line", "amount", "quantity"} & set(ctx.slots):
        return 0, []  # None was charged, and other things are given back.
    if left == 0 and not problems:
        asked = format_minor(amount or order.shipping, order.currency)
        limit = format_minor(0, order.currency)
        problems = [broken(Rule.SHIPPING_EXCEEDS_REMAINING, "shipping", limit=limit, value=asked)]
    return amount or 0, problems


def _nothing_fulfilled(order: Order) -> bool:
    return all(line.fulfilment not in FULFILLED for line in order.lines)
