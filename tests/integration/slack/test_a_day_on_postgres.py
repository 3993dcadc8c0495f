"""The same day, shorter, on PostgreSQL and with two processes of the desk side by side on one database.

Each takes events and each works on whatever is next, so that what keeps things apart has to hold between them.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.ports import Job
from integrations.slack.notices import LEFT_TO_REPLY
from tests.fakes.slack_api import profile
from tests.fakes.slack_office import add_workspace, opened
from tests.integration.slack.test_a_day import Day, agent_of, prepare
from tests.integration.slack.test_cards import ABOVE

FIRST, LATER = (0, 1), (2, 4)
"""Cases of Ana, of Bea, who needs a supervisor, of Cem, and of Bea again; the last two are confirmed before a crash."""


@pytest.fixture
def settings(tmp_path, postgres_url):
    """Of every process: one database, one sandbox provider."""
    return {"folder": tmp_path, "database_url": postgres_url}


class Pair:
    """Two processes; what is sent goes to one and to the other, in turn."""

    def __init__(self, api, clock, settings, **more):
        folder, rest = settings["folder"], {"database_url": settings["database_url"], **more}
        self.open = [opened(folder, api, clock, **rest) for _ in range(2)]

    async def __aenter__(self):
        self.offices = [await each.__aenter__() for each in self.open]
        return self.offices

    async def __aexit__(self, *error):
        for each in reversed(self.open):
            await each.__aexit__(*error)


def open_team(api):
    """Bea and Cem beside the demo shop's people, all in one workspace."""
    add_workspace(api)
    for name in ("bea", "cem"):
        api.users["T1", f"U{name.upper()}"] = profile(f"U{name.upper()}", "T1", f"{name}@demo.example")


class OneTeamsDay(Day):
    """All in the first workspace; each event and each press reaches both processes."""

    def __init__(self, api, offices):
        super().__init__(api)
        self.offices = offices
        self.begin(offices[0])

    def begin(self, office):
        self.office = office

    def speak_as(self, who):
        """There is one workspace."""

    async def everywhere(self, step, number):
        for office in self.offices:
            self.office = office
            await step(number)


async def test_two_processes_on_postgresql_lose_nothing_double_nothing_and_tell_each_outcome_once(
    settings, api, clock
):
    open_team(api)
    async with Pair(api, clock, settings) as offices:
        day = OneTeamsDay(api, offices)
        await prepare(day.office)
        for number in FIRST + LATER:
            await day.everywhere(day.ask, number)
        await day.settle()
        api.fail("chat.postMessage", status=500, after=True, times=2)
        for number in FIRST:
            await day.everywhere(day.confirm, number)
        await day.settle()
        threads = day.threads
    async with opened(
        settings["folder"], api, clock, worker="external", database_url=settings["database_url"]
    ) as office:
        day.offices = [office]
        for number in LATER:
            await day.everywhere(day.confirm, number)
        for number in LATER:
            assert not (await office.order(f"90{number:02d}")).refunds, "acknowledged only"
    async with Pair(api, clock, settings) as offices:
        day = OneTeamsDay(api, offices)
        day.threads = threads
        await day.settle()
        for number in FIRST + LATER:
            refunds = (await day.office.order(f"90{number:02d}")).refunds
            assert [(r.amount, r.status.value) for r in refunds] == [(500, "succeeded")], number
            told = day.office.text(f"D{agent_of(number).upper()}", threads[number])
            assert told.count(":white_check_mark:") == 1, (number, told)
        assert [m for channel in ("DANA", "DBEA", "DCEM", "DSAM") for m in day.office.cards(channel)] == []
        assert await day.office.dead() == []
        assert await day.office.app.store.read("demo", lambda uow: uow.ledger.sum()) == 0


async def waits(work, postgres):
    """Whether it comes to wait for a lock, and does not end without."""
    waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted"
    while True:
        if work.done() or await asyncio.to_thread(postgres.run, waiting):
            return not work.done()
        await asyncio.sleep(0.01)


async def test_what_one_process_is_just_telling_is_not_told_by_another_too(settings, postgres, api, clock):
    open_team(api)
    async with Pair(api, clock, settings, wait_seconds=60) as (first, second):
        thread = await first.dm("ana", "refund the linen runner on 1042 as goodwill, no return")
        await first.mention("ana", ABOVE)
        await first.settled()
        (card,) = first.cards("DANA", thread)
        arrived, let = api.hold("chat.postMessage", thread_ts=thread)
        await first.press("ana", card, "proposal_confirm")
        await arrived.wait()
        refund = (await second.order("1042")).refunds[-1]
        now, about = clock.now(), {"event": "executed", "proposal_id": refund.id}
        late = Job(1, "demo", "notify.slack", "late", about, LEFT_TO_REPLY + 1, 1, now, now)
        telling = asyncio.create_task(second.channel.tell(late))
        waited = await waits(telling, postgres)
        let.set()
        await telling
        await first.settled()
        assert waited, "for the thread's turn, however late it is"
        assert first.text("DANA", thread).count(":white_check_mark:") == 1

        arrived, let = api.hold("chat.postMessage")
        clock.ahead += timedelta(minutes=22)
        reminding = [asyncio.create_task(each.channel._remind()) for each in (first, second)]
        await arrived.wait()
        any_done = asyncio.create_task(asyncio.wait(reminding, return_when=asyncio.FIRST_COMPLETED))
        waited = await waits(any_done, postgres)
        let.set()
        await asyncio.gather(*reminding, any_done)
        assert waited, "one process reminds at a time"
        reminders = [m for m in api.called("chat.postMessage") if "Still waiting" in m["text"]]
        assert sorted(m["channel"] for m in reminders) == ["DFIN", "DSAM"]
