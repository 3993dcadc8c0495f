"""A token bucket per caller, in memory: each process counts for itself."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_CALLERS = 10_000


class Rate:
    """`per_second` requests on average, `burst` at once; 0 per second: no limit."""

    def __init__(
        self, per_second: float, burst: int | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_second, self._now = per_second, now
        self._burst = float(burst if burst is not None else max(1, round(per_second * 2)))
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> float:
        """0 where the caller may go on, else the seconds to wait."""
        if self.per_second <= 0:
            return 0.0
        now = self._now()
        level, at = self._buckets.pop(caller, (self._burst, now))
        level = min(self._burst, level + (now - at) * self.per_second)
        allowed = level >= 1
        self._buckets[caller] = (level - 1 if allowed else level, now)
        if len(self._buckets) > _MOST_CALLERS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - level) / self.per_second
