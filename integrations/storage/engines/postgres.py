"""PostgreSQL: works that wait together share a transaction, their look-ups and their writes.

Up to `size` works run side by side in one READ COMMITTED transaction: like look-ups become one query, and what they
write goes out at the end with one statement a table. Each write is guarded by what its work has read, so the works
are optimistic transactions like those of another process; two of one batch that write the same row are told apart
beforehand. Where a guard fails, the transaction is rolled back and its works run again, each on its own if it
happens twice. Nobody is told of success before the COMMIT.
"""

from __future__ import annotations

import asyncio
import contextvars
import random
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

import asyncpg

from domain.ports import ConcurrentChange, StorageUnavailable
from integrations.storage.engines.contract import RETRIES, ReadOnlyTransaction, Task
from integrations.storage.engines.postgres_commit import committed
from integrations.storage.engines.postgres_connections import ConnectionLost, Connections
from integrations.storage.engines.postgres_drive import drive
from integrations.storage.engines.postgres_lanes import Lanes, Request
from integrations.storage.engines.postgres_link import Fibre, PostgresLink
from integrations.storage.flushing import flush
from integrations.storage.link import Pending

T = TypeVar("T")

_BATCH_SECONDS = 15.0
_PAUSE_SECONDS = 0.2
_PATIENCE_SECONDS = 0.05
"""How long works wait for the batch before them until they go beside it (it may stand before somebody's lock)."""
_LOSSES = 3
"""How many connections may break under a work before its caller hears of it."""


_WRITE = "begin"
_READ = "begin isolation level repeatable read, read only"


class PostgresEngine:
    """Transactions on one PostgreSQL database."""

    def __init__(
        self,
        dsn: str,
        *,
        connections: int,
        size: int,
        write_lanes: int,
        read_lanes: int,
        connect_seconds: float,
    ) -> None:
        self._connections = Connections(dsn, connections, connect_seconds)
        self._writes = Lanes(write_lanes, size, self._write_batch, patience=_PATIENCE_SECONDS)
        self._reads = Lanes(read_lanes, size, self._read_batch)
        self._tasks: set[asyncio.Task[None]] = set()

    async def read(self, task: Task[T]) -> T:
        """Run in a read transaction, on one state of the database. Raises StorageUnavailable."""
        request = Request(task, asyncio.get_running_loop().create_future())
        self._reads.put(request)
        result: T = await request.future
        return result

    async def write(self, task: Task[T], *, alone: bool = False) -> T:
        """Run in a transaction and commit; `alone` shares it with no other task. Raises StorageUnavailable."""
        request = Request(task, asyncio.get_running_loop().create_future())
        if alone:
            self._start(self._alone(request))
        else:
            self._writes.put(request)
        result: T = await request.future
        return result

    async def close(self) -> None:
        """Let running transactions end and close all connections."""
        await self._writes.close()
        await self._reads.close()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._connections.close()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write_batch(self, requests: list[Request]) -> None:
        batch = _Batch(requests)

        async def work(connection: asyncpg.Connection) -> None:
            async with asyncio.timeout(_BATCH_SECONDS):
                left = await drive(connection, list(batch.fibres), alone=False)
                for fibre in left.writing:
                    self._start(self._alone(batch.fibres.pop(fibre), fibre))
                batch.set_aside(left.waiting)
                batch.sort()
                if batch.winners:
                    await _flush(connection, [fibre.link.pending for fibre in batch.winners])

        try:
            await committed(self._connections, _WRITE, work)
        except Exception as error:
            await self._again(list(batch.fibres.values()), error)
        else:
            for fibre, request in batch.winners.items():
                request.succeed(fibre.result)
        for request in batch.behind:
            self._writes.put(request)

    async def _again(self, requests: Sequence[Request], error: Exception) -> None:
        """After a batch was rolled back: its works run again, or hear why not."""
        for request in requests:
            if isinstance(error, StorageUnavailable):
                request.fail(error)
            elif isinstance(error, ConnectionLost) and request.losses + 1 < _LOSSES:
                request.losses += 1
                self._writes.put(request)
            elif isinstance(error, ConnectionLost):
                request.fail(error)
            elif isinstance(error, ConcurrentChange) and request.conflicts == 0:
                request.conflicts += 1
                self._writes.put(request)
            else:
                self._start(self._alone(request))
        if isinstance(error, ConnectionLost):
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _alone(self, request: Request, started: Fibre | None = None) -> None:
        """A transaction for one work; `started` goes on where it is."""
        while True:
            fibre = started or request.fibre(writable=True)
            started = None

            async def work(connection: asyncpg.Connection, fibre: Fibre = fibre) -> Any:
                await drive(connection, [fibre], alone=True)
                if fibre.error is not None:
                    raise fibre.error
                if fibre.link.pending:
                    await _flush(connection, [fibre.link.pending])
                return fibre.result

            try:
                request.succeed(await committed(self._connections, _WRITE, work))
                return
            except Exception as error:
                pause = _pause_before_retry(request, error)
                if pause is None:
                    request.fail(error)
                    return
            await asyncio.sleep(pause)

    async def _read_batch(self, requests: list[Request]) -> None:
        fibres = {request.fibre(writable=False): request for request in requests}

        async def work(connection: asyncpg.Connection) -> None:
            async with asyncio.timeout(_BATCH_SECONDS):
                await drive(connection, list(fibres), alone=True)

        try:
            await committed(self._connections, _READ, work)
        except Exception as error:
            await self._read_again(requests, error)
            return
        for fibre, request in fibres.items():
            if fibre.error is None and fibre.link.pending:
                fibre.error = ReadOnlyTransaction("a read transaction cannot write")
            if fibre.error is None:
                request.succeed(fibre.result)
            else:
                request.fail(fibre.error)

    async def _read_again(self, requests: Sequence[Request], error: Exception) -> None:
        for request in requests:
            if isinstance(error, ConnectionLost) and request.losses + 1 < _LOSSES:
                request.losses += 1
                self._reads.put(request)
            elif isinstance(error, (ConnectionLost, StorageUnavailable)) or len(requests) == 1:
                request.fail(error)
            else:
                self._start(self._read_batch([request]))
        if isinstance(error, ConnectionLost):
            await asyncio.sleep(_PAUSE_SECONDS)


