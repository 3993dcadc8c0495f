"""PostgreSQL that crashes and restarts, or whose host vanishes without a word (a failover), under a working desk."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from contextlib import asynccontextmanager
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.ports import StorageUnavailable
from integrations.storage import open_database
from integrations.storage.engines import postgres as engine
from integrations.storage.engines import postgres_commit as commits
from tests.builders import a_merchant
from tests.contract.storage.test_postgres import KILL
from tests.contract.storage.test_transactions import everything, seen


@pytest.fixture
def url(postgres_url):
    return postgres_url


class Wire:
    """A proxy before the server whose other end can go silent: nothing is refused, nothing is answered."""

    def __init__(self, url):
        self.parts = urlsplit(url)
        self.host = parse_qs(self.parts.query).get("host", [self.parts.hostname])[0]
        self.silent = asyncio.Event()
        self.tasks: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader, writer):
        task = asyncio.current_task()
        self.tasks.add(task)
        try:
            there = await self._there()
            await asyncio.gather(self._pass(reader, there[1]), self._pass(there[0], writer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()
            self.tasks.discard(task)

    async def _there(self):
        if str(self.host).startswith("/"):
            port = self.parts.port or 5432
            return await asyncio.open_unix_connection(f"{self.host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(self.host, self.parts.port or 5432)

    async def _pass(self, source, target):
        while data := await source.read(65536):
            while self.silent.is_set():  # noqa: ASYNC110 (one event, read from both directions)
                await asyncio.sleep(0.01)
            target.write(data)
        target.transport.abort()

    @asynccontextmanager
    async def open(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            yield f"postgresql://{self.parts.username}@127.0.0.1:{port}{self.parts.path}"
        finally:
            server.close()
            running = [task for task in self.tasks if task is not None]
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


@pytest.fixture
async def wire(url):
    return Wire(url)


@pytest.mark.usefixtures("store")
async def test_a_server_that_falls_silent_is_unavailable_after_a_bounded_wait_and_works_again(
    wire, monkeypatch
):
    monkeypatch.setattr(commits, "ANSWER_SECONDS", 0.5)
    monkeypatch.setattr(engine, "_BATCH_SECONDS", 0.5)
    async with wire.open() as url:
        store = await open_database(url, busy_seconds=0.5)
        await store.save_merchant(a_merchant())
        await store.write("shop", everything)
        wire.silent.set()
        attempts = [
            store.write("shop", partial(everything, i=7)),
            store.read("shop", seen),
            store.jobs.jobs(),
        ]
        answers = await asyncio.wait_for(asyncio.gather(*attempts, return_exceptions=True), 60)
        assert all(isinstance(told, StorageUnavailable) and told.retry_after > 0 for told in answers), answers
        wire.silent.clear()
        await store.write("shop", partial(everything, i=8))
        orders, rows, events = await store.read("shop", seen)
        assert (rows, events) == (2 * orders, orders)
        await store.close()


async def test_a_server_that_crashes_and_restarts_costs_nobody_a_write_or_makes_two(store, sql, postgres):
    """kill -9 of one of its processes makes PostgreSQL restart all of itself, as after a power cut."""
    done: list[int] = []
    refused: list[int] = []
    enough = asyncio.Event()

    async def client(k):
        for i in itertools.count():
            if enough.is_set():
                return
            number = k * 100_000 + i
            try:
                await store.write("shop", partial(everything, i=number))
                done.append(number)
            except StorageUnavailable:
                refused.append(number)
                await asyncio.sleep(0.1)

    async def more(count):
        before = len(done)
        while len(done) < before + count:  # noqa: ASYNC110 (a list tells nobody)
            await asyncio.sleep(0.01)

    working = asyncio.gather(*(client(k) for k in range(6)))
    crashes = 0
    async with asyncio.timeout(90):
        while crashes < 2:
            await more(20)
            crashes += await asyncio.to_thread(crash, postgres)
        await more(20)
    enough.set()
    await working
    await until_it_answers(store)
    there = {int(number) for (number,) in sql("select number from orders")}
    assert set(done) <= there
    unknown = there - set(done)
    assert unknown <= set(refused), "only a commit whose outcome nobody could ask may be there without a word"
    assert sql("select count(*) from ledger_entries") == [(2 * len(there),)]
    assert sql("select count(*) from jobs") == [(len(there),)]


def crash(postgres) -> int:
    """Our own server's process; on another's, whose processes may be on another machine, its connections are ended."""
    if os.environ.get("TEST_DATABASE_URL"):
        postgres.run(KILL)
        return 1
    pids = postgres.run("select pid from pg_stat_activity where application_name = 'returns-desk' limit 1")
    for (pid,) in pids:
        os.kill(pid, signal.SIGKILL)
    return len(pids)


async def until_it_answers(store):
    async with asyncio.timeout(60):
        while True:
            try:
                return await store.read("shop", seen)
            except StorageUnavailable:
                await asyncio.sleep(0.1)
