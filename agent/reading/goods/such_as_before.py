"""The goods of the last refund on another order, where the same is wished for there ("same again on 8153")."""

from __future__ import annotations

from typing import Any

from agent.reading.view import LastView, OrderView


def such_goods(last: LastView, order: OrderView) -> list[dict[str, Any]]:
    """The goods of the last refund on another order; nothing unless it has each of them once, and as many."""
    lines: list[dict[str, Any]] = []
    for goods in last.goods:
        name, units = goods["name"], goods["quantity"]
        fits = [line for line in order.lines if f"{line.title} {line.variant}".strip().casefold() == name]
        if len(fits) != 1 or (units or 0) > fits[0].quantity:
            return []
        lines.append({"line": fits[0].id, "quantity": units, "amount": None})
    return lines
