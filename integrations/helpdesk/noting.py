"""Writing down in the ticket what became of a proposal: one note, also after retries and crashes.

The note's key is the proposal's id. A row of ours says who writes it now and what it said last; the adapter looks for
the key in the ticket before it adds. When things move on (unknown, then refunded) the note is edited where the helpdesk
can, and followed by one more where it cannot. A helpdesk that is down holds up this job alone.
"""

from __future__ import annotations

import hashlib
import logging
import random
from dataclasses import dataclass
from datetime import timedelta

from agent.rendering.notes import InternalNote, internal_note, tags_for
from domain.cases.model import Conversation
from domain.ports import Job, Store, UnitOfWork
from domain.proposals.model import Proposal
from domain.refunds.model import Refund
from integrations.helpdesk.opening import records_of
from integrations.helpdesk.port import Helpdesk, HelpdeskError, TicketNotFound
from integrations.storage.repositories.helpdesk import WrittenNote
from integrations.work.outcome import Again, BackOff, Done, Outcome

log = logging.getLogger(__name__)

HELD = timedelta(seconds=90)
"""How long a run has a note to itself: longer than a worker's lease, after which its run is cut off."""
NAMED_THERE = {"slack"}
"""Channels where staff name a ticket, which the desk then read from the helpdesk itself."""
TOLD = {"executed", "failed"}
"""Of a proposal; of a refund everything is told."""


def later(job: Job, helpdesk: str, error: HelpdeskError) -> Again:
    """Try again: as the back-off says, and no sooner than the helpdesk asks."""
    wait = BackOff().seconds(job.attempts, random.Random(job.id))
    return Again(f"{helpdesk}: {error}", max(wait, error.retry_after or 0.0))


def ticket_of(conversation: Conversation, helpdesk: str) -> str:
    """The ticket a conversation is about: its thread, where it is the helpdesk's own, or the one named there by staff.

    What a client of the API sent as its conversation's ticket does not count: anyone could write into any ticket.
    """
    if conversation.channel == helpdesk:
        return conversation.thread_key
    named = str((conversation.ticket or {}).get("id") or "")
    return named if conversation.channel in NAMED_THERE and named.isdigit() else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is to be in the ticket."""

    ticket_id: str
    proposal: Proposal
    note: InternalNote
    tags: list[str]
    written: WrittenNote

    @property
    def digest(self) -> str:
        """What the row keeps: the state, and a hash of the text."""
        return f"{self.note.state}:{hashlib.sha256(self.note.text.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class NoteWriter:
    """Writes notes into the tickets of one helpdesk."""

    store: Store
    helpdesk: Helpdesk

    async def tell(self, job: Job) -> Outcome:
        """See the module; the job's payload is that of :mod:`domain.notices`."""
        payload = job.payload
        if not str(payload.get("subject", "")).startswith("refund:") and payload.get("event") not in TOLD:
            return Done()
        run = f"{job.id}:{job.fence}"
        told = await self.store.write(job.merchant_id, lambda uow: self._take(uow, payload, run))
        if isinstance(told, Again):
            return told
        if told is None:
            return Done()
        try:
            note_id = await self._write(told)
            if told.tags:
                await self.helpdesk.add_tags(told.ticket_id, told.tags)
        except TicketNotFound:
            log.warning("ticket %s is gone; nothing is noted in it", told.ticket_id)
            note_id = told.written.note_id
        except HelpdeskError as error:
            await self.store.write(job.merchant_id, lambda uow: self._let_go(uow, told, run))
            return later(job, self.helpdesk.name, error)
        await self.store.write(job.merchant_id, lambda uow: self._finish(uow, told, run, note_id))
        return Done()

    def _take(self, uow: UnitOfWork, payload: dict[str, str], run: str) -> _Told | Again | None:
        """Look up what happened and take the note for this run; None where there is nothing to write."""
        proposal = uow.proposals.get(payload.get("proposal_id", ""))
        case = uow.conversations.case(proposal.case_id) if proposal and proposal.case_id else None
        conversation = uow.conversations.get(case.conversation_id) if case else None
        ticket_id = ticket_of(conversation, self.helpdesk.name) if conversation else ""
        if proposal is None or not ticket_id:
            return None
        before = records_of(uow).note(self.helpdesk.name, ticket_id, proposal.id)
        note = internal_note(
            proposal,
            refund := _refund_of(uow, proposal),
            {person.id: person.name for person in uow.staff.all()},
            stuck=payload.get("event") == "stuck",
            before=before.digest.partition(":")[0] if before else "",
        )
        if note is None:
            return None
        if before is not None and before.run not in ("", run) and uow.now < before.locked_until:
            return Again("another worker is writing this note", 2.0, bounded=False)
        written = before or WrittenNote(ticket_id, proposal.id, run, uow.now + HELD)
        was = before.run if before else None
        written.run, written.locked_until = run, uow.now + HELD
        told = _Told(ticket_id, proposal, note, tags_for(proposal, refund), written)
        if not written.digest:
            written.digest = told.digest  # what this run means to say: should it die, it may have said it
        records_of(uow).save_note(self.helpdesk.name, written, was)
        return told

    async def _write(self, told: _Told) -> str:
        """The id of the note that says it."""
        known, again = told.written, f"{told.proposal.id}:{told.note.state}"
        if not known.note_id:
            # Where an earlier run meant to say something else, that may be there already: then this follows it.
            key = told.proposal.id if known.digest == told.digest else again
            return await self.helpdesk.add_internal_note(told.ticket_id, told.note.text, key=key)
        if known.digest == told.digest:
            return known.note_id
        if await self.helpdesk.edit_internal_note(told.ticket_id, known.note_id, told.note.text):
            return known.note_id
        await self.helpdesk.add_internal_note(told.ticket_id, told.note.text, key=again)
        return known.note_id

    def _finish(self, uow: UnitOfWork, told: _Told, run: str, note_id: str) -> None:
        note = records_of(uow).note(self.helpdesk.name, told.ticket_id, told.proposal.id)
        if note is not None and note.run == run:
            note.note_id, note.digest, note.run = note_id, told.digest, ""
            records_of(uow).save_note(self.helpdesk.name, note, run)

    def _let_go(self, uow: UnitOfWork, told: _Told, run: str) -> None:
        note = records_of(uow).note(self.helpdesk.name, told.ticket_id, told.proposal.id)
        if note is not None and note.run == run:
            note.run = ""
            records_of(uow).save_note(self.helpdesk.name, note, run)


def _refund_of(uow: UnitOfWork, proposal: Proposal) -> Refund | None:
    order = uow.orders.get(proposal.order_id)
    return next((r for r in order.refunds if r.id == proposal.id), None) if order else None
