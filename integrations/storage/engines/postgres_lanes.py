"""Works that wait, and the lanes that take them in batches."""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from domain.ports import StorageUnavailable
from integrations.storage.engines.contract import Task
from integrations.storage.engines.postgres_connections import ConnectionLost
from integrations.storage.engines.postgres_link import Fibre, PostgresLink


@dataclass(slots=True, eq=False)
class Request:
    """A work that waits for its transaction."""

    task: Task[Any]
    future: asyncio.Future[Any]
    context: contextvars.Context = field(default_factory=contextvars.copy_context)
    conflicts: int = 0
    losses: int = 0
    waited: bool = False
    """It has stood back once for another work that was reading the same row."""

    def fibre(self, *, writable: bool) -> Fibre:
        """The work, ready to run from its start."""
        return Fibre(self.task, PostgresLink(writable=writable), self.context.copy())

    def succeed(self, result: Any) -> None:
        """Tell the caller."""
        if not self.future.done():
            self.future.set_result(result)

    def fail(self, error: BaseException) -> None:
        """Tell the caller."""
        if isinstance(error, ConnectionLost):
            error = StorageUnavailable(f"the database cannot be reached: {error}", 2.0)
        if not self.future.done():
            self.future.set_exception(error)


class Lanes:
    """A queue that up to `count` batches are taken from at a time.

    While a batch is under way, the next gathers: one large batch costs far less than two small ones side by side.
    Another lane opens where a full batch waits, or where something has waited for `patience` seconds.
    """

    def __init__(
        self,
        count: int,
        size: int,
        process: Callable[[list[Request]], Awaitable[None]],
        *,
        patience: float = 0.0,
    ) -> None:
        self._count, self._size, self._process, self._patience = count, size, process, patience
        self._waiting: deque[Request] = deque()
        self._busy = 0
        self._relief: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def put(self, request: Request) -> None:
        """Queue a request; it starts at once where all lanes are free."""
        self._waiting.append(request)
        if not self._busy or not self._patience or len(self._waiting) >= self._size:
            self._open()
        elif self._relief is None and self._busy < self._count:
            self._relief = asyncio.get_running_loop().call_later(self._patience, self._relieve)

    def _relieve(self) -> None:
        self._relief = None
        if self._waiting:
            self._open()

    def _open(self) -> None:
        if self._busy < self._count:
            self._busy += 1
            lane = asyncio.get_running_loop().create_task(self._run())
            self._tasks.add(lane)
            lane.add_done_callback(self._tasks.discard)

    async def _run(self) -> None:
        batch: list[Request] = []
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(self._size, len(self._waiting)))]
                await self._process(batch)
        except BaseException as error:
            for request in batch:
                request.fail(error)
            raise
        finally:
            # Counted here and not when the task is done: a request put in between would wait for ever.
            self._busy -= 1

    async def close(self) -> None:
        """Wait for what is queued."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
