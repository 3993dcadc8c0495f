"""Everything a drawing of the sidebar rests on, read in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from agent.messages import ProposalCard, RefusedBlock, Reply, ResultCard, TextBlock, Ticket
from agent.tickets.claims import Claims, extract
from agent.tickets.orders import Candidate, find_candidates, the_one
from domain.actions import Action, available_actions
from domain.cases.model import Conversation, Message
from domain.identity import Staff
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals.model import Proposal, ProposalState
from integrations.helpdesk.opening import as_ticket, records_of
from integrations.helpdesk.port import HelpdeskTicket

SHOWN = 40
"""Messages of a conversation that are looked at."""


@dataclass(slots=True)
class Facts:
    """What is known about a ticket at this moment. `talk` is the ticket as the desk takes it."""

    helpdesk: str
    ticket: HelpdeskTicket
    talk: Ticket
    staff: Staff
    now: datetime
    conversation: Conversation | None = None
    replies: list[Reply] = field(default_factory=list)
    """Oldest first."""
    replied_at: datetime | None = None
    """When the desk answered last on this ticket."""
    said: str = ""
    """What staff wrote last, for the newest reply."""
    claims: Claims = field(default_factory=Claims)
    candidates: list[Candidate] = field(default_factory=list)
    order: Order | None = None
    actions: list[Action] = field(default_factory=list)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    """Those that this conversation showed, and what took their place."""
    foreign: Proposal | None = None
    """The order's open proposal, where it came from somewhere else."""
    added: frozenset[str] = frozenset()
    """Ids of the ticket's files that are evidence now."""

    notes: dict[str, str] = field(default_factory=dict)
    """Proposal id to the id of its note in this ticket; empty while it is to be written."""

    seen: str = ""
    """A fingerprint: another one means that something to be seen has changed."""

    @property
    def candidate(self) -> Candidate | None:
        """Why the order shown was found, where the ticket says so."""
        if self.order is None:
            return None
        return next((each for each in self.candidates if each.order.id == self.order.id), None)

    @property
    def wrote_again(self) -> bool:
        """Whether the customer wrote what the desk has not read, or after its last answer."""
        if self.conversation is None or self.replied_at is None:
            return False
        read = str((self.conversation.ticket or {}).get("body", ""))
        return any(
            m.from_customer
            and (m.at > self.replied_at or (m.text.strip() not in read and len(read) < 20_000))
            for m in self.ticket.messages
        )


def file_event(helpdesk: str, ticket_id: str, order_number: str, file_id: str) -> str:
    """The event of adding a ticket's file as evidence: one, however often it is clicked."""
    name = "\x1f".join((helpdesk, ticket_id, order_number, file_id))
    return f"{helpdesk}:file:{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def read_facts(
    uow: UnitOfWork, helpdesk: str, ticket: HelpdeskTicket, staff: Staff, *, pick: bool = False
) -> Facts:
    """All of it; `pick`: as if no order had been chosen yet."""
    facts = Facts(helpdesk, ticket, as_ticket(ticket), staff, uow.now)
    facts.claims = extract(facts.talk)
    facts.candidates = find_candidates(uow, facts.talk)
    facts.conversation = uow.conversations.by_thread(helpdesk, ticket.id)
    if facts.conversation is not None:
        messages = uow.conversations.messages(facts.conversation.id, SHOWN)
        facts.replies = _replies(messages, staff)
        facts.replied_at = max((m.at for m in messages if m.direction == "out"), default=None)
        facts.said = _said(messages)
    facts.order = None if pick else _order(uow, facts)
    if facts.order is not None:
        order = facts.order
        facts.actions = available_actions(order, staff, uow.merchant.settings, uow.now)
        facts.added = frozenset(
            file.id
            for file in ticket.files
            if uow.conversations.reply_to(file_event(helpdesk, ticket.id, order.number, file.id))
        )
    _read_proposals(uow, facts)
    facts.seen = _fingerprint(uow, helpdesk, ticket, facts.conversation, facts.order)
    return facts


