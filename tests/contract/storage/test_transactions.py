"""Transactions: whole or not at all, run again where somebody was faster, apart from their neighbours."""

from __future__ import annotations

import asyncio
import contextvars
from datetime import UTC

import pytest

from domain.ports import AuditEvent, ConcurrentChange, JobSpec
from integrations.storage import ReadOnlyTransaction
from tests.builders import NOW, an_order
from tests.contract.storage.conftest import OTHER
from tests.contract.storage.test_ledger import charge


def everything(uow, i=1):
    """A write to many tables."""
    assert uow.orders.add(an_order(f"order-{i}", number=f"{i}"))
    uow.ledger.post([charge(f"charge:{i}", 100)])
    uow.jobs.enqueue(JobSpec("refund", f"k{i}"))
    uow.audit.append(AuditEvent("note", f"order-{i}", "ana", uow.now))


def seen(uow):
    return (
        len(uow.orders.recent(100)), len(uow.ledger.postings(limit=1000)), len(uow.audit.events(limit=100)),
    )  # fmt: skip


@pytest.mark.parametrize("looks_first", [False, True], ids=["at the end", "after its writes went out"])
async def test_a_work_that_raises_leaves_nothing(store, write, read, looks_first):
    def fail(uow):
        everything(uow)
        if looks_first:
            assert seen(uow) == (1, 2, 1)
        raise KeyError("after all")

    with pytest.raises(KeyError, match="after all"):
        await write(fail)
    assert await read(seen) == (0, 0, 0)
    assert await store.jobs.jobs() == []


async def test_works_that_fail_do_not_hurt_their_neighbours(store, read):
    def work(uow, i):
        if i % 3 == 0:
            raise RuntimeError(f"no {i}")
        everything(uow, i)
        if i % 3 == 1:
            raise RuntimeError(f"late {i}")
        if i % 2:
            assert uow.orders.by_number(str(i)) is not None
        return i

    works = [store.write("shop", lambda uow, i=i: work(uow, i)) for i in range(60)]
    results = await asyncio.gather(*works, return_exceptions=True)
    assert [r for r in results if isinstance(r, int)] == list(range(2, 60, 3))
    assert sorted(str(r) for r in results if isinstance(r, RuntimeError)) == sorted(
        f"{'late' if i % 3 else 'no'} {i}" for i in range(60) if i % 3 != 2
    )
    assert await read(seen) == (20, 40, 20)


async def test_merchants_do_not_see_each_other(store, read):
    await asyncio.gather(*(store.write(m, everything) for m in ("shop", OTHER)))
    assert await read(seen) == (1, 2, 1)
    assert await read(seen, OTHER) == (1, 2, 1)
    assert {job.merchant_id for job in await store.jobs.jobs()} == {"shop", OTHER}


async def test_a_work_is_run_again_on_a_concurrent_change_and_in_the_end_given_up(write):
    runs = []

    def work(uow):
        runs.append(1)
        if len(runs) < 3:
            raise ConcurrentChange("somebody was faster")
        return "third time"

    assert await write(work) == "third time"
    runs.clear()

    def never(uow):
        runs.append(1)
        raise ConcurrentChange("always")

    with pytest.raises(ConcurrentChange, match="always"):
        await write(never)
    assert 2 <= len(runs) <= 20


async def test_a_read_sees_one_state_and_cannot_write(store, write, read):
    for attempt in (
        everything,
        lambda uow: uow.audit.seal(),
        lambda uow: (everything(uow), uow.orders.recent()),
    ):
        with pytest.raises(ReadOnlyTransaction):
            await read(attempt)
    assert await read(seen) == (0, 0, 0)


async def test_time_ids_and_merchant_come_with_the_unit_of_work(write, clock):
    clock.pass_time(hours=1)

    def look(uow):
        return uow.now, uow.now.tzinfo, uow.merchant.id, uow.ids.new("prop"), uow.ids.new("prop")

    now, zone, merchant, first, second = await write(look)
    assert (now, zone, merchant) == (clock.now(), UTC, "shop")
    assert first.startswith("prop_")
    assert len(first) >= 25
    assert first != second
    assert first[:15] == second[:15], "the beginning is the time"


async def test_works_run_in_the_context_of_their_caller(store):
    request = contextvars.ContextVar("request", default="none")

    async def call(i):
        request.set(f"request-{i}")
        return await store.write("shop", lambda uow: (uow.orders.get("x"), request.get()))

    results = await asyncio.gather(*(call(i) for i in range(8)))
    assert [said for _, said in results] == [f"request-{i}" for i in range(8)]


async def test_a_caller_that_goes_away_disturbs_nobody(store, read):
    tasks = [asyncio.create_task(store.write("shop", lambda uow, i=i: everything(uow, i))) for i in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(result is None for result in results[1::2])
    orders, rows, events = await read(seen)
    assert rows == 2 * orders == 2 * events >= 20


async def test_texts_of_any_kind_come_back(write, read):
    texts = [
        '"quoted" \\ back\\slash',
        "{curly,brackets}",
        "NULL",
        "",
        "line\nbreak\ttab",
        "Zoë 日本 🎁",
        "it's; --",
        "%_",
    ]
    for i, text in enumerate(texts):
        await write(
            lambda uow, i=i, text=text: uow.orders.add(
                an_order(f"order-{i}", number=f"n{i}{text}", note=text)
            )
        )
    for i, text in enumerate(texts):
        assert (await read(lambda uow, i=i: uow.orders.get(f"order-{i}"))).note == text
    together = await asyncio.gather(
        *(read(lambda uow, i=i, t=t: uow.orders.by_number(f"n{i}{t}")) for i, t in enumerate(texts))
    )
    assert [order.note for order in together] == texts


async def test_instants_keep_their_microseconds_and_their_moment(write, read):
    from datetime import timedelta, timezone

    at = NOW.replace(microsecond=123456).astimezone(timezone(timedelta(hours=9)))
    await write(lambda uow: uow.audit.append(AuditEvent("note", "x", "ana", at)))
    ((_, event),) = await read(lambda uow: uow.audit.events())
    assert event.at == at
    assert event.at.utcoffset() == timedelta(0)
