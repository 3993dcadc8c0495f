"""What is done every so often beside the jobs: sealing the audit chain, expiring proposals, settlements."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)
Chore = Callable[[], Awaitable[object]]
"""Idempotent: every replica does it, and a run that failed is simply followed by the next."""


@dataclass(frozen=True, slots=True)
class _Entry:
    seconds: float
    chore: Chore
    name: str


class Chores:
    """Chores and how often each is done."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []

    def add(self, seconds: float, chore: Chore, name: str | None = None) -> None:
        """Do `chore` every so many seconds, the first time at once."""
        if seconds <= 0:
            raise ValueError(f"every {seconds} seconds is no interval")
        self._entries.append(_Entry(seconds, chore, name or str(getattr(chore, "__name__", chore))))

    async def once(self) -> None:
        """Each chore once, in order. Failures are logged and do not keep others from being done."""
        for entry in self._entries:
            await _do(entry)

    def start(self) -> list[asyncio.Task[None]]:
        """A task per chore that repeats it until cancelled."""
        return [asyncio.create_task(_repeat(entry), name=entry.name) for entry in self._entries]


async def _repeat(entry: _Entry) -> None:
    while True:
        await _do(entry)
        await asyncio.sleep(entry.seconds)


async def _do(entry: _Entry) -> None:
    try:
        await entry.chore()
    except Exception:
        log.exception("housekeeping %s failed; it is tried again later", entry.name)
