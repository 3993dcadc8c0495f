"""Time, ids, and what can be wrong with storage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time as an argument; every instant is timezone-aware UTC."""

    def now(self) -> datetime:
        """The present instant."""
        ...


class IdFactory(Protocol):
    """Fresh ids: 20 or more URL-safe characters, sortable by time where the source allows it."""

    def new(self, prefix: str) -> str:
        """An id that starts with the prefix and an underscore."""
        ...


class ConcurrentChange(Exception):
    """A guarded write met a newer version: the whole transaction must be tried again."""


class StorageUnavailable(Exception):
    """The database cannot be used now (locked, read-only, gone, disk full); nothing was changed."""

    def __init__(self, message: str, retry_after: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after
