"""SQLite alone: group commit, one writing process, and a file that is locked, full, read-only, gone or cut off."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from domain.balances.model import Account
from domain.ports import StorageUnavailable
from integrations.storage import DatabaseInUse, open_database
from integrations.storage.engines import sqlite as engine
from integrations.storage.engines import sqlite_file
from integrations.storage.repositories import order_words
from tests.builders import a_merchant, an_order
from tests.contract.storage.test_transactions import everything, seen

ROOT = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.db"


@pytest.fixture
async def store(path, clock):
    database = await open_database(f"sqlite:///{path}", clock=clock, busy_seconds=0.2)
    await database.save_merchant(a_merchant())
    yield database
    await database.close()


async def test_orders_of_an_address_are_looked_up_and_not_searched_for_among_all_by_date(store, path):
    sql, names = order_words.BY_EMAIL.sqlite
    with contextlib.closing(sqlite3.connect(path)) as connection:
        plan = connection.execute(f"explain query plan {sql}", ["x"] * len(names)).fetchall()
    assert "ix_orders_email (merchant_id=? AND <expr>=?)" in plan[0][3], plan


async def test_works_that_wait_together_share_a_commit(store, monkeypatch):
    commits = []
    together = engine._commit_together

    def counting(guarded, requests):
        commits.append(len(requests))
        together(guarded, requests)

    monkeypatch.setattr(engine, "_commit_together", counting)
    await asyncio.gather(*(store.write("shop", lambda uow, i=i: everything(uow, i)) for i in range(300)))
    assert sum(commits) >= 300, "a work that had to run again is counted again"
    assert len(commits) < 100
    assert await store.read("shop", lambda uow: len(uow.orders.recent(1000))) == 300


async def test_nobody_hears_of_success_before_the_commit(store, monkeypatch):
    class Refusing:
        def __init__(self, connection):
            self._connection = connection

        def __getattr__(self, name):
            return getattr(self._connection, name)

        def execute(self, sql, *args):
            if sql == "commit":
                full = sqlite3.OperationalError("database or disk is full")
                full.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise full
            return self._connection.execute(sql, *args)

    opened = engine._Guarded.open
    with monkeypatch.context() as patched:
        patched.setattr(engine._Guarded, "open", lambda self: Refusing(opened(self)))
        works = [store.write("shop", lambda uow, i=i: everything(uow, i)) for i in range(5)]
        results = await asyncio.gather(*works, return_exceptions=True)
    assert [type(result) for result in results] == [StorageUnavailable] * 5
    assert await store.read("shop", seen) == (0, 0, 0)
    await store.write("shop", everything)


async def test_a_locked_database_is_waited_for_then_refused_and_works_again(store, path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(StorageUnavailable, match="locked") as refused:
            await store.write("shop", everything)
        assert refused.value.retry_after > 0
        assert await store.read("shop", seen) == (0, 0, 0), "reading goes on"
        other.execute("rollback")
    await store.write("shop", everything)
    assert await store.read("shop", seen) == (1, 2, 1)


@pytest.mark.parametrize(
    ("pragma", "told"), [("query_only = on", "read-only"), ("max_page_count = 1", "disk is full")]
)
async def test_a_database_that_cannot_be_written_is_unavailable_and_works_again(
    store, path, monkeypatch, pragma, told
):
    connect = sqlite_file.connect

    def limited(*args, **kwargs):
        connection = connect(*args, **kwargs)
        connection.execute(f"pragma {pragma}")
        return connection

    await store.close()
    with monkeypatch.context() as patched:
        patched.setattr(engine, "connect", limited)
        again = await open_database(f"sqlite:///{path}", busy_seconds=0.2)
        with pytest.raises(StorageUnavailable, match=told):
            await again.write(
                "shop", lambda uow: [uow.orders.add(an_order(f"o{i}", number=f"{i}")) for i in range(50)]
            )
    await again.write("shop", everything)
    assert await again.read("shop", seen) == (1, 2, 1)
    await again.close()


async def test_a_vanished_file_is_unavailable_and_nothing_is_made_in_its_place(store, path):
    await store.write("shop", everything)
    await store.read("shop", seen)
    path.rename(path.with_name("away.db"))
    for attempt in (store.write("shop", lambda uow: everything(uow, 2)), store.read("shop", seen)):
        with pytest.raises(StorageUnavailable):
            await attempt
    assert not path.exists()
    path.with_name("away.db").rename(path)
    await store.write("shop", lambda uow: everything(uow, 3))
    assert await store.read("shop", seen) == (2, 4, 2)


async def test_a_file_that_was_replaced_is_not_touched(store, path):
    """The write-ahead log beside it belongs to the file that is gone."""
    backup = path.with_name("backup.db")
    with (
        contextlib.closing(sqlite3.connect(path)) as now,
        contextlib.closing(sqlite3.connect(backup)) as then,
    ):
        now.backup(then)
    await store.write("shop", everything)
    backup.replace(path)
    for attempt in (store.write("shop", lambda uow: everything(uow, 2)), store.read("shop", seen)):
        with pytest.raises(StorageUnavailable, match="replaced"):
            await attempt


async def test_a_damaged_file_is_unavailable(store, path):
    await store.write("shop", everything)
    await store.close()
    path.write_bytes(path.read_bytes()[:4096] + b"nonsense" * 60_000)
    again = await open_database(f"sqlite:///{path}", migrate=False)
    with pytest.raises(StorageUnavailable, match="damaged"):
        await again.write("shop", lambda uow: everything(uow, 2))
    await again.close()


async def test_a_closed_database_is_unavailable_and_what_was_queued_is_written(store, path):
    works = [asyncio.create_task(store.write("shop", lambda uow, i=i: everything(uow, i))) for i in range(10)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*works)
    with pytest.raises(StorageUnavailable):
        await store.write("shop", everything)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from orders").fetchone() == (10,)


def in_another_process(code, url):
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code, url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


OPEN = """
import asyncio, sys
from integrations.storage import open_database
from tests.builders import a_merchant
from tests.contract.storage.test_transactions import everything, seen
"""


async def test_a_second_process_may_read_but_not_write(store, path):
    await store.write("shop", everything)
    code = OPEN + "asyncio.run(open_database(sys.argv[1]))"
    _, error = in_another_process(code, f"sqlite:///{path}").communicate(timeout=30)
    assert f"DatabaseInUse: {path} is in use by process {os.getpid()}" in error
    code = (
        OPEN
        + """
