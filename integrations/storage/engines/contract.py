"""What the store asks of a database engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from integrations.storage.link import Link

T = TypeVar("T")

Task = Callable[[Link], T]

RETRIES = 8
"""How often a task is run again on ConcurrentChange before its caller sees it."""


class DatabaseInUse(RuntimeError):
    """Another process writes to this SQLite file; one at a time may."""

    def __init__(self, path: str, pid: str) -> None:
        super().__init__(
            f"{path} is in use by process {pid or 'unknown'}: only one process may write to an SQLite database. "
            "Stop that process, open it read-only, or use PostgreSQL for several."
        )
        self.path, self.pid = path, pid


class ReadOnlyTransaction(RuntimeError):
    """A work that was given to `read` tried to write."""


class Engine(Protocol):
    """Runs tasks in transactions."""

    async def read(self, task: Task[T]) -> T:
        """Run in a read transaction, on one state of the database. Raises StorageUnavailable."""
        ...

    async def write(self, task: Task[T], *, alone: bool = False) -> T:
        """Run in a transaction and commit; `alone` shares it with no other task. Raises StorageUnavailable."""
        ...

    async def close(self) -> None:
        """Let running transactions end and close all connections."""
        ...
