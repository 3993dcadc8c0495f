"""The audit trail: append-only, sealed into a chain that shows what was done to it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.ports import AuditEvent
from tests.builders import NOW
from tests.contract.storage.conftest import OTHER


def event(number, subject="order-1", kind="note"):
    return AuditEvent(kind, subject, "ana", NOW + timedelta(seconds=number), {"n": number, "text": "Zoë"})


async def fill(write, count=6, merchant="shop"):
    await write(lambda uow: [uow.audit.append(event(i)) for i in range(count)], merchant)


async def seal(write, limit=1000, merchant="shop"):
    return await write(lambda uow: uow.audit.seal(limit), merchant)


async def verify(read, merchant="shop"):
    return await read(lambda uow: uow.audit.verify(), merchant)


@pytest.fixture
def tamper(url, sql):
    """Change rows as somebody could who owns the database: past the triggers."""

    def change(statement):
        tables = ("audit_events", "audit_links")
        if url.startswith("sqlite"):
            for table in tables:
                for what in ("update", "delete"):
                    sql(f"drop trigger if exists {table}_no_{what}")
            sql("pragma foreign_keys = off")
        else:
            for table in tables:
                sql(f"alter table {table} disable trigger all")
        sql(statement)

    return change


async def test_events_come_back_newest_first_and_can_be_narrowed(write, read):
    def append(uow):
        uow.audit.append(event(1))
        uow.audit.append(event(2, "order-2"))
        uow.audit.append(event(3, kind="refund"))

    await write(append)

    async def found(merchant="shop", **narrowed):
        return [e.data["n"] for _, e in await read(lambda uow: uow.audit.events(**narrowed), merchant)]

    assert await found() == [3, 2, 1]
    assert await found(subject="order-1") == [3, 1]
    assert await found(kind="refund") == [3]
    assert await found(subject="order-1", kind="note") == [1]
    assert await found(limit=1) == [3]
    (number, newest), *_ = await read(lambda uow: uow.audit.events())
    assert newest == event(3, kind="refund")
    assert await found(before=number) == [2, 1]
    assert await found(before=number, subject="order-1") == [1]
    assert await found(OTHER) == []


async def test_an_event_of_a_transaction_that_failed_is_not_there(write, read):
    def fail(uow):
        uow.audit.append(event(1))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await write(fail)
    assert await read(lambda uow: uow.audit.events()) == []


async def test_sealing_links_each_event_once_and_verifying_says_how_far(write, read):
    await fill(write, 5)
    await fill(write, 2, OTHER)
    assert await seal(write, limit=3) == 3
    report = await verify(read)
    assert (report.sealed, report.unsealed, report.intact) == (3, 2, True)
    assert await seal(write) == 2
    assert await seal(write) == 0
    sealed = await verify(read)
    assert (sealed.sealed, sealed.unsealed, sealed.intact) == (5, 0, True)
    assert sealed.head != report.head
    assert (await verify(read, OTHER)).unsealed == 2


async def test_sealers_that_come_at_once_seal_each_event_once(store, write, read):
    await fill(write, 30)
    sealed = await asyncio.gather(*(store.write("shop", lambda uow: uow.audit.seal(20)) for _ in range(6)))
    assert sum(sealed) == 30
    report = await verify(read)
    assert (report.sealed, report.unsealed, report.intact) == (30, 0, True)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update audit_events set actor = 'eve' where number = 3", ["event 3: altered"]),
        ("update audit_events set data = '{}' where number = 3", ["event 3: altered"]),
        (
            "update audit_events set at = '2020-01-01T00:00:00.000000+00:00' where number = 1",
            ["event 1: altered"],
        ),
        ("delete from audit_events where number = 4", ["event 4: missing"]),
        ("delete from audit_links where event = 4", ["links 4 to 4 are missing before event 5"]),
        (
            "update audit_links set hash = 'x' where event = 2",
            ["event 2: altered", "event 3: the chain is broken"],
        ),
    ],
)
async def test_what_was_done_to_sealed_events_is_found_and_named(write, read, tamper, statement, told):
    await fill(write)
    await seal(write)
    assert (await verify(read)).intact
    tamper(statement)
    problems = (await verify(read)).problems
    assert len(problems) == len(told)
    assert all(problem.startswith(words) for problem, words in zip(problems, told, strict=True)), problems


async def test_events_that_changed_places_are_found(write, read, tamper):
    await fill(write)
    await seal(write)
    tamper(
        "update audit_events set number = case number when 2 then 1002 else 1005 end where number in (2, 5)"
    )
    tamper("update audit_events set number = case number when 1002 then 5 else 2 end where number > 1000")
    assert (await verify(read)).problems == ["event 2: altered", "event 5: altered"]


async def test_links_that_changed_places_are_found(write, read, tamper):
    await fill(write)
    await seal(write)
    tamper("update audit_links set seq = case seq when 3 then 1003 else 1004 end where seq in (3, 4)")
    tamper("update audit_links set seq = case seq when 1003 then 4 else 3 end where seq > 1000")
    problems = (await verify(read)).problems
    assert [p.split(":")[0] for p in problems] == ["event 4", "event 3", "event 5"]
    assert all("out of order" in p for p in problems)


@pytest.mark.parametrize("table", ["audit_events", "audit_links"])
async def test_the_database_itself_refuses_to_change_the_trail(write, read, sql, table):
    await fill(write)
    await seal(write)
    for change in (f"update {table} set merchant_id = 'x'", f"delete from {table}"):
        with pytest.raises(Exception, match="append-only"):
            sql(change)
    assert (await verify(read)).intact
