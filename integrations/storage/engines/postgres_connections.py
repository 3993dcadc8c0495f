"""Connections to PostgreSQL, and what its errors mean."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from domain.ports import ConcurrentChange, StorageUnavailable

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
    EOFError,
)
_REFUSED = (
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.PostgresIOError,
)
_SETTINGS = {
    "application_name": "returns-desk",
    "jit": "off",
    # Everything here is looked up by key, often before statistics exist: index by index is the plan to keep.
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
}


class ConnectionLost(Exception):
    """The connection broke; what was not committed is gone."""


def translated(error: BaseException) -> BaseException:
    """A driver's error as ConnectionLost, StorageUnavailable, ConcurrentChange, or unchanged."""
    if isinstance(error, (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)):
        return ConcurrentChange(str(error))
    if isinstance(error, _REFUSED):
        return StorageUnavailable(f"the database cannot be used: {error}", 2.0)
    if isinstance(error, _LOST) and not isinstance(error, ValueError):
        return ConnectionLost(f"{type(error).__name__}: {error}")
    return error


class Connections:
    """Up to `limit` connections, opened when needed and kept."""

    def __init__(self, dsn: str, limit: int, connect_seconds: float) -> None:
        self._dsn, self._timeout = dsn, connect_seconds
        self._free = asyncio.Semaphore(limit)
        self._idle: list[asyncpg.Connection] = []
        self._closed = False

    @asynccontextmanager
    async def use(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection outside a transaction; one that was left inside is closed. Raises ConnectionLost."""
        if self._closed:
            raise StorageUnavailable("the database is closed")
        async with self._free:
            connection = await self._take()
            try:
                yield connection
            finally:
                if connection.is_closed() or connection.is_in_transaction() or self._closed:
                    connection.terminate()
                else:
                    self._idle.append(connection)

    async def _take(self) -> asyncpg.Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
        try:
            return await asyncpg.connect(
                self._dsn,
                timeout=self._timeout,
                statement_cache_size=512,
                max_cached_statement_lifetime=0,
                server_settings=_SETTINGS,
            )
        except asyncpg.ObjectNotInPrerequisiteStateError as error:
            raise ConnectionLost(f"{error}") from error  # the database takes no connections for now
        except Exception as error:
            raise translated(error) from error

    async def close(self) -> None:
        """Close those that are idle, and each of the others when it is given back."""
        self._closed = True
        while self._idle:
            connection = self._idle.pop()
            try:
                await connection.close(timeout=self._timeout)
            except Exception as error:
                connection.terminate()  # the server has broken it: there is nobody left to say goodbye to
                if not isinstance(translated(error), ConnectionLost):
                    raise


async def revision(dsn: str, connect_seconds: float) -> str | None:
    """The schema's revision; None where there is no schema. Raises StorageUnavailable."""
    try:
        connection = await asyncpg.connect(dsn, timeout=connect_seconds)
    except Exception as error:
        found = translated(error)
        if isinstance(found, ConnectionLost):
            found = StorageUnavailable(f"the database cannot be reached: {found}", 2.0)
        raise found from error
    try:
        if await connection.fetchval("select to_regclass('alembic_version')") is None:
            return None
        value = await connection.fetchval("select version_num from alembic_version")
        return None if value is None else str(value)
    finally:
        await connection.close()


_HOLDS_PEOPLE = "orders, proposals, conversations, messages, cases, files, jobs, idempotency_keys"


async def vacuum(dsn: str) -> None:
    """Give back the pages of rows that were deleted or written anew. Raises StorageUnavailable."""
    try:
        connection = await asyncpg.connect(dsn)
        try:
            await connection.execute(f"vacuum {_HOLDS_PEOPLE}")
        finally:
            await connection.close()
    except Exception as error:
        found = translated(error)
        if isinstance(found, ConnectionLost):
            found = StorageUnavailable(f"the database cannot be reached: {found}", 2.0)
        raise found from error
