"""The working memory of one turn: who, which conversation, which cases, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from agent.dialogue.outcomes import Asked, OutcomeFact, Proposed, RefusedNow
from agent.messages import Attachment, InboundMessage, Ticket
from agent.reading.view import Understanding
from agent.state import Case
from agent.tickets.claims import language_of
from agent.tools.tool import ToolBox
from domain.cases.model import Conversation
from domain.identity import Staff
from domain.orders.model import Order
from domain.ports import Clock, IdFactory, Store
from domain.rules import Violation
from domain.settings import Merchant


@dataclass(slots=True)
class Turn:
    """One message (or one press) on its way through the graph."""

    store: Store
    clock: Clock
    ids: IdFactory
    merchant: Merchant
    staff: Staff
    conversation: Conversation
    message: InboundMessage | None
    tools: ToolBox
    cases: dict[str, Case] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    """Orders read in this turn, by id."""
    understanding: Understanding = field(default_factory=Understanding)
    outcomes: list[OutcomeFact] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    """Ids of proposals opened or changed in this turn."""
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def stack(self) -> list[str]:
        """Unfinished cases, the current one last."""
        return self.conversation.stack

    @property
    def current(self) -> Case | None:
        """The case that is talked about; none while another order is being looked at."""
        if self.paused or not self.stack:
            return None
        return self.cases.get(self.stack[-1])

    @property
    def paused(self) -> bool:
        """Whether the cases on the stack wait while staff look at another order."""
        return bool(self.conversation.state.get("paused"))

    def pause(self) -> None:
        """Put the open cases aside; going back to one, or the end of the next one, takes them up again."""
        if self.stack:
            self.conversation.state["paused"] = True

    @property
    def ticket(self) -> Ticket | None:
        """The ticket beside the conversation."""
        return Ticket.model_validate(self.conversation.ticket) if self.conversation.ticket else None

    def language_for(self, order: Order | None) -> str:
        """The customer's language for drafts: the ticket's, else the order's, else English."""
        ticket = self.ticket
        written = (ticket.language or language_of(ticket)) if ticket else ""
        return written or (order.customer.language if order else "") or "en"

    @property
    def files(self) -> list[Attachment]:
        """Files that came and do not belong to an order yet."""
        return [Attachment.model_validate(item) for item in self.conversation.state.get("files", [])]

    def push(self, case: Case) -> None:
        """Make the case the current one."""
        self.conversation.state.pop("paused", None)
        self.cases[case.id] = case
        if case.id in self.stack:
            self.stack.remove(case.id)
        self.stack.append(case.id)

    def drop(self, case: Case) -> None:
        """Take a finished case from the stack."""
        if case.id in self.stack:
            self.stack.remove(case.id)

    def add(self, outcome: OutcomeFact) -> None:
        """Note what came of it."""
        self.outcomes.append(outcome)

    def refuse(self, violations: list[Violation], key: str = "refused") -> None:
        """Say which rules were broken; what this reply has said already is not said again."""
        said = [v for o in self.outcomes if isinstance(o, RefusedNow) for v in o.violations]
        if fresh := [v for v in violations if v not in said]:
            self.add(RefusedNow(fresh, key))

    @property
    def asked(self) -> bool:
        """Whether this reply has its one question already."""
        return any(isinstance(outcome, Asked) for outcome in self.outcomes)

    def shows(self, proposal_id: str) -> bool:
        """Whether the card is in this reply."""
        return any(isinstance(o, Proposed) and o.proposal.id == proposal_id for o in self.outcomes)

    async def order(self, order_id: str, *, fresh: bool = False) -> Order:
        """The order, read once a turn."""
        if fresh or order_id not in self.orders:
            outcome = await self.tools.call("get_order", order_id=order_id)
            self.orders[order_id] = outcome.value
        return self.orders[order_id]

    async def topic(self) -> Order | None:
        """The order the talk is about."""
        topic = self.conversation.topic_order
        return await self.order(topic) if topic else None
