"""Databases to run on: a fresh SQLite file from a template, or new shops in one PostgreSQL database."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from evals.faults.watch.look import Look, PostgresLook, SqliteLook
from integrations.storage.database import Database, open_database

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 23, 45, tzinfo=UTC)
"""A quarter of an hour before the day's settlements."""
TEMPLATE = "FAULTS_TEMPLATE"
"""A migrated SQLite file to start from, so that no process needs to migrate its own."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """The instant."""
        return self.at

    def move(self, **delta: float) -> None:
        """Forward."""
        self.at += timedelta(**delta)


class Counted:
    """Ids in sequence, so that a run can be repeated."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, prefix: str) -> str:
        """The next."""
        self.count += 1
        return f"{prefix}_{self.count:020}"


class Bench:
    """Where the machine's worlds stand. One a process; `run` drives the desk's coroutines."""

    def __init__(self, url: str | None = None) -> None:
        self.url, self.loop, self.shops = url, asyncio.new_event_loop(), 0
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="faults-", dir=memory if memory.is_dir() else None))
        self.clock, self.ids = Clock(), Counted()
        self._shared: tuple[Database, Look] | None = None

    @property
    def can_meddle(self) -> bool:
        """Whether somebody else can write in the middle of a transaction."""
        return self.url is not None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """To its end."""
        return self.loop.run_until_complete(work)

    def open(self) -> tuple[Database, Look, str]:
        """A store, a look at it, and a prefix for the names of new shops."""
        self.clock.at, self.ids.count = NOW, 0
        self.shops += 1
        if self.url is None:
            return self._sqlite()
        if self._shared is None:
            dsn = self.url
            self._shared = self.run(open_database(dsn, clock=self.clock, ids=self.ids)), PostgresLook(dsn)
        store, look = self._shared
        look.meddle("delete from jobs")
        return store, look, f"p{os.getpid()}n{self.shops}"

    def _sqlite(self) -> tuple[Database, Look, str]:
        path = self.folder / f"{self.shops}.db"
        shutil.copy(self._template(), path)
        store = self.run(open_database(f"sqlite:///{path}", clock=self.clock, ids=self.ids, migrate=False))
        return store, SqliteLook(path), "s"

    def _template(self) -> Path:
        path = Path(os.environ.get(TEMPLATE) or self.folder / "template.db")
        if not path.exists():
            make_template(path)
        return path

    def shut(self, store: Database, look: Look) -> None:
        """The end of a world."""
        if self.url is None:
            look.close()
            self.run(store.close())
            for path in self.folder.glob(f"{self.shops}.db*"):
                path.unlink()

    def close(self) -> None:
        """The end of all."""
        if self._shared is not None:
            self._shared[1].close()
            self.run(self._shared[0].close())
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def make_template(path: Path) -> None:
    """An empty database of the newest schema, all of it in one file."""

    async def make() -> None:
        store = await open_database(f"sqlite:///{path}")
        await store.close()

    asyncio.run(make())
    path.with_name(path.name + ".lock").unlink(missing_ok=True)
