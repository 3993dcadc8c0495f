"""PostgreSQL alone: shared transactions, several processes, and connections that break."""

from __future__ import annotations

import asyncio
import random
import time
from functools import partial

import asyncpg
import pytest

from domain.balances.model import Account, EntryKind, Posting
from domain.ports import StorageUnavailable
from integrations.storage import Database, RandomIds, flushing, open_database
from integrations.storage.engines.postgres import PostgresEngine
from tests.builders import a_merchant, an_order
from tests.contract.storage.test_ledger import PENDING, charge
from tests.contract.storage.test_transactions import everything, seen

KILL = "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'returns-desk'"


@pytest.fixture
def url(postgres_url):
    return postgres_url


@pytest.fixture
async def replica(url, clock, store):
    """Another process as far as the database can tell."""
    database = await open_database(url, clock=clock)
    yield database
    await database.close()


async def test_works_that_wait_together_share_a_transaction(store, sql):
    await asyncio.gather(*(store.write("shop", lambda uow, i=i: everything(uow, i)) for i in range(128)))
    ((transactions, rows),) = sql("select count(distinct xmin::text), count(*) from orders")
    assert rows == 128
    assert transactions <= 16


async def test_no_write_is_lost_between_replicas(store, replica):
    await store.write(
        "shop", lambda uow: [uow.orders.add(an_order(f"o{i}", number=f"{i}", note="0")) for i in range(3)]
    )

    def count_up(uow, order_id):
        order = uow.orders.get(order_id)
        order.note = str(int(order.note) + 1)
        uow.orders.save(order)

    works = [
        (store, replica)[i % 2].write("shop", partial(count_up, order_id=f"o{i % 3}")) for i in range(60)
    ]
    await asyncio.gather(*works)
    notes = await store.read("shop", lambda uow: [int(uow.orders.get(f"o{i}").note) for i in range(3)])
    assert notes == [20, 20, 20]


async def test_replicas_share_the_jobs_and_none_is_given_twice(store, replica):
    from domain.ports import JobSpec

    await store.write("shop", lambda uow: [uow.jobs.enqueue(JobSpec("refund", f"k{i}")) for i in range(60)])
    claims = [(store, replica)[i % 2].jobs.claim(owner=f"w{i}", lease_seconds=60, limit=4) for i in range(30)]
    keys = [job.key for jobs in await asyncio.gather(*claims) for job in jobs]
    assert len(keys) == len(set(keys))


async def test_connections_that_are_killed_cost_nobody_a_write_or_make_two(store, sql):
    """Every caller is told the truth: done, and it is there once; unavailable, and it is not there."""
    done, refused = [], []

    async def client(k):
        for i in range(40):
            number = k * 100 + i
            try:
                await store.write("shop", lambda uow, n=number: everything(uow, n))
                done.append(number)
            except StorageUnavailable:
                refused.append(number)

    async def killer():
        while True:
            seen = len(done) + len(refused) + random.randrange(4, 16)
            while len(done) + len(refused) < seen:  # noqa: ASYNC110 (lists tell nobody)
                await asyncio.sleep(0.002)
            await asyncio.to_thread(sql, KILL)

    killing = asyncio.create_task(killer())
    await asyncio.gather(*(client(k) for k in range(8)))
    killing.cancel()
    await asyncio.gather(killing, return_exceptions=True)
    there = {int(number) for (number,) in sql("select number from orders")}
    assert there == set(done)
    assert len(done) > 160
    assert sql("select count(*) from ledger_entries") == [(2 * len(done),)]
    assert sql("select count(*) from jobs") == [(len(done),)]


@pytest.mark.parametrize("reaches_the_server", [True, False])
async def test_a_commit_without_an_answer_is_looked_up(store, sql, monkeypatch, reaches_the_server):
    execute = asyncpg.Connection.execute
    broken: list[str] = []

    async def breaking(self, query, *args, **kwargs):
        if query == "commit" and not broken:
            broken.append(query)
            if reaches_the_server:
                await execute(self, query)
            self.terminate()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")
        return await execute(self, query, *args, **kwargs)

    runs = []

    def work(uow):
        runs.append(1)
        everything(uow)

    monkeypatch.setattr(asyncpg.Connection, "execute", breaking)
    await store.write("shop", work)
    assert broken == ["commit"]
    assert len(runs) == (1 if reaches_the_server else 2)
    assert sql("select count(*) from orders") == [(1,)]


async def test_a_database_that_takes_no_connections_is_unavailable_and_works_again(store, url, postgres):
    name = url.split("?")[0].rsplit("/", 1)[1]
    postgres.run(f"alter database {name} allow_connections false")
    postgres.run(KILL)
    started = time.monotonic()
    try:
        for attempt in (store.write("shop", everything), store.read("shop", seen), store.jobs.jobs()):
            with pytest.raises(StorageUnavailable) as refused:
                await attempt
            assert refused.value.retry_after > 0
    finally:
        postgres.run(f"alter database {name} allow_connections true")
    assert time.monotonic() - started < 10
    await store.write("shop", everything)
    assert await store.read("shop", seen) == (1, 2, 1)


