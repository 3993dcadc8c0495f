"""Migrations: they make the schema that the code believes in, once, whoever comes first."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql

from integrations.storage import SchemaTooNew, access_tables, desk_tables, open_database, slack_tables, tables
from integrations.storage.column_types import postgres_type
from integrations.storage.columns import metadata
from integrations.storage.migrations import HEAD, config, migrate
from tests.builders import a_merchant

ROOT = Path(__file__).parents[3]
OWN_TO_ONE_DATABASE = {"search_words", "ix_orders_words", "ix_orders_recent"}
"""Full-text search, and an index with directions, which the comparison cannot read back."""


ALL_TABLES = (tables, desk_tables, access_tables, slack_tables)
"""Modules that fill the metadata."""


def differences(url):
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            found = compare_metadata(MigrationContext.configure(connection), metadata)
    finally:
        engine.dispose()
    for difference in found:
        kind, *things = difference if isinstance(difference, tuple) else difference[0]
        name = getattr(things[-1], "name", None)
        if name not in OWN_TO_ONE_DATABASE and not str(name).startswith("orders_words"):
            yield kind, name


@pytest.mark.filterwarnings("ignore:autogenerate skipping")
@pytest.mark.filterwarnings("ignore:Did not recognize type")
async def test_the_migrated_schema_is_the_one_in_the_tables(url):
    store = await open_database(url)
    await store.close()
    assert list(differences(url)) == []


def test_the_newest_revision_is_the_one_the_code_asks_for():
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD


def test_statements_write_columns_with_the_types_of_the_tables():
    names = {"BIGINT": "bigint", "TEXT": "text", "TIMESTAMP WITH TIME ZONE": "timestamptz", "BYTEA": "bytea"}
    assert all(len(module.__dict__) for module in ALL_TABLES)
    for table in metadata.tables.values():
        for column in table.columns:
            made = column.type.compile(dialect=postgresql.dialect())
            assert (column, postgres_type(table.name, column.name)) == (column, names[made])


def test_opening_a_database_that_is_up_to_date_loads_no_sqlalchemy(tmp_path):
    code = (
        "import asyncio, sys; from integrations.storage import open_database; "
        "store = asyncio.run(open_database(sys.argv[1], migrate=bool(sys.argv[2:]))); "
        "print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])"
    )
    said = []
    for _ in range(2):
        command = [sys.executable, "-c", code, f"sqlite:///{tmp_path}/desk.db", "migrate"]
        said.append(
            subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        )
    assert said == ["['sqlalchemy', 'alembic']", "[]"]


async def test_migrating_again_changes_nothing(url, write):
    await write(lambda uow: uow.jobs)
    await asyncio.to_thread(migrate, url)


async def test_several_that_open_an_empty_postgres_at_once_migrate_it_once(postgres):
    url = postgres.database(migrated=False)
    stores = await asyncio.gather(*(open_database(url) for _ in range(3)))
    await stores[0].save_merchant(a_merchant())
    assert [m.id for m in await stores[2].merchants()] == ["shop"]
    await asyncio.gather(*(store.close() for store in stores))


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path):
    path = tmp_path / "desk.db"
    store = await open_database(f"sqlite:///{path}")
    await store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    with pytest.raises(SchemaTooNew, match="9999"):
        await open_database(f"sqlite:///{path}")


async def test_a_database_without_a_schema_is_migrated_where_it_is(tmp_path):
    path = tmp_path / "desk.db"
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table something_else (x)")
    store = await open_database(f"sqlite:///{path}")
    await store.save_merchant(a_merchant())
    await store.close()
