"""What the samples of a run say: whether anything grew after the warm-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.bench.figures import Figure, median
from evals.bench.process import Holding

MEMORY_RATIO, MORE_FILES, MORE_THREADS = 1.10, 5, 5
LEAST = 12
"""Samples, for a sixth of them to be two."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment: what the server held, and the turns since the sample before."""

    second: float
    held: Holding
    turns: int = 0
    half_ms: float = 0.0
    """The middle turn."""
    slow_ms: float = 0.0
    """The 95th of a hundred."""
    errors: int = 0


class TooShort(ValueError):
    """Too few samples to tell growth from chance."""


def judged(samples: Sequence[Sample]) -> list[Figure]:
    """Memory, files and threads of the last third against the second sixth; the first sixth is the warm-up.

    Medians, so that one sample taken in the middle of something says nothing. Raises TooShort.
    """
    if len(samples) < LEAST:
        raise TooShort(f"{len(samples)} samples, {LEAST} are needed")
    memory, files, threads = (
        _ends(samples, lambda held: held.memory),
        _ends(samples, lambda held: held.files),
        _ends(samples, lambda held: held.threads),
    )
    ratio = memory[1] / memory[0]
    note = f"{memory[0] / 1e6:.0f} MB, then {memory[1] / 1e6:.0f} MB"
    return [
        Figure("soak_memory_ratio", ratio, MEMORY_RATIO, False, note),
        Figure("soak_more_files", files[1] - files[0], MORE_FILES, False, f"{files[0]:g}, then {files[1]:g}"),
        Figure(
            "soak_more_threads",
            threads[1] - threads[0],
            MORE_THREADS,
            False,
            f"{threads[0]:g}, then {threads[1]:g}",
        ),
        Figure("soak_errors", sum(each.errors for each in samples), 0, False),
        Figure("soak_turns", sum(each.turns for each in samples), 1, True),
    ]


def _ends(samples: Sequence[Sample], what: Callable[[Holding], int]) -> tuple[float, float]:
    count = len(samples)
    early, late = samples[count // 6 : count // 3], samples[-(count // 3) :]
    return median([what(each.held) for each in early]), median([what(each.held) for each in late])
