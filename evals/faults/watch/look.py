"""Reading the database from beside the desk: plain SQL, plain dictionaries."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

Rows = Sequence[Sequence[Any]]


class Look(Protocol):
    """A connection of one's own."""

    def rows(self, sql: str, *values: object) -> Rows:
        """Rows of a query with ``?`` parameters, as committed now."""
        ...

    def meddle(self, sql: str, *values: object) -> None:
        """Change something from the side, committed at once (PostgreSQL only)."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class SqliteLook:
    """Beside the desk's own connections to the file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)

    def rows(self, sql: str, *values: object) -> Rows:
        """Rows of a query."""
        return self._connection.execute(sql, values).fetchall()

    def meddle(self, sql: str, *values: object) -> None:
        """There is one writer: nobody else can."""
        raise NotImplementedError

    def close(self) -> None:
        """Close it."""
        self._connection.close()


class PostgresLook:
    """A session of its own."""

    def __init__(self, dsn: str) -> None:
        import psycopg

        self._connection = psycopg.connect(dsn, autocommit=True)

    def rows(self, sql: str, *values: object) -> Rows:
        """Rows of a query."""
        query: Any = sql.replace("?", "%s")
        return self._connection.execute(query, values).fetchall()

    def meddle(self, sql: str, *values: object) -> None:
        """Change something from the side."""
        query: Any = sql.replace("?", "%s")
        self._connection.execute(query, values)

    def close(self) -> None:
        """Close it."""
        self._connection.close()
