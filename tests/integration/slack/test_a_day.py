"""A day at the desk in Slack: thirty cases, three agents and a supervisor, a crash, and a workspace that leaves.

Nothing is lost, nothing is done twice, and every payload is one Slack takes (the recorder checks each).
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.fakes.slack_api import profile
from tests.fakes.slack_office import add_workspace, opened
from tests.integration.slack.test_installing import INSTALLS, install

# How slack_sdk sends the client's secret; aiohttp 4 will ask for it in another way.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
CASES = 30
SETTINGS = {**INSTALLS, "public_url": "https://desk.example"}


def agent_of(number):
    """Ana and Bea work in one workspace, Cem in another."""
    return ("ana", "bea", "cem")[number % 3]


class Day:
    """What was asked and where, over the processes that came and went."""

    def __init__(self, api):
        self.api, self.threads = api, {}

    def begin(self, office):
        self.office = office
        office.client.base_url = "https://desk.example"

    def speak_as(self, who):
        self.office.team = "T2" if who == "cem" else "T1"

    async def ask(self, number):
        """Each event comes twice, as Slack does when it is unsure."""
        who, ts = agent_of(number), f"16000000{number:02d}.000001"
        self.speak_as(who)
        text = f"refund $5 for the linen runner on 90{number:02d} as goodwill, no return"
        for _ in range(2):
            self.threads[number] = await self.office.dm(who, text, ts=ts, event_id=f"Ev-day-{number}")

    async def confirm(self, number):
        """Bea's need a supervisor; every press comes twice."""
        who = agent_of(number)
        (card,) = self.office.cards(f"D{who.upper()}", self.threads[number])
        presser = "sam" if who == "bea" else who
        self.speak_as(presser)
        shown = card if who != "bea" else self.asked_of_sam(card)
        for _ in range(2):
            await self.office.press(presser, shown, "proposal_confirm", action_ts=f"77.{number}")

    def asked_of_sam(self, card):
        """The approval that shows the same proposal."""
        value = json.dumps(card["blocks"][-2]["elements"][0]["value"])
        return next(m for m in self.office.cards("DSAM") if value in json.dumps(m["blocks"]))

    async def settle(self):
        """Also what waits for a while before it is tried again."""
        for _ in range(3):
            await self.office.settled(60)
            self.office.clock.ahead += timedelta(minutes=2)
        await self.office.settled(60)


async def prepare(office):
    """Two more agents, one of them with a limit of 1.00, and an order for each case."""

    def work(uow):
        ana = uow.staff.get("ana")
        for name, limit in (("bea", 100), ("cem", 10_000)):
            more = {
                "id": name,
                "name": name.title(),
                "email": f"{name}@demo.example",
                "limits": {"USD": limit},
            }
            uow.staff.save(ana.model_copy(update=more), [("email", f"{name}@demo.example")])
        for number in range(CASES):
            order = uow.orders.by_number("1042").model_copy(deep=True)
            order.id, order.number = f"ord_day_{number}", f"#90{number:02d}"
            for payment in order.payments:
                payment.provider_ref = f"pay_day_{number}"
            assert uow.orders.add(order)

    await office.app.store.write("demo", work)


async def test_thirty_cases_a_crash_and_a_workspace_that_leaves_lose_nothing_and_double_nothing(
    folder, api, clock
):
    day = Day(api)
    async with opened(folder, api, clock, **SETTINGS) as office:
        day.begin(office)
        await prepare(office)
        for team in ("T1", "T2"):
            await install(office, api, team, f"xoxb-day-{team}")
            add_workspace(api, team, f"xoxb-day-{team}")
        for name, team in (("bea", "T1"), ("cem", "T2")):
            api.users[team, f"U{name.upper()}"] = profile(f"U{name.upper()}", team, f"{name}@demo.example")
        for number in range(12):
            await day.ask(number)
        await day.settle()
        api.fail("chat.postMessage", status=500, after=True, times=2)
        api.fail("chat.update", "ratelimited", status=429, headers={"Retry-After": "30"}, times=2)
        for number in range(12):
            await day.confirm(number)
        await day.settle()
        for number in range(12, CASES):
            await day.ask(number)
        await day.settle()
    async with opened(folder, api, clock, worker="external", **SETTINGS) as office:
        day.begin(office)
        for number in range(12, CASES):
            await day.confirm(number)
        assert not [r for n in range(12, CASES) for r in (await office.order(f"90{n:02d}")).refunds], (
            "acknowledged only"
        )
    async with opened(folder, api, clock, **SETTINGS) as office:
        day.begin(office)
        await day.settle()
        for number in range(CASES):
            refunds = (await office.order(f"90{number:02d}")).refunds
            assert [(r.amount, r.status.value) for r in refunds] == [(500, "succeeded")], number
            told = office.text(f"D{agent_of(number).upper()}", day.threads[number])
            assert told.count(":white_check_mark:") == 1, (number, told)
        left = [m for channel in ("DANA", "DBEA", "DCEM", "DSAM", "DFIN") for m in office.cards(channel)]
        assert left == [], "no card is left that could be pressed"
        day.speak_as("cem")
        await office.event({"type": "app_uninstalled"})
        await office.settled()
        before = len(api.calls)
        await office.dm("cem", "what's our balance")
        await office.settled()
        assert len(api.calls) == before
        assert await office.dead() == []
        assert await office.app.store.jobs.jobs(state="queued") == []
        assert await office.app.store.read("demo", lambda uow: uow.ledger.sum()) == 0
    assert api.illegal == []
