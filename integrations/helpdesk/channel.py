"""A connected helpdesk as one of the desk's channels: webhooks in, notes out, tickets kept up to date."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from agent.runner import Desk
from domain.ports import Clock, Job, Store, UnitOfWork
from integrations.helpdesk.noting import NoteWriter, later
from integrations.helpdesk.opening import as_ticket, open_ticket, records_of, thread_of
from integrations.helpdesk.port import Helpdesk, HelpdeskError, TicketNotFound
from integrations.helpdesk.webhooks import Webhooks, refresh_kind
from integrations.work.outcome import Done, Handler, Outcome
from integrations.work.worker import Worker

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)


class HelpdeskChannel:
    """A :class:`integrations.channels.Channel`."""

    def __init__(self, store: Store, merchant_id: str, helpdesk: Helpdesk, clock: Clock) -> None:
        self.helpdesk = helpdesk
        self._store, self._merchant, self._clock = store, merchant_id, clock
        self._notes = NoteWriter(store, helpdesk)
        self._desk: Desk | None = None

    @property
    def name(self) -> str:
        """The helpdesk's."""
        return self.helpdesk.name

    def attach(self, desk: Desk) -> None:
        """Whose conversations have tickets."""
        self._desk = desk

    def jobs(self) -> dict[str, Handler]:
        """Reading a ticket again."""
        return {refresh_kind(self.name): self.refresh}

    def mount(self, app: FastAPI) -> None:
        """The webhook's address; a helpdesk of another name has none here."""
        door = Webhooks(self._store, self._merchant, self.helpdesk, self._clock)
        app.add_api_route(
            f"/webhooks/helpdesk/{self.name}", door.__call__, methods=["POST"], include_in_schema=False
        )

    async def tell(self, job: Job) -> Outcome | None:
        """Write it down in the ticket."""
        return await self._notes.tell(job)

    async def refresh(self, job: Job) -> Outcome:
        """Read the ticket again: the page sees that it changed, the conversation speaks of what it says now."""
        ticket_id = str(job.payload["ticket_id"])
        try:
            opened = await open_ticket(self._store, job.merchant_id, self.helpdesk, ticket_id)
        except TicketNotFound:
            log.info("ticket %s is gone", ticket_id)
            return Done()
        except HelpdeskError as error:
            return later(job, self.name, error)
        if self._desk is not None:
            ticket = as_ticket(opened.ticket)
            await self._desk.keep_ticket(self.name, thread_of(ticket_id), ticket)
        return Done()

    def chores(self, worker: Worker) -> None:
        """Forget deliveries and logins that can no longer come again."""

        async def forget() -> None:
            def work(uow: UnitOfWork) -> int:
                return records_of(uow).forget_expired(uow.now)

            await self._store.write(self._merchant, work)

        worker.every(3600, forget, f"{self.name}.forget")

    async def close(self) -> None:
        """Let go of connections."""
        await self.helpdesk.close()
