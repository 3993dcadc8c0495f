"""How a job's run ended, and how long to wait before the next."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.ports import Job


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Again:
    """To be run again later. `bounded` runs end in the dead letters once the attempts are used up.

    An unbounded run waits for something that is on its way; its handler decides when to stop waiting.
    """

    error: str
    seconds: float | None = None
    """None: as the back-off says."""
    at_least: float = 0.0
    """Seconds somebody outside asked to be left alone for; the wait is no shorter."""
    bounded: bool = True


@dataclass(frozen=True, slots=True)
class Dead:
    """No further attempt is any use: a person has to look."""

    error: str


Outcome = Done | Again | Dead
Handler = Callable[[Job], Awaitable[Outcome | None]]
"""Runs a job; None is as good as Done. It must bear being run again from the start, and by two workers at once.

A handler with a `timeout_seconds` attribute says how long one call of its own to the outside may take.
"""


@dataclass(frozen=True, slots=True)
class BackOff:
    """Seconds between attempts: `first`, then `factor` times more each time up to `most`, spread by `jitter`.

    With 8 attempts the defaults try for a little under two hours.
    """

    first: float = 2.0
    factor: float = 4.0
    most: float = 3600.0
    jitter: float = 0.25

    def seconds(self, attempts: int, dice: random.Random) -> float:
        """How long to wait after that many attempts (1 or more)."""
        plain = min(self.most, self.first * self.factor ** min(attempts - 1, 32))
        return plain * (1 + self.jitter * dice.uniform(-1, 1))
