"""Moving a thing along its transition table. The tables are data beside their things; this is the one mover."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


class IllegalTransition(Exception):
    """The table does not lead from here to there."""

    def __init__(self, thing: str, source: str, target: str) -> None:
        super().__init__(f"{thing} cannot go from {source} to {target}")
        self.thing, self.source, self.target = thing, source, target


S = TypeVar("S", bound=StrEnum)


def move(thing: str, table: Mapping[S, frozenset[S]], source: S, target: S) -> S:
    """The new state. Raises IllegalTransition."""
    if target not in table[source]:
        raise IllegalTransition(thing, source, target)
    return target
