"""What the database holds of a conversation: its messages, the orders it touched, the proposals it made, its people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from agent.messages import OrderCard, ProposalCard, QuestionBlock, Reply
from domain.cases.model import Conversation, Message
from domain.identity import Staff
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals.model import Proposal
from domain.settings import Merchant

MOST_MESSAGES = 5000


class NoConversation(LookupError):
    """There is no such conversation, or nobody of the staff spoke in it."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Everything a case is made of. `proposals` are those of this conversation, in the order they were made."""

    merchant: Merchant
    conversation: Conversation
    messages: list[Message]
    orders: list[Order]
    proposals: list[Proposal]
    staff: dict[str, Staff]

    @property
    def began(self) -> datetime:
        """When the first word came in."""
        return self.messages[0].at

    @property
    def actor(self) -> Staff:
        """Who spoke first."""
        return self.staff[self.messages[0].staff_id or ""]


def recorded(uow: UnitOfWork, conversation_id: str) -> Recorded:
    """Read it all in one transaction. Raises NoConversation."""
    conversation = uow.conversations.get(conversation_id)
    if conversation is None:
        raise NoConversation(f"there is no conversation {conversation_id}")
    messages = uow.conversations.messages(conversation_id, limit=MOST_MESSAGES)
    while messages and (messages[0].direction != "in" or messages[0].staff_id is None):
        messages = messages[1:]
    if not messages:
        raise NoConversation(f"nobody said anything in conversation {conversation_id}")
    orders = _orders(uow, conversation, messages)
    cases = {case.id for case in uow.conversations.cases(conversation_id)}
    proposals = [
        proposal
        for order in orders
        for proposal in uow.proposals.for_order(order.id)
        if proposal.case_id in cases
    ]
    people = {message.staff_id for message in messages if message.staff_id}
    staff = {person.id: person for person in uow.staff.all() if person.id in people}
    proposals.sort(key=lambda proposal: proposal.created_at)
    return Recorded(uow.merchant, conversation, messages, orders, proposals, staff)


def _orders(uow: UnitOfWork, conversation: Conversation, messages: list[Message]) -> list[Order]:
    """Every order that a case was about, or that was shown."""
    found: dict[str, Order] = {}
    ids = [case.order_id for case in uow.conversations.cases(conversation.id)] + [conversation.topic_order]
    for order in [uow.orders.get(order_id) for order_id in ids if order_id]:
        if order is not None:
            found[order.id] = order
    for number in _numbers_shown(messages):
        shown = uow.orders.by_number(number)
        if shown is not None:
            found.setdefault(shown.id, shown)
    return list(found.values())


def _numbers_shown(messages: list[Message]) -> Iterator[str]:
    for message in messages:
        if message.direction != "out" or not message.body:
            continue
        for block in Reply.model_validate(message.body).blocks:
            if isinstance(block, OrderCard):
                yield block.number
            elif isinstance(block, ProposalCard):
                yield block.order
            elif isinstance(block, QuestionBlock) and block.slot == "order":
                yield from (str(option.value) for option in block.options if option.value)
