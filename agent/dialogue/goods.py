"""Goods that were named before the order was known: looked up on it once it is."""

from __future__ import annotations

from typing import Any

from agent.dialogue.view import order_view
from agent.reading.items import mentions_of
from domain.orders.model import Order


def name_goods(slots: dict[str, Any], order: Order) -> None:
    """Turn the words of ``item`` into ``line`` where they name one line of the order, else into candidates."""
    item = slots.get("item")
    if not isinstance(item, dict) or item.get("candidates") or slots.get("line"):
        return
    mentions = mentions_of(str(item.get("text") or ""), order_view(order).lines)
    named = list(dict.fromkeys(line for mention in mentions for line in mention.lines))
    if len(named) == 1:
        slots.pop("item")
        slots["line"] = [{"line": named[0], "quantity": slots.pop("quantity", None), "amount": None}]
    elif named:
        slots["item"] = {**item, "candidates": named[:3]}
