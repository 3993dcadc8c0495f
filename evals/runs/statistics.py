"""The small statistics of a run: shares with Wilson's interval, pass^k with a bootstrap interval, percentiles."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
RESAMPLES, SEED = 1000, 20260615


def wilson(passed: int, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; of nothing, everything is possible.

    >>> [round(end, 3) for end in wilson(9, 10)]
    [0.596, 0.982]
    """
    if count == 0:
        return 0.0, 1.0
    share, z2 = passed / count, Z * Z
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = Z * math.sqrt(share * (1 - share) / count + z2 / (4 * count * count)) / (1 + z2 / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def pass_hat(passed: int, attempts: int, k: int) -> float:
    """The chance that k attempts, drawn of these, all passed: C(passed, k) / C(attempts, k).

    >>> pass_hat(3, 4, 2)
    0.5
    """
    return math.comb(passed, k) / math.comb(attempts, k)


def pass_hat_interval(cases: Sequence[tuple[int, int]], k: int) -> tuple[float, float, float]:
    """pass^k over cases of (passed, attempts), with a 95 % interval by resampling cases; the same in every run."""
    values = [pass_hat(passed, attempts, k) for passed, attempts in cases]
    mean = sum(values) / len(values)
    draw = random.Random(SEED)
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
    return mean, means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies; 0 of nothing.

    >>> percentile([3, 1, 2], 0.5)
    2
    """
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of nothing."""
    return sum(values) / len(values) if values else 0.0
