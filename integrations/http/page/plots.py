"""Plots as inline SVG, drawn on the server: where each bar stands; templates/plots/ draw them. No script, no style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

WIDTH, HEIGHT, GAP = 720, 150, 0.25
"""Of a plot over time, in its own units; it scales with the page."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, and what it says to those who point at it or have it read out."""

    x: float
    y: float
    width: float
    height: float
    says: str


@dataclass(slots=True)
class OverTime:
    """Bars by day, with the first and last day and the highest value below and beside them."""

    bars: list[Bar] = field(default_factory=list)
    first: str = ""
    last: str = ""
    highest: str = ""
    says: str = ""


def over_time(values: dict[str, int], since: date, until: date, show: dict[str, str], what: str) -> OverTime:
    """A bar for each day of the period (`until` not included) that has a value; by week in a long period.

    `values` and what `show` says of each go by day, ``2026-03-02``.
    """
    days = max(1, (until - since).days)
    step = WIDTH / days
    most = max(values.values(), default=0)
    bars = []
    for number in range(days):
        day = (since + timedelta(days=number)).isoformat()
        value = values.get(day, 0)
        if value <= 0:
            continue
        height = round(max(2.0, HEIGHT * value / most), 2)
        width = round(max(0.8, step * (1 - GAP)), 2)
        bars.append(
            Bar(round(number * step, 2), round(HEIGHT - height, 2), width, height, f"{day}: {show[day]}")
        )
    top = next((show[day] for day, value in values.items() if value == most), "")
    last = (until - timedelta(days=1)).isoformat()
    said = f"{what} by day, {since.isoformat()} to {last}; the most on a day: {top or 'none'}"
    return OverTime(bars, since.isoformat(), last, top, said)


@dataclass(frozen=True, slots=True)
class Share:
    """A row of a table with its share of the longest as a bar, 0 to 100."""

    label: str
    detail: str
    value: str
    length: float


def shares(rows: Sequence[tuple[str, str, str, int]]) -> list[Share]:
    """Label, detail, value as shown, and its size."""
    most = max((size for *_, size in rows), default=0)
    return [
        Share(label, detail, value, round(100 * size / most, 2) if most > 0 else 0.0)
        for label, detail, value, size in rows
    ]
