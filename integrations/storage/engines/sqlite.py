"""SQLite: one writer thread with group commit, and a few readers.

Works that wait together share one transaction: each behind a savepoint, all durable with one COMMIT (WAL,
``synchronous=FULL``), and their callers hear of success only after it. A work that raises is taken back alone.
"""

from __future__ import annotations

import asyncio
import contextvars
import queue
import sqlite3
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from domain.ports import ConcurrentChange, StorageUnavailable
from integrations.storage.engines.contract import ReadOnlyTransaction, Task
from integrations.storage.engines.sqlite_file import connect, identity
from integrations.storage.engines.sqlite_link import SqliteLink, unavailable

T = TypeVar("T")

_RETRIES = 3
"""Works run one after the other: only one that brought something stale with it meets a change again and again."""


@dataclass(slots=True)
class _Request:
    """A work that waits for its transaction, and what came of it."""

    task: Task[Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    context: contextvars.Context = field(default_factory=contextvars.copy_context)
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Tell the caller (on its own loop)."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class SqliteEngine:
    """Transactions on one SQLite file."""

    def __init__(self, path: Path, *, read_only: bool, busy_seconds: float, group: int, readers: int) -> None:
        self._path, self._read_only, self._busy, self._group = path, read_only, busy_seconds, group
        self._opened_as = identity(path)
        self._queue: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_loop, name="sqlite-writer", daemon=True)
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="sqlite-reader")
        self._own = threading.local()
        self._opened: list[_Guarded] = []
        self._closed = False
        self._writer.start()

    def _guarded(self, *, writable: bool) -> _Guarded:
        return _Guarded(self._path, self._opened_as, writable=writable, busy_seconds=self._busy)

    async def read(self, task: Task[T]) -> T:
        """Run in a read transaction, on one state of the database. Raises StorageUnavailable."""
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        result: T = await loop.run_in_executor(self._readers, context.run, self._read, task)
        return result

    def _read(self, task: Task[T]) -> T:
        guarded: _Guarded | None = getattr(self._own, "connection", None)
        if guarded is None:
            guarded = self._own.connection = self._guarded(writable=False)
            self._opened.append(guarded)
        try:
            connection = guarded.open()
            connection.execute("begin")
            try:
                link = SqliteLink(connection, writable=False)
                result = task(link)
                if link.pending:
                    raise ReadOnlyTransaction("a read transaction cannot write")
                return result
            finally:
                connection.execute("rollback")
        except sqlite3.Error as error:
            raise guarded.failed(error) from error

    async def write(self, task: Task[T], *, alone: bool = False) -> T:
        """Run in a transaction and commit it. Raises StorageUnavailable.

        `alone` changes nothing: no work ever runs beside another here.
        """
        if self._closed:
            raise StorageUnavailable("the database is closed")
        if self._read_only:
            raise StorageUnavailable("the database was opened read-only", 60.0)
        loop = asyncio.get_running_loop()
        request = _Request(task, loop.create_future(), loop)
        self._queue.put(request)
        result: T = await request.future
        return result

    def _write_loop(self) -> None:
        guarded = self._guarded(writable=True)
        while (request := self._queue.get()) is not None:
            requests, ended = self._waiting_with(request)
            try:
                _commit_together(guarded, requests)
            except BaseException as error:
                failure = guarded.failed(error)
                for each in requests:
                    each.error = failure
            _settle(requests)
            if ended:
                break
        guarded.close()

    def _waiting_with(self, first: _Request) -> tuple[list[_Request], bool]:
        requests = [first]
        while len(requests) < self._group:
            try:
                request = self._queue.get_nowait()
            except queue.Empty:
                break
            if request is None:
                return requests, True
            requests.append(request)
        return requests, False

    async def close(self) -> None:
        """Let waiting works end and close all connections."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.to_thread(self._readers.shutdown)
        for guarded in self._opened:
            guarded.close()


class _Guarded:
    """A connection that is opened when it is needed, and again after it failed."""

    def __init__(
        self, path: Path, opened_as: tuple[int, int], *, writable: bool, busy_seconds: float
    ) -> None:
        self._path, self._opened_as = path, opened_as
        self._writable, self._busy = writable, busy_seconds
        self._connection: sqlite3.Connection | None = None

    def open(self) -> sqlite3.Connection:
        """Raises StorageUnavailable where the file has vanished or is another: writing would go to nowhere."""
        try:
            found = identity(self._path)
        except OSError as error:
            self.close()
            raise StorageUnavailable(f"the database cannot be used: {error}", 5.0) from error
        if found != self._opened_as:
            self.close()
            raise StorageUnavailable(
                "the database file was replaced: stop the desk before restoring one", 60.0
            )
        if self._connection is None:
            self._connection = connect(self._path, writable=self._writable, busy_seconds=self._busy)
        return self._connection

    def failed(self, error: BaseException) -> BaseException:
        """The error to tell callers; the connection starts afresh if it was about the database."""
        translated = unavailable(error)
        if translated is None:
            return error
        self.close()
        translated.__cause__ = error
        return translated

    def close(self) -> None:
        """Close it; an open transaction is rolled back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _commit_together(guarded: _Guarded, requests: Sequence[_Request]) -> None:
    """One transaction. Raises what concerns all of it; what concerns one work stays with that work."""
    connection = guarded.open()
    connection.execute("begin immediate")
    try:
        for request in requests:
            request.context.run(_run, connection, request)
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _run(connection: sqlite3.Connection, request: _Request) -> None:
    for attempt in range(_RETRIES):
        link = SqliteLink(connection, writable=True)
        try:
            request.result = request.task(link)
            link.keep()
            request.error = None
            return
        except BaseException as error:
            if unavailable(error) is not None or not connection.in_transaction:
                raise
            link.undo()
            request.error = error
            if not isinstance(error, ConcurrentChange) or attempt == _RETRIES - 1:
                return


def _settle(requests: Sequence[_Request]) -> None:
    """One hop to each loop for all callers that wait there."""
    for loop in {request.loop for request in requests}:
        mine = [request for request in requests if request.loop is loop]
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, mine)


def _settle_all(requests: Sequence[_Request]) -> None:
    for request in requests:
        request.settle()
