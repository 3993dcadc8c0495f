"""A piece of a message with its meaning: the unit in which everything else hands text on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start:end`` of a message, what kind of thing they name, and its value."""

    kind: str
    start: int
    end: int
    text: str
    value: Any


def is_name(span: Span) -> bool:
    """Whether an order is named by its customer, not by its number."""
    return span.kind == "order" and span.value != span.text


def masked(text: str, spans: Iterable[Span]) -> str:
    """`text` with the spans blanked out, every other character at its place."""
    for span in spans:
        text = text[: span.start] + "\x00" * (span.end - span.start) + text[span.end :]
    return text
