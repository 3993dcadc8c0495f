"""The SQLite file: who may write to it, and connections set up as the desk needs them."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from pathlib import Path

from domain.ports import StorageUnavailable
from integrations.storage.engines.contract import DatabaseInUse

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_LOCKED_BYTE = 1 << 30
"""Windows refuses reading what is locked; the id of the process at the beginning must stay readable."""


class WriterLock:
    """The right to write to a database file: an operating system's lock beside it, gone with the process."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._descriptor = -1

    def acquire(self) -> None:
        """Raises DatabaseInUse, with the process that has it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(descriptor)
        except OSError:
            os.lseek(descriptor, 0, os.SEEK_SET)
            owner = os.read(descriptor, 32).decode().strip()
            os.close(descriptor)
            raise DatabaseInUse(str(self._path)[: -len(".lock")], owner) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._descriptor = descriptor

    def release(self) -> None:
        """Give it up. The file stays: removing it would let two processes lock two files of one name."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def connect(path: Path, *, writable: bool, busy_seconds: float) -> sqlite3.Connection:
    """A connection to an existing file. Raises sqlite3.OperationalError where there is none."""
    mode = "rw" if writable else "ro"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        if writable:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
        else:
            connection.execute("pragma query_only = on")
        connection.execute("pragma cache_size = -16000")
        connection.execute("pragma temp_store = memory")
    except BaseException:
        connection.close()
        raise
    return connection


_SCRUB_SECONDS = 60.0


def scrub(path: Path) -> None:
    """Write the file anew without what was deleted: in pages, in the log, in the words of the full-text index.

    Raises StorageUnavailable where the writer leaves no room for that.
    """
    try:
        with contextlib.closing(connect(path, writable=True, busy_seconds=_SCRUB_SECONDS)) as connection:
            connection.execute("insert into orders_words(orders_words) values ('optimize')")
            connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    except sqlite3.OperationalError as error:
        raise StorageUnavailable(f"the database's file cannot be written anew: {error}", 60.0) from error


def identity(path: Path) -> tuple[int, int]:
    """Device and inode: tells whether the file is still the one that was opened. Raises OSError."""
    found = os.stat(path)
    return (found.st_dev, found.st_ino)
