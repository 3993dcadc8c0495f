"""From a helpdesk's ticket to what the desk talks about: the customer's words, and what is remembered of them.

`stamp` is a hash of what the customer and the case are about; the desk's own notes and tags are no change of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import orjson

from agent.messages import Ticket
from domain.ports import Store, UnitOfWork
from integrations.helpdesk.port import ORDER_FIELD, Helpdesk, HelpdeskTicket
from integrations.storage.repositories.helpdesk import HelpdeskRecords, Snapshot
from integrations.storage.unit_of_work import Work


def records_of(uow: UnitOfWork) -> HelpdeskRecords:
    """The helpdesk's records of a transaction."""
    assert isinstance(uow, Work)
    return uow.helpdesk


def thread_of(ticket_id: str) -> str:
    """The thread key of a ticket's conversation in the helpdesk's channel: one conversation a ticket."""
    return ticket_id


def as_ticket(ticket: HelpdeskTicket) -> Ticket:
    """What the desk reads of it: untrusted, the customer's own words only."""
    hints = [value for key, value in ticket.fields.items() if "order" in key.casefold() and value.strip()]
    return Ticket(
        id=ticket.id,
        subject=ticket.subject[:500],
        body=ticket.body[:20_000],
        requester=ticket.requester[:200],
        requester_email=ticket.requester_email[:320],
        order_hint=(ticket.fields.get(ORDER_FIELD) or next(iter(hints), ""))[:80],
        language=ticket.language,
        url=ticket.url,
    )


def stamp_of(ticket: HelpdeskTicket) -> str:
    """A hash of subject, requester, status, fields, files and everything but notes for staff."""
    said = [(m.author, m.text, m.at.isoformat(), m.from_customer) for m in ticket.messages if not m.internal]
    files = [(file.id, file.name, file.size) for file in ticket.files]
    who = (ticket.subject, ticket.requester, ticket.requester_email, ticket.status)
    seen = [who, sorted(ticket.fields.items()), said, files]
    return hashlib.sha256(orjson.dumps(seen)).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenedTicket:
    """A ticket as it was read just now. `stamp` is what a page compares to see whether it changed since."""

    ticket: HelpdeskTicket
    stamp: str
    changed: bool = False
    """Whether it is another than the one that was read before."""


async def open_ticket(store: Store, merchant_id: str, helpdesk: Helpdesk, ticket_id: str) -> OpenedTicket:
    """Read the ticket and remember what was read. Raises TicketNotFound, HelpdeskError."""
    ticket = await helpdesk.get_ticket(ticket_id)
    stamp = stamp_of(ticket)
    doc = orjson.dumps(ticket).decode()

    def work(uow: UnitOfWork) -> bool:
        records = records_of(uow)
        before = records.snapshot(helpdesk.name, ticket_id)
        is_other = before is not None and before.stamp != stamp
        changed_at = uow.now if is_other else before.changed_at if before else None
        records.save_snapshot(helpdesk.name, Snapshot(ticket_id, stamp, doc, uow.now, changed_at))
        return is_other

    return OpenedTicket(ticket, stamp, await store.write(merchant_id, work))


@dataclass(frozen=True, slots=True)
class KnownTicket:
    """What is known of a ticket without asking the helpdesk."""

    stamp: str
    seen_at: datetime
    changed_at: datetime | None


def known_ticket(uow: UnitOfWork, helpdesk: str, ticket_id: str) -> KnownTicket | None:
    """The stamp it was last read with: another than the page's own means that the ticket changed meanwhile."""
    found = records_of(uow).snapshot(helpdesk, ticket_id)
    return KnownTicket(found.stamp, found.seen_at, found.changed_at) if found else None
