"""The questions which goods and how many."""

from __future__ import annotations

from agent.flows.step import Ask, Choice, FlowContext
from domain.money import format_minor
from domain.orders.model import Line, Order
from domain.orders.value import (
    choice_value,
    line_state,
    refundable_now,
)


def refundable_lines(order: Order) -> list[Line]:
    """Lines with units or money that a direct refund can take."""
    return [line for line in order.lines if line_state(order, line).refundable_amount > 0]


def ask_line(ctx: FlowContext, lines: list[Line]) -> Ask:
    """Which of `lines`; of all that can be refunded where there are none."""
    order = ctx.order
    shown = lines or refundable_lines(order)
    choices = []
    for line in shown[:8]:
        left = line_state(order, line).refundable_quantity
        worth = choice_value(order, line, left)
        value = [{"line": line.id, "quantity": left if left == 1 else None}]
        detail = f"{left} left, {format_minor(worth, order.currency)} {order.currency}"
        choices.append(Choice(_name(line), value, say=line.title, detail=detail))
    if len(shown) > 1 and not lines:
        worth = refundable_now(order)
        detail = f"{format_minor(worth, order.currency)} {order.currency}"
        choices.append(Choice("Everything", "everything", say="everything", detail=detail))
    return Ask("line", "ask_line", {"order": order.number}, choices)


def _name(line: Line) -> str:
    return f"{line.title}, {line.variant}" if line.variant else line.title


def ask_quantity(ctx: FlowContext, line: Line, left: int) -> Ask:
    """How many of a line's units that are `left`."""
    order = ctx.order
    counts = [1, left] if left > 4 else list(range(1, left + 1))
    choices = [
        Choice(
            f"{n} of {left}" if n < left else f"All {left}",
            n,
            say=str(n),
            detail=f"{format_minor(choice_value(order, line, n), order.currency)} {order.currency}",
        )
        for n in counts
    ]
    return Ask("quantity", "ask_quantity", {"item": _name(line), "left": left}, choices)
