"""A transaction on an SQLite connection as repositories see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from domain.ports import StorageUnavailable
from integrations.storage.engines.contract import ReadOnlyTransaction
from integrations.storage.flushing import flush
from integrations.storage.link import Pending, Row
from integrations.storage.statements import Bulk, Query

_BUSY, _LOCKED = 5, 6
_UNAVAILABLE = {
    _BUSY: "it is locked by another process",
    _LOCKED: "it is locked",
    8: "it is read-only",
    10: "its disk cannot be read or written",
    11: "the file is damaged",
    13: "its disk is full",
    14: "the file cannot be opened",
    15: "its lock files cannot be used",
    26: "the file is no database",
}
"""SQLite's primary result codes that say something about the database and nothing about the statement."""

_ADVICE_SECONDS = {_BUSY: 1.0, _LOCKED: 1.0}


def unavailable(error: BaseException) -> StorageUnavailable | None:
    """The error as the domain knows it, if it is about the database as a whole."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(error, sqlite3.Error) or code is None:
        return None
    reason = _UNAVAILABLE.get(code & 0xFF)
    if reason is None:
        return None
    return StorageUnavailable(f"the database cannot be used: {reason}", _ADVICE_SECONDS.get(code & 0xFF, 5.0))


def _plain(value: Any) -> Any:
    if type(value) is datetime:
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


class SqliteLink:
    """An open transaction. Where it is writable, the first write sets a savepoint that this work can go back to."""

    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection, *, writable: bool) -> None:
        self._connection, self._writable = connection, writable
        self._in_savepoint = False
        self.pending = Pending()

    def array(self, values: Sequence[str], /) -> Any:
        """A JSON array; statements read it with ``json_each``."""
        return orjson.dumps(values).decode()

    def rows(self, query: Query, /, **parameters: Any) -> Sequence[Row]:
        """Read. Writes of this work to the same tables go out before."""
        if self.pending.tables and not self.pending.tables.isdisjoint(query.tables):
            self.flush()
        return self._execute(query, parameters)

    def change(self, query: Query, /, **parameters: Any) -> Sequence[Row]:
        """Write at once; the rows that the statement returns."""
        self._before_write()
        return self._execute(query, parameters)

    def _execute(self, query: Query, parameters: dict[str, Any]) -> Sequence[Row]:
        sql, names = query.sqlite
        return self._connection.execute(sql, [_plain(parameters[name]) for name in names]).fetchall()

    def bulk(self, bulk: Bulk, rows: Sequence[tuple[Any, ...]], /) -> tuple[int, Sequence[Row]]:
        """Write rows at once; how many were written and, for a returning one, what it returned."""
        self._before_write()
        execute = self._connection.execute
        plain = [[_plain(value) for value in row] for row in rows]
        if bulk.returning:
            returned = [found for row in plain for found in execute(bulk.sqlite, row).fetchall()]
            return len(returned), returned
        if len(plain) == 1:
            return execute(bulk.sqlite, plain[0]).rowcount, ()
        return self._connection.executemany(bulk.sqlite, plain).rowcount, ()

    def flush(self) -> None:
        """Write out what this work has held back. Raises ConcurrentChange."""
        if self.pending:
            flush(self, [self.pending])
            self.pending.clear()

    def _before_write(self) -> None:
        if not self._writable:
            raise ReadOnlyTransaction("a read transaction cannot write")
        if not self._in_savepoint:
            self._connection.execute("savepoint work")
            self._in_savepoint = True

    def keep(self) -> None:
        """The work is done: its writes stay, if the transaction commits. Raises ConcurrentChange."""
        self.flush()
        if self._in_savepoint:
            self._connection.execute("release work")

    def undo(self) -> None:
        """Take back what this work has written."""
        if self._in_savepoint:
            self._connection.execute("rollback to work")
            self._connection.execute("release work")