async def main():
    store = await open_database(sys.argv[1], read_only=True)
    print(await store.read("shop", seen))
    try:
        await store.write("shop", everything)
    except Exception as error:
        print(type(error).__name__)
    await store.close()
asyncio.run(main())
"""
    )
    said, error = in_another_process(code, f"sqlite:///{path}").communicate(timeout=30)
    assert said.split("\n")[:2] == ["(1, 2, 1)", "StorageUnavailable"], error
    with pytest.raises(DatabaseInUse):
        await open_database(f"sqlite:///{path}")


KILLED = (
    OPEN
    + """
async def client(store, k):
    for i in range(10_000):
        await store.write("shop", lambda uow: everything(uow, k * 10_000 + i))
        print(k * 10_000 + i, flush=True)
async def main():
    store = await open_database(sys.argv[1])
    await store.save_merchant(a_merchant())
    await asyncio.gather(*(client(store, k) for k in range(FIRST, FIRST + 8)))
asyncio.run(main())
"""
)


async def test_what_was_confirmed_before_kill_9_is_there_and_nothing_is_half_there(path):
    confirmed = []
    for first in (0, 8):
        killed = in_another_process(KILLED.replace("FIRST", str(first)), f"sqlite:///{path}")
        assert killed.stdout is not None
        said = "".join(killed.stdout.readline() for _ in range(150))
        killed.send_signal(signal.SIGKILL)
        # Not communicate(): it reads past what readline() has buffered, and would hand back half a line.
        rest = killed.stdout.read()
        error = killed.communicate(timeout=30)[1]
        whole_lines = (said + rest).rpartition("\n")[0].split("\n")
        assert len(whole_lines) >= 150, error
        confirmed += [int(line) for line in whole_lines]
    store = await open_database(f"sqlite:///{path}")

    def check(uow):
        missing = [i for i in confirmed if uow.orders.get(f"order-{i}") is None]
        orders, rows, events = (
            len(uow.orders.recent(100_000)),
            len(uow.ledger.postings(limit=100_000)),
            len(uow.audit.events(limit=100_000)),
        )
        return (
            missing,
            orders,
            rows,
            events,
            uow.ledger.sum(),
            uow.ledger.balances("EUR").of(Account.PENDING_SETTLEMENT),
        )

    missing, orders, rows, events, total, balance = await store.read("shop", check)
    assert missing == []
    assert len(await store.jobs.jobs(limit=100_000)) == orders == events
    assert rows == 2 * orders
    assert total == 0
    assert balance == 100 * orders
    await store.close()


async def test_nothing_is_opened_where_there_is_nothing_to_read(tmp_path):
    with pytest.raises(StorageUnavailable, match="no database"):
        await open_database(f"sqlite:///{tmp_path}/none.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "mysql://host/db", "desk.db"])
async def test_other_urls_are_refused(url):
    with pytest.raises(ValueError, match="sqlite:///path"):
        await open_database(url)