async def test_a_read_only_database_is_unavailable_and_works_again(store, url, postgres, sql):
    name = url.split("?")[0].rsplit("/", 1)[1]
    postgres.run(f"alter database {name} set default_transaction_read_only = on")
    postgres.run(KILL)
    with pytest.raises(StorageUnavailable):
        await store.write("shop", everything)
    assert await store.read("shop", seen) == (0, 0, 0)
    postgres.run(f"alter database {name} reset default_transaction_read_only")
    postgres.run(KILL)
    await store.write("shop", everything)


async def test_a_server_that_is_not_there_is_unavailable():
    for url in ("postgresql://postgres@127.0.0.1:9/desk", "postgresql://postgres@/desk?host=/no/such/folder"):
        with pytest.raises(StorageUnavailable):
            await open_database(url, busy_seconds=0.5)


async def test_a_request_that_comes_as_a_lane_falls_idle_is_not_forgotten(url, store, clock):
    engine = PostgresEngine(url, connections=2, size=2, write_lanes=1, read_lanes=1, connect_seconds=2)
    one_lane = Database(engine, clock, RandomIds(clock), lambda: None)

    async with asyncio.timeout(20):
        for i in range(20):
            await one_lane.write("shop", partial(everything, i=i))
        for _ in range(20):
            await one_lane.read("shop", seen)
    await one_lane.close()


async def test_a_closed_database_is_unavailable_and_what_was_queued_is_written(url, store, clock):
    other = await open_database(url, clock=clock)
    works = [asyncio.create_task(other.write("shop", partial(everything, i=i))) for i in range(10)]
    await asyncio.sleep(0)
    await other.close()
    await asyncio.gather(*works)
    with pytest.raises(StorageUnavailable):
        await other.write("shop", everything)
    assert (await store.read("shop", seen))[0] == 10


async def test_a_database_closes_quietly_when_the_server_has_broken_its_idle_connections(
    url, store, monkeypatch
):
    other = await open_database(url)
    await other.read("shop", seen)
    goodbyes = []

    async def broken(self, **_):
        goodbyes.append(self)
        raise BrokenPipeError(32, "Broken pipe")

    with monkeypatch.context() as patched:
        patched.setattr(asyncpg.Connection, "close", broken)
        await other.close()
    assert goodbyes
    assert all(connection.is_closed() for connection in goodbyes)


async def test_a_merchant_of_another_database_is_not_here(store, postgres, clock):
    other = await open_database(postgres.database(), clock=clock)
    await other.save_merchant(a_merchant("elsewhere"))
    assert "elsewhere" not in [m.id for m in await store.merchants()]
    await other.close()


@pytest.fixture
async def settlement(store):
    """One that is due, with a sale of 1000, beside one of another day with 5000."""

    def sell(uow):
        for name, amount in (("due", 1000), ("later", 5000)):
            uow.ledger.open_settlement(name, "EUR", uow.now)
            uow.ledger.post([charge(f"charge:{name}", amount, settlement_id=name)])

    await store.write("shop", sell)


def first_time(monkeypatch, name, happens):
    """Let something happen just before that guard is looked at for the first time."""
    guard = getattr(flushing, name)
    done: list[object] = []

    def after_it_happened(link, what):
        if what and not done:
            done.append(happens())
        guard(link, what)

    monkeypatch.setattr(flushing, name, after_it_happened)
    return done


@pytest.mark.usefixtures("settlement")
async def test_a_refund_that_is_committed_while_its_settlement_is_settled_is_counted(store, sql, monkeypatch):
    refund = (
        "insert into ledger_entries (merchant_id, key, pair, kind, account, amount, currency, at, settlement_id) "
        "values ('shop', 'r:out', 'r', 'refund', 'pending_settlement', -300, 'EUR', now(), 'due'), "
        "('shop', 'r:in', 'r', 'refund', 'customers', 300, 'EUR', now(), 'due'); "
        "update account_balances set amount = amount - 300 where account = 'pending_settlement'"
    )
    happened = first_time(monkeypatch, "hold_still", lambda: sql(refund))

    def settle(uow):
        (due,) = [s for s in uow.ledger.due_settlements(uow.now) if s.id == "due"]
        assert uow.ledger.mark_settled("due")
        move = Posting("set", EntryKind.SETTLEMENT, PENDING, Account.AVAILABLE, due.net, "EUR", uow.now)
        uow.ledger.post([move], allow_negative=True)
        return due.net

    assert await store.write("shop", settle) == 700
    assert happened
    balances = await store.read("shop", lambda uow: uow.ledger.balances("EUR"))
    assert (balances.of(PENDING), balances.of(Account.AVAILABLE)) == (5000, 700)


@pytest.mark.usefixtures("settlement")
async def test_a_refund_is_not_taken_from_a_settlement_that_was_settled_meanwhile(store, sql, monkeypatch):
    settle = "update settlements set status = 'settled' where id = 'due'"
    happened = first_time(monkeypatch, "hold_open", lambda: sql(settle))

    def take(uow):
        is_open = any(s.id == "due" for s in uow.ledger.settlements(status="open"))
        if is_open:
            uow.ledger.post(
                [Posting("r", EntryKind.REFUND, PENDING, Account.CUSTOMERS, 300, "EUR", uow.now, None, "due")]
            )
        return is_open

    assert await store.write("shop", take) is False
    assert happened
