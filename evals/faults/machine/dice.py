"""Choices of one step, in words. Hypothesis draws one number a step; the dice roll from it.

Drawing each choice from hypothesis would shrink further, but its taste for small and repeated numbers keeps most runs
from the deep states. So failures shrink to few steps, and the trail says what each step did.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
_SEEDS = st.integers(0, 2**32 - 1)


class Dice:
    """Rolls of one step."""

    salt = turn = 0
    """The batch and the step: hypothesis likes to repeat itself, and the same number again is another roll."""

    def __init__(self, data: st.DataObject) -> None:
        Dice.turn += 1
        self._random = random.Random(f"{Dice.salt} {Dice.turn} {data.draw(_SEEDS)}")
        self.careful = False
        """Whether mistakes are made only now and then: whoever wants to get somewhere."""

    def upto(self, most: int) -> int:
        """0 to `most`."""
        return self._random.randint(0, most) if most > 0 else 0

    def between(self, least: int, most: int) -> int:
        """Both included."""
        return least + self.upto(most - least)

    def one_of(self, things: Sequence[T]) -> T:
        """Any of them."""
        return self._random.choice(things)

    def weighted(self, things: Mapping[T, int]) -> T:
        """Any of them, as often as its weight says."""
        return self._random.choices(list(things), list(things.values()))[0]

    def rarely(self, percent: int = 10) -> bool:
        """True about so often."""
        return self._random.random() * 100 < percent

    def flaw(self, percent: int) -> bool:
        """True about so often, when something is to be wrong."""
        return self.rarely(percent // 6 if self.careful else percent)

    def good_or(self, good: Sequence[T], wrong: Sequence[T]) -> T:
        """Mostly something good."""
        return self.one_of(wrong) if self.flaw(30) else self.one_of(good)

    def near(self, limit: int) -> int:
        """An amount at, around, or well within a limit."""
        within = (limit, limit, max(1, limit // 2), min(1, limit), max(min(1, limit), limit - 1))
        return self.good_or(within, (limit + 1, limit + 1, 1))
