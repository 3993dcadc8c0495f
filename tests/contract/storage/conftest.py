"""The same suite on both databases."""

from __future__ import annotations

import pytest

from integrations.storage import open_database
from tests.builders import MERCHANT, FakeClock, a_merchant

OTHER = "other-shop"


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
async def store(url, clock):
    database = await open_database(url, clock=clock)
    await database.save_merchant(a_merchant(MERCHANT))
    await database.save_merchant(a_merchant(OTHER))
    yield database
    await database.close()


@pytest.fixture
def write(store):
    """Run a work in a transaction of the shop (or of another)."""

    async def run(work, merchant=MERCHANT):
        return await store.write(merchant, work)

    return run


@pytest.fixture
def read(store):
    async def run(work, merchant=MERCHANT):
        return await store.read(merchant, work)

    return run


@pytest.fixture
def sql(url, postgres_sql):
    """Run SQL behind the repositories' back."""
    if url.startswith("sqlite"):
        return lambda text: _sqlite(url, text)
    return lambda text: postgres_sql(text, url)


@pytest.fixture
def postgres_sql(request):
    return lambda text, url: request.getfixturevalue("postgres").run(text, url)


def _sqlite(url, text):
    import contextlib
    import sqlite3

    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        return connection.execute(text).fetchall()
