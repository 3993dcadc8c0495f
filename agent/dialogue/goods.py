"""Goods that were named before the order was known: looked up on it once it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agent.commands import Command
from agent.dialogue.view import order_view
from agent.reading.goods.items import mentions_of
from domain.orders.model import Order


def said_of(commands: Iterable[Command], order: Order) -> set[str]:
    """The slots that were said in one breath with the order, and so are of it; lines only where its goods are named."""
    said: set[str] = set()
    for command in commands:
        if "order" in command.slots:
            said |= set(command.slots)
        line = command.slots.get("line")
        if line is not None and isinstance(line.value, list):
            named = mentions_of(line.span, order_view(order).lines)
            fits = {found for mention in named for found in mention.lines}
            said -= set() if {str(entry.get("line")) for entry in line.value} <= fits else {"line"}
    return said


def same_goods(entries: Any, before: Order, now: Order) -> list[dict[str, Any]]:
    """The lines of another order that are called as those meant of the first ("that was Liam's, I meant 3321").

    Empty unless each has just one such line, with as many units as were said; sums told line by line are of the first.
    """
    found: list[dict[str, Any]] = []
    for entry in entries if isinstance(entries, list) else []:
        name = _name(before, str(entry["line"]))
        fits = [line for line in now.lines if _name(now, line.id) == name]
        units = entry.get("quantity")
        if len(fits) != 1 or entry.get("amount") or (isinstance(units, int) and units > fits[0].quantity):
            return []
        found.append({**entry, "line": fits[0].id})
    return found


def _name(order: Order, line: str) -> str:
    named = order.line(line)
    return f"{named.title} {named.variant}".strip().casefold()


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
