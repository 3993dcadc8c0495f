"""A transaction on PostgreSQL whose outcome is known even where the connection breaks during COMMIT."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from domain.ports import StorageUnavailable
from integrations.storage.engines.postgres_connections import ConnectionLost, Connections, translated

T = TypeVar("T")

ANSWER_SECONDS = 10.0
"""How long the server may take over BEGIN, COMMIT or ROLLBACK: a host that vanished in a failover never answers."""
_QUESTIONS = 10
_BETWEEN_SECONDS = 0.3


async def committed(
    connections: Connections, begin: str, work: Callable[[asyncpg.Connection], Awaitable[T]]
) -> T:
    """Run `work` in a transaction and commit it.

    Raises ConcurrentChange, StorageUnavailable and ConnectionLost for the driver's errors, and what `work` raises;
    nothing was written then, but for a StorageUnavailable that says that the outcome is unknown.
    """
    async with connections.use() as connection:
        try:
            await _answered(connection, begin)
            result = await work(connection)
            transaction = await connection.fetchval("select pg_current_xact_id_if_assigned()::text")
        except Exception as error:
            await _roll_back(connection)
            raise translated(error) from error
        try:
            await _answered(connection, "commit")
            return result
        except Exception as error:
            lost = translated(error)
            if not isinstance(lost, ConnectionLost) or transaction is None:
                raise lost from error
    if await _was_committed(connections, transaction):
        return result
    raise lost


async def _answered(connection: asyncpg.Connection, sql: str) -> None:
    """Run it. Raises TimeoutError, with the connection closed, where nothing comes back."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await connection.execute(sql)
    except TimeoutError:
        connection.terminate()
        raise


async def _roll_back(connection: asyncpg.Connection) -> None:
    try:
        await _answered(connection, "rollback")
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        connection.terminate()


async def _was_committed(connections: Connections, transaction: str) -> bool:
    """What became of a transaction whose COMMIT was not answered; the server remembers. Raises StorageUnavailable."""
    for _ in range(_QUESTIONS):
        try:
            async with connections.use() as connection:
                status = await connection.fetchval("select pg_xact_status($1::text::xid8)", transaction)
        except asyncpg.InvalidParameterValueError:
            return False  # The server came back from a crash and has never heard of that number.
        except (ConnectionLost, asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            status = "in progress"
        if status != "in progress":
            return bool(status == "committed")
        await asyncio.sleep(_BETWEEN_SECONDS)
    raise StorageUnavailable("the database went away during a commit whose outcome is not known", 5.0)
