"""A demo shop beside a helpdesk that is somebody else's: in memory, so that it can fail as real ones do."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from agent.messages import InboundMessage, Press, ProposalCard, Ticket
from domain.notices import NOTIFY
from integrations.assembly import make_worker
from integrations.bootstrap import application
from integrations.helpdesk.channel import HelpdeskChannel
from integrations.helpdesk.marks import add_once
from integrations.helpdesk.port import (
    HelpdeskTicket,
    TicketMessage,
    TicketNotFound,
    WebhookEvent,
    WebhookRefused,
)
from integrations.settings import Settings
from integrations.work.outcome import BackOff
from tests.builders import FakeClock


@dataclass
class OtherDesk:
    """A helpdesk with tickets 1 to 9. `trouble` are errors that the next writes raise, before or after writing."""

    clock: FakeClock
    can_edit: bool = False
    name: str = "other"
    frame_ancestors: str = ""
    notes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    trouble: list[tuple[str, Exception]] = field(default_factory=list)
    reads: int = 0

    def _fail(self, when: str) -> None:
        if self.trouble and self.trouble[0][0] == when:
            raise self.trouble.pop(0)[1]

    async def get_ticket(self, ticket_id):
        self.reads += 1
        self._fail("read")
        if ticket_id not in "123456789":
            raise TicketNotFound(ticket_id)
        text = self.words.get(ticket_id, "Order #1042: one mug is cracked.")
        said = [TicketMessage("Lucía", text, self.clock.now(), True)]
        said += [
            TicketMessage("Desk", note, self.clock.now(), False, True)
            for _, note in self.notes.get(ticket_id, [])
        ]
        return HelpdeskTicket(ticket_id, "Mug", "Lucía Prado", "lucia.prado@example.com", "open", said)

    async def add_internal_note(self, ticket_id, text, *, key):
        if ticket_id not in "123456789":
            raise TicketNotFound(ticket_id)
        there = self.notes.setdefault(ticket_id, [])

        async def find():
            return next((f"n-{known}" for known, _ in there if known == key), "")

        async def add():
            self._fail("before")
            there.append((key, text))
            self._fail("after")
            return f"n-{key}"

        return await add_once(find, add)

    async def edit_internal_note(self, ticket_id, note_id, text):
        there = self.notes[ticket_id]
        if self.can_edit:
            self.notes[ticket_id] = [(key, text if f"n-{key}" == note_id else old) for key, old in there]
        return self.can_edit

    async def add_tags(self, ticket_id, tags):
        self._fail("tags")
        there = self.tags.setdefault(ticket_id, [])
        there += [tag for tag in tags if tag not in there]

    def verify_webhook(self, headers, body, now):
        if headers.get("x-signature") != "good":
            raise WebhookRefused("the signature does not fit")
        return WebhookEvent(
            headers.get("x-delivery", ""), "changed", body.decode(), headers.get("x-signed", "")
        )

    def deep_link(self, ticket_id):
        return f"https://other.example/{ticket_id}"

    async def close(self):
        return None


class Beside:
    """The desk with that helpdesk connected, its worker run by hand."""

    def __init__(self, app, clock, can_edit=False):
        self.app, self.clock = app, clock
        self.other = OtherDesk(clock, can_edit)
        self.channel = HelpdeskChannel(app.store, "demo", cast(Any, self.other), clock)
        self.channel.attach(app.desk)
        self.numbers = itertools.count(1)
        self.card: Any = None

    def worker(self, name="w1"):
        worker = make_worker(self.app.store, self.app.provider, name, self.clock, [self.channel])
        worker._pace = type(worker._pace)(back_off=BackOff(first=1, factor=1, jitter=0), poll_seconds=0.01)
        return worker

    async def work(self):
        """Run everything that is due now."""
        await self.worker().run_once()

    async def say(self, text, ticket="1", channel="other", given=None, staff="ana"):
        message = InboundMessage(
            channel=channel, thread_key=ticket, event_id=f"e{next(self.numbers)}", staff_id=staff, text=text,
            ticket=given,
        )  # fmt: skip
        return self._note(await self.app.desk.say(message))

    async def press(self, ticket="1", channel="other", staff="ana", action="confirm"):
        press = Press(
            channel=channel, thread_key=ticket, event_id=f"e{next(self.numbers)}", staff_id=staff, action=action,
            proposal_id=self.card.proposal_id, sha256=self.card.sha256,
        )  # fmt: skip
        return self._note(await self.app.desk.press(press))

    def _note(self, reply):
        self.card = next((b for b in reply.blocks if isinstance(b, ProposalCard)), self.card)
        return reply

    async def refund(self, ticket="1", channel="other", given=None):
        """Propose and confirm a refund of the linen runner of #1042; the worker has not run yet."""
        await self.say("refund the linen runner on 1042 as goodwill", ticket, channel, given)
        await self.press(ticket, channel)

    async def notes(self, ticket="1"):
        return [text for _, text in self.other.notes.get(ticket, [])]

    async def told(self):
        """Jobs by which the helpdesk is told, with their states."""
        jobs = await self.app.store.jobs.jobs(limit=1000)
        return {job.key: job.state for job in jobs if job.kind == f"{NOTIFY}.other"}


@pytest.fixture(scope="session")
def seeded_shop(tmp_path_factory):
    """A data folder with the demo shop, as it is at a fixed time."""
    folder = tmp_path_factory.mktemp("shop")

    async def seed():
        async with application(Settings(data=folder, worker="external"), demo=True, clock=FakeClock()):
            pass

    asyncio.run(seed())
    return folder


@pytest.fixture
async def app(seeded_shop, tmp_path):
    shutil.copytree(seeded_shop, tmp_path / "desk")
    settings = Settings(data=tmp_path / "desk", worker="external", wait_seconds=0)
    async with application(settings, demo=True, clock=FakeClock()) as app:
        yield app


@pytest.fixture
def clock(app):
    return app.desk.clock


@pytest.fixture
def beside(app, clock):
    return Beside(app, clock)


@pytest.fixture
def beside_editable(app, clock):
    return Beside(app, clock, can_edit=True)


@pytest.fixture
def a_ticket():
    return Ticket(id="1", subject="Mug", body="Order #1042: one mug is cracked.", requester="Lucía Prado")
