"""Schema migrations, run in process: ``alembic`` without an ``alembic.ini``.

A database that is up to date is recognised by one query, and a new SQLite file is copied from one that was migrated
in this process, so that alembic (and SQLAlchemy) are loaded only where there is something to do.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0003"
"""The newest revision; a test compares it with the scripts."""

_ADVISORY_LOCK = 0x0DE5C0DE


class SchemaTooNew(RuntimeError):
    """The database was migrated by a newer version of the program."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database is at schema {revision}, which this version (schema {HEAD}) does not know"
        )
        self.revision = revision


def migrate(url: str) -> None:
    """Bring a database to the newest schema. Two processes that try at once on PostgreSQL wait for each other.

    `url`: ``sqlite:///path`` or ``postgresql://…``. Raises SchemaTooNew.
    """
    from alembic import command
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    engine = create_engine(_sync_url(url), poolclass=NullPool)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def config() -> Config:
    """Alembic's configuration, as its own commands take it."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return settings


def check_revision(revision: str | None) -> bool:
    """Whether a database at this revision is up to date. Raises SchemaTooNew where it is ahead."""
    if revision is not None and revision > HEAD:
        raise SchemaTooNew(revision)
    return revision == HEAD


def migrate_sqlite(path: Path) -> None:
    """The same for an SQLite file, which is created where it is missing. The caller holds the writer's lock."""
    if not path.exists() or path.stat().st_size == 0:
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        fresh.write_bytes(_fresh_sqlite())
        fresh.replace(path)
    elif not check_revision(_sqlite_revision(path)):
        migrate(f"sqlite:///{path}")


def _sqlite_revision(path: Path) -> str | None:
    connection = sqlite3.connect(path)
    try:
        tables = connection.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchall()
        rows = connection.execute("select version_num from alembic_version").fetchall() if tables else []
        return rows[0][0] if rows else None
    finally:
        connection.close()


@cache
def _fresh_sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()


def _sync_url(url: str) -> str:
    scheme, rest = url.split("://", 1)
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    return f"{driver[scheme.split('+')[0]]}://{rest}"
