"""Turns that are being worked on: they go on when a client goes away, and can be listened to meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from agent.messages import Reply

TICK_SECONDS = 1.0
_KEPT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Progress:
    """It is being worked on, for so many seconds now."""

    step: str
    seconds: int


class Turns:
    """One task an event. A second request for the same event listens to the first one's task."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[Reply]] = {}

    def start(self, event_id: str, work: Callable[[], Awaitable[Reply]]) -> asyncio.Task[Reply]:
        """Begin, unless it was begun; what failed is begun again."""
        task = self._running.get(event_id)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            task = asyncio.ensure_future(_run(work))
            self._running[event_id] = task
            task.add_done_callback(lambda done: self._ended(event_id, done))
        return task

    def get(self, event_id: str) -> asyncio.Task[Reply] | None:
        """The task of an event that is worked on, or ended a moment ago."""
        return self._running.get(event_id)

    def _ended(self, event_id: str, task: asyncio.Task[Reply]) -> None:
        if not task.cancelled():
            task.exception()  # seen, even if nobody listens any more
        asyncio.get_running_loop().call_later(_KEPT_SECONDS, self._forget, event_id, task)

    def _forget(self, event_id: str, task: asyncio.Task[Reply]) -> None:
        if self._running.get(event_id) is task:
            del self._running[event_id]

    async def close(self) -> None:
        """Let running turns end."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)


async def _run(work: Callable[[], Awaitable[Reply]]) -> Reply:
    return await work()


async def followed(task: asyncio.Task[Any]) -> AsyncIterator[Progress]:
    """Progress until the task is done. The task itself is never cancelled by its listeners."""
    yield Progress("received", 0)
    seconds = 0
    while not task.done():
        await asyncio.wait({task}, timeout=TICK_SECONDS)
        if not task.done():
            seconds += 1
            yield Progress("working", seconds)
