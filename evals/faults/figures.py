"""What `make faults` measures: figures with a bar each, made by parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number and the bar it has to reach; `most`: it must not be above the bar."""

    name: str
    value: int
    bar: int
    most: bool = False

    @property
    def ok(self) -> bool:
        """Whether it reaches its bar."""
        return self.value <= self.bar if self.most else self.value >= self.bar

    def __str__(self) -> str:
        return f"{self.name} {self.value} {self.bar} {'ok' if self.ok else 'short'}"


@dataclass(frozen=True)
class Scale:
    """How much of everything: 1.0 is the full run."""

    share: float = 1.0

    def of(self, full: int) -> int:
        """That share of a number, 1 at least."""
        return max(1, round(full * self.share))


Part = Callable[[Scale], Sequence[Figure]]
"""Runs, prints its tables, and returns its figures."""
