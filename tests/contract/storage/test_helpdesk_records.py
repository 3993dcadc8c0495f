"""What is kept about helpdesks: each delivery and login once, notes by one run at a time, every merchant its own."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.ports import ConcurrentChange
from integrations.storage.repositories.helpdesk import Snapshot, WrittenNote
from tests.builders import NOW
from tests.contract.storage.conftest import OTHER

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize("kind", ["first_login", "first_delivery"])
async def test_a_login_and_a_delivery_count_once_for_each_helpdesk_and_merchant(write, kind):
    def first(helpdesk="zendesk"):
        return lambda uow: getattr(uow.helpdesk, kind)(helpdesk, "id-1", LATER)

    assert [await write(first()), await write(first())] == [True, False]
    assert (await write(first("chatwoot")), await write(first(), OTHER)) == (True, True)


@pytest.mark.parametrize("kind", ["first_login", "first_delivery"])
async def test_of_many_at_once_one_is_the_first(write, kind):
    def first(uow):
        return getattr(uow.helpdesk, kind)("zendesk", "id-1", LATER)

    assert sorted(await asyncio.gather(*(write(first) for _ in range(12)))) == [False] * 11 + [True]


async def test_what_is_over_is_forgotten_and_nothing_else(write, clock):
    await write(lambda uow: uow.helpdesk.first_login("zendesk", "soon", LATER))
    await write(lambda uow: uow.helpdesk.first_login("zendesk", "late", LATER + timedelta(days=1)))
    await write(lambda uow: uow.helpdesk.first_login("zendesk", "soon", LATER), OTHER)
    clock.pass_time(hours=1)
    assert await write(lambda uow: uow.helpdesk.forget_expired(uow.now)) == 1
    assert not await write(lambda uow: uow.helpdesk.first_login("zendesk", "late", LATER))
    assert not await write(lambda uow: uow.helpdesk.first_login("zendesk", "soon", LATER), OTHER)


async def test_a_snapshot_is_written_back_and_of_its_merchant(write, read):
    await write(lambda uow: uow.helpdesk.save_snapshot("rt", Snapshot("7", "a", "{}", NOW)))
    changed = Snapshot("7", "b", '{"x": 1}', LATER, LATER)
    await write(lambda uow: uow.helpdesk.save_snapshot("rt", changed))
    assert await read(lambda uow: uow.helpdesk.snapshot("rt", "7")) == changed
    assert await read(lambda uow: uow.helpdesk.snapshot("zendesk", "7")) is None
    assert await read(lambda uow: uow.helpdesk.snapshot("rt", "7"), OTHER) is None


async def test_a_note_is_written_by_the_run_that_has_it(write, read):
    def take(run, was=None):
        note = WrittenNote("7", "prp_1", run, LATER)
        return lambda uow: uow.helpdesk.save_note("rt", note, was)

    await write(take("r1"))
    await write(take("r2", "r1"))
    for stale in (take("r3"), take("r3", "r1")):
        with pytest.raises(ConcurrentChange):
            await write(stale)
    assert (await read(lambda uow: uow.helpdesk.note("rt", "7", "prp_1"))).run == "r2"
    assert await read(lambda uow: uow.helpdesk.note("rt", "7", "prp_1"), OTHER) is None
