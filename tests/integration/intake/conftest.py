"""A fresh SQLite database with a clock that can be moved."""

from __future__ import annotations

import pytest

from integrations.storage import open_database
from tests.builders import FakeClock, a_merchant


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
async def store(tmp_path, clock):
    database = await open_database(f"sqlite:///{tmp_path}/desk.db", clock=clock)
    await database.save_merchant(a_merchant())
    yield database
    await database.close()
