"""What a turn is doing, for a channel that shows it while it is being done."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

Steps = Callable[[str], None]
"""Called with the name of each step when it begins: ``read``, ``read_done``, then the names of tools."""

watching: ContextVar[Steps | None] = ContextVar("watching", default=None)
"""Set by a channel around a turn; whatever the turn starts inherits it."""


def step(name: str) -> None:
    """A step of the present turn begins."""
    told = watching.get()
    if told is not None:
        told(name)
