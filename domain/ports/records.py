"""Orders, proposals, people, conversations and files of one merchant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.cases.model import Conversation, Message, StoredCase
from domain.identity import Staff
from domain.orders.model import Order
from domain.proposals.model import Proposal, ProposalState


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """An order in a list of candidates."""

    id: str
    number: str
    customer: str
    email: str
    currency: str
    placed_at: datetime
    titles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NamedOrders:
    """What a name was found to name."""

    orders: list[OrderSummary]
    """Orders of customers of that name, newest first."""
    also_goods: bool = False
    """Whether goods that were sold are called so too."""


class OrderRepository(Protocol):
    """Orders of one merchant."""

    def get(self, order_id: str) -> Order | None:
        """The order of that id."""
        ...

    def by_number(self, number: str) -> Order | None:
        """The order of that number; `#`, case and surrounding space do not matter."""
        ...

    def by_part(self, number: str) -> Order | None:
        """The one order that has a return or a supplier review of that number; none where two have."""
        ...

    def known_numbers(self, numbers: Sequence[str]) -> set[str]:
        """Those of these numbers that an order has already, as they were given; one look-up for all of them."""
        ...

    def by_payment(self, provider: str, refs: Sequence[str]) -> Order | None:
        """The order with a payment that the provider knows by one of these names."""
        ...

    def refunded_between(self, since: datetime, until: datetime) -> list[str]:
        """Ids of orders with ledger rows of refunds from `since` until before `until`."""
        ...

    def search(self, text: str, limit: int = 10) -> list[OrderSummary]:
        """Orders whose customer, e-mail, number or item titles hold all the words; newest first."""
        ...

    def of_customer(self, name: str, limit: int = 10) -> NamedOrders:
        """Orders whose customer's name holds all these words."""
        ...

    def of_goods(self, text: str, limit: int = 10) -> list[OrderSummary]:
        """Orders with an item whose title holds all these words, in the singular or plural; newest first."""
        ...

    def recent(self, limit: int = 10) -> list[OrderSummary]:
        """The newest orders."""
        ...

    def add(self, order: Order) -> bool:
        """Store a new order; False (and nothing done) where the number exists already."""
        ...

    def save(self, order: Order, *, bump: bool = True) -> None:
        """Write back; `order.version` is the version that was read, and grows by one unless `bump` is False.

        Raises ConcurrentChange when somebody wrote in between.
        """
        ...


class ProposalRepository(Protocol):
    """Proposals of one merchant."""

    def get(self, proposal_id: str) -> Proposal | None:
        """The proposal of that id."""
        ...

    def open_for_order(self, order_id: str) -> Proposal | None:
        """The one open proposal of an order, if there is one (it may have run out)."""
        ...

    def find_open(self, suffix: str) -> list[Proposal]:
        """Open proposals whose id ends so."""
        ...

    def list_open(self, limit: int = 50) -> list[Proposal]:
        """Open proposals, oldest first."""
        ...

    def for_order(self, order_id: str) -> list[Proposal]:
        """All proposals of an order, oldest first."""
        ...

    def add(self, proposal: Proposal) -> None:
        """Store a new one. Raises ConcurrentChange where the order has an open one already."""
        ...

    def decide(self, proposal: Proposal, expected: ProposalState) -> bool:
        """Write state, decider and times, only while the stored state is `expected`; False when it was not."""
        ...


class StaffRepository(Protocol):
    """Members of staff of one merchant."""

    def get(self, staff_id: str) -> Staff | None:
        """By id."""
        ...

    def by_identity(self, channel: str, identity: str) -> Staff | None:
        """By a channel's identity (`slack`, `"T1:U2"`; `email`, `"a@b.c"`)."""
        ...

    def all(self) -> list[Staff]:
        """Everybody, by name."""
        ...

    def identities(self, staff_id: str) -> list[tuple[str, str]]:
        """Channel and identity of each name this person is known by."""
        ...

    def drop_identity(self, staff_id: str, channel: str, identity: str) -> bool:
        """Whether this person had that name; the channel knows nobody by it any more."""
        ...

    def save(self, staff: Staff, identities: Sequence[tuple[str, str]] = ()) -> None:
        """Insert or write back."""
        ...


class ConversationRepository(Protocol):
    """Conversations, their messages and cases."""

    def get(self, conversation_id: str) -> Conversation | None:
        """By id."""
        ...

    def by_thread(self, channel: str, thread_key: str) -> Conversation | None:
        """By the channel's own name for the thread."""
        ...

    def save(self, conversation: Conversation) -> None:
        """Insert or write back."""
        ...

    def add_message(self, message: Message) -> bool:
        """Store a message; False where its event id was stored before (the same event twice)."""
        ...

    def messages(self, conversation_id: str, limit: int = 50) -> list[Message]:
        """The last messages, oldest first."""
        ...

    def reply_to(self, event_id: str) -> Message | None:
        """The reply that was given to an inbound event, if any."""
        ...

    def case(self, case_id: str) -> StoredCase | None:
        """A case by id."""
        ...

    def cases(self, conversation_id: str) -> list[StoredCase]:
        """The conversation's cases, oldest first."""
        ...

    def save_case(self, case: StoredCase) -> None:
        """Insert or write back."""
        ...


class FileStore(Protocol):
    """Bytes by their SHA-256: evidence and labels."""

    def put(self, content: bytes, media_type: str, name: str) -> str:
        """Store; the hash."""
        ...

    def get(self, sha256: str) -> tuple[bytes, str, str] | None:
        """Content, media type and name."""
        ...