def seen_now(uow: UnitOfWork, helpdesk: str, ticket: HelpdeskTicket) -> str:
    """The fingerprint alone, without reading what was said."""
    conversation = uow.conversations.by_thread(helpdesk, ticket.id)
    topic = conversation.topic_order if conversation else None
    found = None if topic else the_one(find_candidates(uow, as_ticket(ticket)))
    order = uow.orders.get(topic or (found.order.id if found else ""))
    return _fingerprint(uow, helpdesk, ticket, conversation, order)


def _fingerprint(
    uow: UnitOfWork,
    helpdesk: str,
    ticket: HelpdeskTicket,
    conversation: Conversation | None,
    order: Order | None,
) -> str:
    proposals = {p.id: p for p in (uow.proposals.for_order(order.id) if order else [])}
    for case_id in conversation.stack if conversation else []:
        case = uow.conversations.case(case_id)
        proposal = uow.proposals.get(str(case.data.get("proposal_id") or "")) if case else None
        proposals |= {proposal.id: proposal} if proposal else {}
    shown = [
        ticket.version,
        ticket.status,
        len(ticket.messages),
        conversation.version if conversation else "",
        order.version if order else "",
        [(refund.id, refund.status.value) for refund in (order.refunds if order else [])],
        [
            (
                p.id,
                p.state.value,
                p.state is ProposalState.OPEN and uow.now >= p.expires_at,
                _note(uow, helpdesk, ticket, p),
            )
            for p in sorted(proposals.values(), key=lambda p: p.id)
        ],
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _note(uow: UnitOfWork, helpdesk: str, ticket: HelpdeskTicket, proposal: Proposal) -> str:
    written = records_of(uow).note(helpdesk, ticket.id, proposal.id)
    return written.note_id if written is not None else ""


def _replies(messages: list[Message], staff: Staff) -> list[Reply]:
    """What the desk answered; what it only told somebody else (that they came too late) is theirs."""
    asked_by = {m.event_id: m.staff_id for m in messages if m.direction == "in"}
    replies = [Reply.model_validate(m.body) for m in messages if m.direction == "out" and m.body]
    return [
        reply
        for reply in replies
        if asked_by.get(reply.event_id, staff.id) == staff.id
        or not all(isinstance(block, TextBlock | RefusedBlock) for block in reply.blocks)
    ]


def _said(messages: list[Message]) -> str:
    asked = [m for m in messages if m.direction == "in"]
    return asked[-1].text if asked else ""


def _order(uow: UnitOfWork, facts: Facts) -> Order | None:
    topic = facts.conversation.topic_order if facts.conversation else None
    found = the_one(facts.candidates)
    return uow.orders.get(topic or (found.order.id if found else ""))


def _read_proposals(uow: UnitOfWork, facts: Facts) -> None:
    shown = {
        block.proposal_id
        for reply in facts.replies
        for block in reply.blocks
        if isinstance(block, ProposalCard | ResultCard)
    }
    found = {key: uow.proposals.get(key) for key in shown}
    facts.proposals = {key: proposal for key, proposal in found.items() if proposal is not None}
    for proposal in facts.proposals.values():
        case = uow.conversations.case(proposal.case_id) if proposal.case_id else None
        if case is not None and facts.conversation and case.conversation_id == facts.conversation.id:
            facts.notes[proposal.id] = _note(uow, facts.helpdesk, facts.ticket, proposal)
    order = facts.order
    if order is None:
        return
    for proposal in uow.proposals.for_order(order.id):
        if proposal.supersedes in facts.proposals:
            facts.proposals[proposal.id] = proposal
    is_open = uow.proposals.open_for_order(order.id)
    if is_open is not None and is_open.id not in facts.proposals and uow.now < is_open.expires_at:
        facts.foreign = is_open
