"""Everything on an order."""

from __future__ import annotations

from agent.reading.facts.slots import Slots
from agent.reading.view import OrderView


def whole(slots: Slots, order: OrderView | None) -> None:
    """Everything on the order is an amount, and no list of lines ("refund all items"); so is an order placed twice."""
    lines = slots["line"].value if "line" in slots else []
    full = "amount" in slots and slots["amount"].value == {"kind": "full"}
    reason = slots.get("reason")
    twice = reason is not None and reason.value == "duplicate" and (full or "amount" not in slots)
    if (
        (twice or (full and len(lines) > 1))
        and order
        and len(lines) == len(order.lines)
        and not any(e["quantity"] or e["amount"] for e in lines)
    ):
        slots.pop("line")
