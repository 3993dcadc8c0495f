"""Goods that are spoken of, and whether a return of the order is about them."""

from __future__ import annotations

from dataclasses import replace

from agent.reading.goods.items import mentions_of
from agent.reading.view import TurnView
from agent.reading.words.act import Open

_UNDER_WAY = frozenset({"approved", "in_transit", "received"})


def with_return_of(now: Open, view: TurnView, text: str) -> Open:
    """What is open, without a return that is under way with other goods than those that are named."""
    order = view.order or (view.orders[0] if len(view.orders) == 1 else None)
    if order is None or not (now.open_return or now.received_return) or now.busy or now.other_order:
        return now
    under_way = [item for item in order.returns if item.get("status") in _UNDER_WAY]
    if not all(item.get("lines") for item in under_way):
        return now
    inside = {line for item in under_way for line in item["lines"].split(",")}
    mentions = [one for one in mentions_of(text, order.lines) if one.sure]
    named = {line for one in mentions for line in one.lines}
    if not named or named & inside:
        return now
    return replace(now, open_return=False, received_return=False)
