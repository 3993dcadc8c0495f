"""What a channel that lives on its own (Slack, a helpdesk) is to the rest, and how each is told what happened.

The domain enqueues one `notify` job an event (:mod:`domain.notices`). It becomes one job a channel, so that a channel
that is down holds up neither the money nor another channel. A channel is told at least once, and keeps where it
showed what (a message's timestamp, a note's id), so that being told again updates and never posts twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from domain.notices import NOTIFY
from domain.ports import Job, JobSpec, Store, UnitOfWork
from integrations.work.outcome import Done, Handler, Outcome
from integrations.work.worker import Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

    from agent.messages import Ticket
    from agent.runner import Desk


class Channel(Protocol):
    """One that is connected. It verifies who speaks, hands events to the desk, and draws replies."""

    @property
    def name(self) -> str:
        """As in `InboundMessage.channel`."""
        ...

    def attach(self, desk: Desk) -> None:
        """The desk it hands events to; called once, before anything else runs."""
        ...

    def jobs(self) -> dict[str, Handler]:
        """Its own kinds of jobs; all begin with its name and a dot."""
        ...

    def mount(self, app: FastAPI) -> None:
        """Its addresses on the desk's server, if it has any."""
        ...

    async def tell(self, job: Job) -> Outcome | None:
        """Show what happened (see :mod:`domain.notices`), where it is shown already or should be."""
        ...

    def chores(self, worker: Worker) -> None:
        """Register what it does again and again (reminders, pruning)."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class Linked(Protocol):
    """A channel that can say where it shows a proposal, so that a person can go on there."""

    @property
    def name(self) -> str:
        """The channel's."""
        ...

    async def link_to(self, proposal_id: str) -> str:
        """The address of its card; empty where it shows none."""
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """What staff wrote, without the name of the helpdesk's ticket in it: a ticket's number is no order's.

    `ticket` is the one that was named and could be read; `remark` one sentence about it for whoever wrote, empty where
    none was named. The ticket's subject may stand in it, so it is data.
    """

    text: str
    ticket: Ticket | None = None
    remark: str = ""


class Tickets(Protocol):
    """The connected helpdesk's tickets, for a channel in which staff write of them. Nothing here raises its errors."""

    async def read(self, text: str, addressed: str) -> Named:
        """Read the ticket that a member of staff names, if they name one.

        `addressed` is the same text with the addresses of its links where `text` has what they show.
        """
        ...

    async def take_draft(self, staff_id: str, ticket_id: str, text: str, key: str) -> str:
        """Put a draft beside a ticket, once a key; a sentence for a person that says what became of it."""
        ...


def told_as(channel: str) -> str:
    """The kind of the job by which a channel is told."""
    return f"{NOTIFY}.{channel}"


@dataclass(frozen=True, slots=True)
class Spread:
    """Job handler: one event becomes one job for each channel."""

    store: Store
    channels: Sequence[str]

    async def __call__(self, job: Job) -> Outcome:
        """The same key a channel: doing it again adds nothing."""
        if self.channels:
            await self.store.write(job.merchant_id, lambda uow: self._enqueue(uow, job))
        return Done()

    def _enqueue(self, uow: UnitOfWork, job: Job) -> None:
        for name in self.channels:
            uow.jobs.enqueue(JobSpec(told_as(name), job.key, job.payload))
