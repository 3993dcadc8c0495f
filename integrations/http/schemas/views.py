"""What is answered. Amounts are minor units (whole numbers) of the currency beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from agent.dialogue.outcomes import Proposed
from agent.messages import ProposalCard, Reply
from agent.rendering.cards import proposal_card
from domain.actions import Action
from domain.cases.model import Conversation, Message
from domain.identity import Staff
from domain.orders.model import Evidence, Order
from domain.orders.value import (
    is_disputed,
    order_total,
    payment_status,
    refundable_now,
    refunded_total,
    shipping_left,
)
from domain.ports import OrderSummary
from domain.proposals.model import Preview, Proposal, ProposalKind, ProposalState
from domain.returns.model import Return


class ConversationView(BaseModel):
    """A conversation without its messages."""

    id: str
    channel: str
    staff_id: str
    topic_order: str | None = None
    unfinished_cases: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, conversation: Conversation) -> ConversationView:
        """From the row."""
        return cls(
            unfinished_cases=len(conversation.stack), **conversation.model_dump(include=set(cls.model_fields))
        )


class MessageView(BaseModel):
    """What came in (`text`) or went out (`reply`)."""

    id: str
    event_id: str
    direction: str
    staff_id: str | None = None
    text: str = ""
    reply: Reply | None = None
    at: datetime

    @classmethod
    def of(cls, message: Message) -> MessageView:
        """From the row."""
        reply = Reply.model_validate(message.body) if message.body else None
        return cls(reply=reply, **message.model_dump(exclude={"body", "conversation_id"}))


class ConversationDetail(ConversationView):
    """A conversation with its last messages, oldest first."""

    messages: list[MessageView]


class Conversations(BaseModel):
    """One's own conversations, the one last used first."""

    conversations: list[ConversationView]


class ProposalView(BaseModel):
    """A proposal with what it would do (`preview`), and the same as a card in words."""

    id: str
    short_id: str
    case_id: str | None = None
    order_number: str
    kind: ProposalKind
    state: ProposalState
    sha256: str
    payload: dict[str, Any]
    preview: Preview
    card: ProposalCard | None = Field(None, description="Left out once it is decided.")
    created_by: str
    created_by_name: str
    created_at: datetime
    expires_at: datetime
    confirmed_by: str | None = None
    decided_by: str | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    supersedes: str | None = None
    failure: str = ""

    @classmethod
    def of(cls, proposal: Proposal, actor: Staff) -> ProposalView:
        """As this member of staff sees it. Nothing of it is validated again: it is our own."""
        card = None
        if proposal.state is ProposalState.OPEN:
            limit = actor.limit(proposal.preview.currency)
            card = proposal_card(Proposed(proposal, limit=limit, own=proposal.created_by == actor.id))
        own = {name: getattr(proposal, name) for name in _OF_PROPOSAL}
        return cls.model_construct(card=card, **own)


_OF_PROPOSAL = tuple(name for name in ProposalView.model_fields if name != "card")


class Proposals(BaseModel):
    """Open proposals, oldest first."""

    proposals: list[ProposalView]


class Decided(BaseModel):
    """What came of a decision. `reply` is what the conversation said, where the proposal came from one."""

    proposal: ProposalView
    reply: Reply | None = None


class OrderView(BaseModel):
    """An order with what follows from it."""

    order: Order
    total: int
    refunded: int
    refundable_now: int
    shipping_left: int
    payment_status: str
    disputed: bool

    @classmethod
    def of(cls, order: Order) -> OrderView:
        """From the aggregate."""
        return cls(
            order=order,
            total=order_total(order),
            refunded=refunded_total(order),
            refundable_now=refundable_now(order),
            shipping_left=shipping_left(order),
            payment_status=payment_status(order).value,
            disputed=is_disputed(order),
        )


class FoundOrder(BaseModel):
    """An order in a list."""

    id: str
    number: str
    customer: str
    email: str
    currency: str
    placed_at: datetime
    titles: list[str]

    @classmethod
    def of(cls, found: OrderSummary) -> FoundOrder:
        """From the index."""
        return cls.model_validate({name: getattr(found, name) for name in cls.model_fields})


class Orders(BaseModel):
    """Orders, newest first."""

    orders: list[FoundOrder]


class ActionView(BaseModel):
    """An action; a disabled one names the rule and says why. `subject` is a return, a review or a line."""

    name: str
    available: bool
    code: str | None = None
    reason: str = ""
    subject: str | None = None

    @classmethod
    def of(cls, action: Action) -> ActionView:
        """From the action table."""
        return cls(
            name=action.name.value,
            available=action.available,
            code=action.code.value if action.code else None,
            reason=action.sentence,
            subject=action.subject,
        )


class Actions(BaseModel):
    """Every action of the order page."""

    order: str
    actions: list[ActionView]


class RejectedRow(BaseModel):
    """A row that breaks a rule; `kept` rows were imported all the same."""

    line: int
    field: str
    rule: str
    message: str
    kept: bool = False


class Imported(BaseModel):
    """What an import did: good rows are never lost to bad ones."""

    imported: int
    existing: int
    rejected_rows: int
    rejected: list[RejectedRow]
    rejected_left_out: int


class StoredFile(BaseModel):
    """A file in the store; the type is what its bytes show."""

    sha256: str
    name: str
    media_type: str
    size: int


class EvidenceView(BaseModel):
    """Evidence on an order."""

    order: str
    evidence: Evidence


class ReturnView(BaseModel):
    """A return on an order."""

    order: str
    return_: Return = Field(serialization_alias="return")


class Health(BaseModel):
    """Whether this process lives, or can do its work."""

    status: str
    checks: dict[str, str] = Field(default_factory=dict)
