"""A conversation as the page shows it: read with everything that is drawn, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from agent.messages import Block, ProposalCard, Reply, Ticket
from domain.cases.model import Conversation, Message
from domain.identity import Staff
from domain.ports import OrderSummary, UnitOfWork
from domain.proposals.model import Proposal
from integrations.http.access import access_of
from integrations.http.page.draw import Cards, Paths, render, said, shown_last, turn
from integrations.http.routes.conversations import conversation_of, open_conversation

CHANNEL = "page"
SHOWN = 60
"""Messages of a conversation that are drawn."""


@dataclass(frozen=True, slots=True)
class Side:
    """What stands beside the conversation."""

    orders: list[OrderSummary]
    proposals: list[Proposal]
    talks: dict[str, str]
    """Proposal id to the page's conversation it came from."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation with what its cards need."""

    conversation: Conversation
    messages: list[Message]
    cards: Cards
    side: Side


def read_side(uow: UnitOfWork) -> Side:
    """Recent orders and open proposals."""
    open_ones = [p for p in uow.proposals.list_open(20) if uow.now < p.expires_at]
    talks = {}
    for proposal in open_ones:
        case = uow.conversations.case(proposal.case_id) if proposal.case_id else None
        conversation = uow.conversations.get(case.conversation_id) if case else None
        if conversation is not None and conversation.channel == CHANNEL:
            talks[proposal.id] = conversation.id
    return Side(uow.orders.recent(12), open_ones, talks)


def read_talk(uow: UnitOfWork, staff: Staff, conversation_id: str) -> Talk:
    """Raises Problem 404."""
    conversation = conversation_of(uow, staff, conversation_id)
    messages = uow.conversations.messages(conversation.id, SHOWN)
    return Talk(conversation, messages, read_cards(uow, messages), read_side(uow))


def read_cards(uow: UnitOfWork, messages: list[Message]) -> Cards:
    """The proposals whose cards these replies show, as they stand now."""
    replies = [(m.event_id, blocks_of(m)) for m in messages if m.direction == "out"]
    last = shown_last(replies)
    found = {proposal_id: uow.proposals.get(proposal_id) for proposal_id in last}
    return Cards(uow.now, {key: value for key, value in found.items() if value is not None}, last)


def blocks_of(message: Message) -> list[Block]:
    """The blocks of a stored reply."""
    return Reply.model_validate(message.body).blocks if message.body else []


def latest(uow: UnitOfWork, staff: Staff) -> str | None:
    """The conversation of theirs that was last used."""
    found = access_of(uow).conversations_of(staff.id, CHANNEL, 1)
    return found[0].id if found else None


def begin(uow: UnitOfWork, staff: Staff) -> str:
    """A new one."""
    return open_conversation(uow, staff, CHANNEL).id


def paths_of(conversation_id: str) -> Paths:
    """Where the forms of its replies go."""
    return Paths(f"/c/{conversation_id}/messages", f"/c/{conversation_id}/press")


def entries(talk: Talk) -> list[dict[str, Any]]:
    """Messages in order, each drawn; only the last reply asks for an answer."""
    paths = paths_of(talk.conversation.id)
    outs = [m.event_id for m in talk.messages if m.direction == "out"]
    drawn: list[dict[str, Any]] = []
    for message in talk.messages:
        if message.direction == "in":
            drawn.append({"said": said(message), "turn": Markup("")})
        else:
            current = message.event_id == outs[-1]
            html = turn(blocks_of(message), message.event_id, talk.cards, paths, current=current)
            drawn.append({"said": None, "turn": html})
    return drawn


def ticket_of(talk: Talk) -> Ticket | None:
    """The ticket beside it."""
    return Ticket.model_validate(talk.conversation.ticket) if talk.conversation.ticket else None


def fresh_turn(uow: UnitOfWork, conversation_id: str, reply: Reply) -> str:
    """A new reply, and the older cards it changes put right out of band."""
    messages = uow.conversations.messages(conversation_id, SHOWN)
    cards = read_cards(uow, messages)
    shown = {block.proposal_id for block in reply.blocks if isinstance(block, ProposalCard)}
    before = shown_last([(m.event_id, blocks_of(m)) for m in messages if m.direction == "out"][:-1])
    touched = [key for key in before if key in shown or not cards.is_live(key, cards.last[key])]
    html = turn(reply.blocks, reply.event_id, cards, paths_of(conversation_id), current=True)
    return render("fresh.html", turn=html, touched=touched, cards=cards)
