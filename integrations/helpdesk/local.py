"""The built-in helpdesk: tickets in the desk's own database, for the demo and for trying things out.

Its page is the desk's own, behind the desk's own login, so there is nothing embedded from elsewhere and no webhook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.ports import Store, UnitOfWork
from integrations.helpdesk.port import (
    EmbedIdentity,
    EmbedRefused,
    HelpdeskTicket,
    TicketConflict,
    TicketFile,
    TicketMessage,
    TicketNotFound,
    WebhookEvent,
    WebhookRefused,
)
from integrations.storage.repositories.local_tickets import (
    LocalDraft,
    LocalMessage,
    LocalNote,
    LocalTicket,
    LocalTickets,
)
from integrations.storage.unit_of_work import Work

NAME = "local"
STATUSES = ("new", "open", "pending", "solved")


def tickets_of(uow: UnitOfWork) -> LocalTickets:
    """The built-in helpdesk's tables of a transaction."""
    assert isinstance(uow, Work)
    return uow.local_tickets


@dataclass(slots=True)
class LocalHelpdesk:
    """A :class:`integrations.helpdesk.port.Helpdesk` on the desk's database."""

    store: Store
    merchant_id: str
    path: str = "/tickets/"
    """Where its page shows a ticket."""

    name = NAME
    frame_ancestors = "'self'"

    async def tickets(self, limit: int = 50) -> list[LocalTicket]:
        """The ones last changed first, without messages."""
        return await self.store.read(self.merchant_id, lambda uow: tickets_of(uow).recent(limit))

    async def get_ticket(self, ticket_id: str) -> HelpdeskTicket:
        """The ticket with everything. Raises TicketNotFound."""

        def work(uow: UnitOfWork) -> HelpdeskTicket:
            return _whole(tickets_of(uow), _known(uow, ticket_id), self.deep_link(ticket_id))

        return await self.store.read(self.merchant_id, work)

    async def add_internal_note(self, ticket_id: str, text: str, *, key: str) -> str:
        """One a key: the same key again changes nothing and gives the id of the first."""

        def work(uow: UnitOfWork) -> str:
            ticket, tickets = _known(uow, ticket_id), tickets_of(uow)
            for note in tickets.notes(ticket_id):
                if note.key == key:
                    return note.id
            note = LocalNote(id=f"n-{key}", key=key, author="Returns Desk", text=text, at=uow.now)
            tickets.save_note(ticket_id, note)
            _touch(uow, ticket)
            return note.id

        return await self.store.write(self.merchant_id, work)

    async def edit_internal_note(self, ticket_id: str, note_id: str, text: str) -> bool:
        """Put another text in its place; False where there is no such note."""

        def work(uow: UnitOfWork) -> bool:
            ticket, tickets = _known(uow, ticket_id), tickets_of(uow)
            for note in tickets.notes(ticket_id):
                if note.id == note_id:
                    tickets.save_note(ticket_id, note.model_copy(update={"text": text}))
                    _touch(uow, ticket)
                    return True
            return False

        return await self.store.write(self.merchant_id, work)

    async def add_tags(self, ticket_id: str, tags: Sequence[str]) -> None:
        """Add tags; those it has stay."""

        def work(uow: UnitOfWork) -> None:
            _known(uow, ticket_id)
            for tag in tags:
                tickets_of(uow).add_tag(ticket_id, tag)

        await self.store.write(self.merchant_id, work)

    async def set_status(self, ticket_id: str, status: str, *, version: str) -> str:
        """Raises TicketConflict where somebody changed the ticket since that version, ValueError for no status."""
        if status not in STATUSES:
            raise ValueError(f"status {status!r} is none of {', '.join(STATUSES)}")

        def work(uow: UnitOfWork) -> str:
            ticket = _known(uow, ticket_id)
            if str(ticket.version) != version:
                raise TicketConflict(
                    f"ticket {ticket_id} changed since version {version}", str(ticket.version)
                )
            ticket.status = status
            _touch(uow, ticket)
            return str(ticket.version)

        return await self.store.write(self.merchant_id, work)

    async def add_message(self, ticket_id: str, author: str, text: str, *, from_customer: bool) -> None:
        """Something more was written: by the customer, or the reply that a person sent."""

        def work(uow: UnitOfWork) -> None:
            ticket = _known(uow, ticket_id)
            message = LocalMessage(
                id=uow.ids.new("tm"), author=author, text=text, at=uow.now, from_customer=from_customer
            )
            tickets_of(uow).add_message(ticket_id, message)
            _touch(uow, ticket)

        await self.store.write(self.merchant_id, work)

    async def download(self, ticket_id: str, file_id: str) -> tuple[bytes, str, str]:
        """An attachment of this ticket: content, media type, name. Raises TicketNotFound."""

        def work(uow: UnitOfWork) -> tuple[bytes, str, str]:
            found = tickets_of(uow).file(ticket_id, file_id)
            if found is None:
                raise TicketNotFound(f"ticket {ticket_id} has no file {file_id}")
            return found[1], found[0].media_type, found[0].name

        return await self.store.read(self.merchant_id, work)

    async def draft_reply(self, ticket_id: str, text: str, *, key: str) -> bool:
        """Keep a draft beside the ticket; the same key again replaces it."""

        def work(uow: UnitOfWork) -> bool:
            _known(uow, ticket_id)
            tickets_of(uow).save_draft(ticket_id, LocalDraft(key=key, text=text, at=uow.now))
            return True

        return await self.store.write(self.merchant_id, work)

    async def drafts(self, ticket_id: str) -> list[LocalDraft]:
        """Drafts that wait beside the ticket, oldest first."""
        return await self.store.read(self.merchant_id, lambda uow: tickets_of(uow).drafts(ticket_id))

    async def drop_draft(self, ticket_id: str, key: str) -> None:
        """It was sent, or thrown away."""
        await self.store.write(self.merchant_id, lambda uow: tickets_of(uow).drop_draft(ticket_id, key))

    def verify_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> WebhookEvent:
        """Nothing is sent to it from outside."""
        raise WebhookRefused("the built-in helpdesk has no webhook")

    def verify_embed(self, form: Mapping[str, str], now: datetime) -> EmbedIdentity:
        """Its page is behind the desk's own login."""
        raise EmbedRefused("the built-in helpdesk is behind the desk's own login")

    async def email_of(self, identity: str) -> str:
        """It has no staff of its own."""
        return ""

    def deep_link(self, ticket_id: str) -> str:
        """Its page of the ticket, as a path on this desk."""
        return f"{self.path}{ticket_id}"

    async def close(self) -> None:
        """The database is not its own."""


