"""One turn at a time in a conversation, whichever process it arrives at.

Within a process turns queue in the order in which they came. Between processes on PostgreSQL the one that holds the
conversation's advisory lock goes first; the lock goes with its connection, so a process that dies holds up nobody.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg

from domain.ports import StorageUnavailable

_WAIT_SECONDS = 30.0


class ConversationLocks:
    """Locks by name. Without a DSN they hold within this process only (SQLite has one process)."""

    def __init__(self, dsn: str = "", connections: int = 16) -> None:
        self._dsn, self._connections = dsn, connections
        self._queues: dict[str, tuple[asyncio.Lock, int]] = {}
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()

    def __call__(self, name: str) -> AbstractAsyncContextManager[None]:
        """Hold the lock of that name. Raises StorageUnavailable."""
        return self._held(name)

    @asynccontextmanager
    async def _held(self, name: str) -> AsyncIterator[None]:
        lock, users = self._queues.get(name, (asyncio.Lock(), 0))
        self._queues[name] = (lock, users + 1)
        try:
            async with lock:
                if not self._dsn:
                    yield
                    return
                async with self._everywhere(name):
                    yield
        finally:
            users = self._queues[name][1] - 1
            if users:
                self._queues[name] = (lock, users)
            else:
                del self._queues[name]

    @asynccontextmanager
    async def _everywhere(self, name: str) -> AsyncIterator[None]:
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        pool = await self._open()
        try:
            connection = await pool.acquire(timeout=_WAIT_SECONDS)
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            raise StorageUnavailable(f"no lock for the conversation: {error}") from error
        try:
            await self._take(connection, key)
            yield
        finally:
            await self._give_back(pool, connection, key)

    async def _take(self, connection: asyncpg.pool.PoolConnectionProxy, key: int) -> None:
        try:
            await connection.execute("select pg_advisory_lock($1)", key, timeout=_WAIT_SECONDS)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            raise StorageUnavailable(f"no lock for the conversation: {error}") from error

    async def _give_back(
        self, pool: asyncpg.Pool, connection: asyncpg.pool.PoolConnectionProxy, key: int
    ) -> None:
        """A connection that broke has lost its lock already."""
        try:
            await connection.execute("select pg_advisory_unlock($1)", key)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection.terminate()
        await pool.release(connection)

    async def _open(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                try:
                    self._pool = await asyncpg.create_pool(self._dsn, min_size=0, max_size=self._connections)
                except (OSError, asyncpg.PostgresError, TimeoutError) as error:
                    raise StorageUnavailable(f"no lock for the conversation: {error}") from error
            return self._pool

    async def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            await self._pool.close()