class _Batch:
    """Works side by side in one transaction."""

    def __init__(self, requests: Sequence[Request]) -> None:
        self.fibres = {request.fibre(writable=True): request for request in requests}
        """Those of which nobody has been told anything."""
        self.winners: dict[Fibre, Request] = {}
        self.behind: list[Request] = []
        """Those that would write what a winner writes: they run again after it."""
        for fibre, request in self.fibres.items():
            fibre.may_wait = not request.waited

    def set_aside(self, fibres: Sequence[Fibre]) -> None:
        """They run again after this batch, and then stand back no more."""
        for fibre in fibres:
            request = self.fibres.pop(fibre)
            request.waited = True
            self.behind.append(request)

    def sort(self) -> None:
        """Tell those that have nothing to write; the first to write a row is a winner."""
        claimed: set[tuple[str, ...]] = set()
        for fibre, request in list(self.fibres.items()):
            pending = fibre.link.pending
            if fibre.error is None and pending and claimed.isdisjoint(pending.claims):
                claimed |= pending.claims
                self.winners[fibre] = request
                continue
            del self.fibres[fibre]
            if isinstance(fibre.error, ConcurrentChange) and request.conflicts < RETRIES:
                request.conflicts += 1
                self.behind.append(request)
            elif fibre.error is not None:
                request.fail(fibre.error)
            elif pending:
                self.behind.append(request)
            else:
                request.succeed(fibre.result)


async def _flush(connection: asyncpg.Connection, pendings: Sequence[Pending]) -> None:
    """Raises ConcurrentChange."""
    fibre = Fibre(lambda link: flush(link, pendings), PostgresLink(writable=True), contextvars.copy_context())
    await drive(connection, [fibre], alone=True)
    if fibre.error is not None:
        raise fibre.error


def _pause_before_retry(request: Request, error: Exception) -> float | None:
    """Seconds until a work that ran alone runs again; None when it does not."""
    if isinstance(error, ConcurrentChange) and request.conflicts < RETRIES:
        request.conflicts += 1
        return random.random() * 0.005 * (1 << min(request.conflicts, 4))
    if isinstance(error, ConnectionLost) and request.losses + 1 < _LOSSES:
        request.losses += 1
        return _PAUSE_SECONDS
    return None