def _known(uow: UnitOfWork, ticket_id: str) -> LocalTicket:
    ticket = tickets_of(uow).get(ticket_id)
    if ticket is None:
        raise TicketNotFound(f"no ticket {ticket_id}")
    return ticket


def _touch(uow: UnitOfWork, ticket: LocalTicket) -> None:
    """The ticket changed: another version."""
    ticket.updated_at = uow.now
    tickets_of(uow).change(ticket)


def _whole(tickets: LocalTickets, ticket: LocalTicket, url: str) -> HelpdeskTicket:
    said = [TicketMessage(m.author, m.text, m.at, m.from_customer) for m in tickets.messages(ticket.id)]
    notes = [TicketMessage(n.author, n.text, n.at, False, True) for n in tickets.notes(ticket.id)]
    return HelpdeskTicket(
        id=ticket.id,
        subject=ticket.subject,
        requester=ticket.requester,
        requester_email=ticket.requester_email,
        status=ticket.status,
        messages=sorted([*said, *notes], key=lambda message: message.at),
        files=[
            TicketFile(f.id, f.name, f.media_type, f.size, from_customer=f.from_customer)
            for f in tickets.files(ticket.id)
        ],
        tags=tickets.tags(ticket.id),
        fields=dict(ticket.fields),
        language=ticket.language,
        version=str(ticket.version),
        url=url,
    )
