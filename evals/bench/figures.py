"""What a row measures: figures with their bars, and the small statistics behind them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One number against its bar. `value` is None where it cannot be measured yet, which counts as short."""

    name: str
    value: float | None
    bar: float
    at_least: bool
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether the bar is reached."""
        if self.value is None:
            return False
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def line(self) -> str:
        """``name value bar ok|short``, and what there is to say about it."""
        value = "-" if self.value is None else f"{self.value:.3f}"
        bar = f"{'>=' if self.at_least else '<='}{self.bar:g}"
        tail = f"  # {self.note}" if self.note else ""
        return f"{self.name} {value} {bar} {'ok' if self.ok else 'short'}{tail}"


@dataclass(slots=True)
class Measured:
    """What a row found: a table for people and the figures."""

    figures: list[Figure]
    head: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return float(statistics.median(values))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies; `share` from 0 to 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def ms(seconds: float) -> str:
    """Seconds as milliseconds for a table."""
    return f"{seconds * 1000:.2f} ms"


def spread(values: Sequence[float]) -> str:
    """Median with the least and the greatest, so that a disturbed run shows."""
    return f"{median(values):.3f} ({min(values):.3f}–{max(values):.3f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as they need to be."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
