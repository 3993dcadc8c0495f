"""Workers hear of jobs that other processes added, by NOTIFY. The waits are longer than a test may take."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from domain.ports import JobSpec
from integrations.storage import open_database
from tests.contract.storage.test_postgres import KILL


@pytest.fixture
def url(postgres_url):
    return postgres_url


@pytest.fixture
async def replica(url, clock, store):
    """Another process as far as the database can tell."""
    database = await open_database(url, clock=clock)
    yield database
    await database.close()


async def test_a_worker_hears_at_once_of_a_job_that_another_process_added(store, replica, sql):
    """Also after its connection broke: the wait is far longer than the test may take."""
    for number in range(3):
        await heard_nothing_new(replica)
        waiting = asyncio.create_task(replica.jobs.wait(600))
        await store.write("shop", lambda uow, n=number: uow.jobs.enqueue(JobSpec("refund", f"k{n}")))
        await asyncio.wait_for(waiting, 60)
        sql(KILL)


async def test_notices_go_on_after_whatever_went_wrong_with_their_connection(store, replica, monkeypatch):
    add_listener, broken = asyncpg.Connection.add_listener, list[int]()

    async def breaking(self, *args):
        if not broken:
            broken.append(1)
            raise asyncpg.InternalClientError("cannot switch to state 15")
        await add_listener(self, *args)

    monkeypatch.setattr(asyncpg.Connection, "add_listener", breaking)
    await heard_nothing_new(replica)
    waiting = asyncio.create_task(replica.jobs.wait(600))
    await store.write("shop", lambda uow: uow.jobs.enqueue(JobSpec("refund", "k")))
    await asyncio.wait_for(waiting, 60)
    assert broken


async def heard_nothing_new(database):
    """Until its connection stands, and what it missed before has been told."""
    async with asyncio.timeout(60):
        database._notices.listen()
        await database.jobs._added.wait()
    await database.jobs.wait(0)
