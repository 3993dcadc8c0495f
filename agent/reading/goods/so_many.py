"""What so many units can be of: goods that the words fit alike are told apart by how many the order has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from agent.reading.goods.items import Mention, mentions_of
from agent.reading.view import LineView

_NEAR = 30


def more_of_chosen(said: str, number: int, lines: list[LineView], chosen: list[str]) -> str | None:
    """The line chosen before, where so many ("the other three candles") can be of no other."""
    if any(line.quantity >= number for line in lines if line.id not in chosen):
        return None
    fits = [line for line in lines if line.id in chosen and line.quantity >= number]
    return fits[0].id if len(fits) == 1 and mentions_of(said[:_NEAR], fits) else None


def of_so_many(mention: Mention, quantity: Any, sizes: dict[str, int]) -> Mention:
    """Of lines that the words fit alike the one that has so many units ("three soaps", with one soap dish)."""
    if mention.sure or not isinstance(quantity, int) or quantity < 2:
        return mention
    fits = [line for line in mention.lines if sizes.get(line, 0) >= quantity]
    return replace(mention, lines=fits, sure=True) if len(fits) == 1 else mention
