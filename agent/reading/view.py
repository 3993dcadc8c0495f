"""What a reader may look at: the message, the open case and the candidates. Never ticket text."""

from __future__ import annotations

from typing import Any, Protocol

from pydantic import BaseModel, Field

from agent.commands import Command


class LineView(BaseModel):
    """One order line, as far as naming it goes."""

    id: str
    sku: str
    title: str
    variant: str = ""
    quantity: int
    source: str = "own"
    supplier: str = ""
    """Who delivers it to the shop, where that is somebody else."""
    unsent: bool = False
    """Whether no unit of it has left yet."""


class OrderView(BaseModel):
    """An order that the message may be about."""

    number: str
    currency: str
    customer: str = ""
    lines: list[LineView] = Field(default_factory=list)
    returns: list[dict[str, str]] = Field(default_factory=list)
    """``{"id", "status", "lines"}`` of each; its order lines' ids, with commas between."""
    supplier_reviews: list[dict[str, str]] = Field(default_factory=list)
    captured: str = ""
    """All that was paid for it, as decimal text."""
    payments: list[str] = Field(default_factory=list)
    """Payment methods, oldest first."""


class OptionView(BaseModel):
    """A choice offered with the pending question."""

    value: Any
    label: str
    words: str = ""
    """More words it is known by: an order's customer and goods."""


class PendingView(BaseModel):
    """The question that is open."""

    slot: str
    flow: str | None = None
    options: list[OptionView] = Field(default_factory=list)


class ProposalView(BaseModel):
    """A card that waits for a button."""

    kind: str
    """The flow it came from."""
    order: str
    amount: str | None = None
    write: str = ""
    """What the button would do: a :class:`domain.proposals.model.ProposalKind`."""
    lines: dict[str, int] = Field(default_factory=dict)
    """Units by line id."""
    reason: str = ""
    fees: dict[str, str] = Field(default_factory=dict)
    """Fees that are more than nothing, as decimal text."""
    settles_return: bool = False


class CaseView(BaseModel):
    """Another case on the stack, to go back to."""

    order: str | None = None
    customer: str = ""
    flow: str | None = None
    held: OrderView | None = None
    """Its order, whose goods may be named to go back to it."""


class NameView(BaseModel):
    """A customer's name in the message, as it stands there, with what it was found to name."""

    text: str
    order: str = ""
    """The number of the one order it names; empty where several fit."""
    query: str = ""
    """The words to ask with, where several fit."""


class LastView(BaseModel):
    """What was done last in this conversation, for "the other one too, same reason"."""

    order: str
    flow: str
    reason: str = ""
    lines: list[str] = Field(default_factory=list)
    goods: dict[str, int] = Field(default_factory=dict)
    """Units by SKU, where they were counted."""
    told: dict[str, Any] = Field(default_factory=dict)
    """The amount, the shipping and whether goods come back, as far as they were told."""


class DroppedView(BaseModel):
    """The case that was dropped last, while nothing else was begun: it may be wanted after all."""

    order: str
    flow: str
    proposal: ProposalView | None = None
    """Its card, where it had one."""
    slots: dict[str, Any] = Field(default_factory=dict)


class TurnView(BaseModel):
    """One message and what it stands in.

    `text` holds the staff member's own words: quoted customer text was cut out before
    (:func:`agent.reading.text.quoting.split_quoted`). `order` is the topic; `orders` holds every order that the
    message names by number and that exists, the topic included.
    """

    text: str
    order: OrderView | None = None
    orders: list[OrderView] = Field(default_factory=list)
    names: list[NameView] = Field(default_factory=list)
    """Customers named in the message; an order named so is among `orders`."""
    pending: PendingView | None = None
    proposal: ProposalView | None = None
    flow: str | None = None
    slots: dict[str, Any] = Field(default_factory=dict)
    """What the open case already knows."""
    last: LastView | None = None
    dropped: DroppedView | None = None
    cases: list[CaseView] = Field(default_factory=list)
    attachments: list[str] = Field(default_factory=list)
    """Media types of files that came with the message."""

    def every_order(self) -> list[OrderView]:
        """The orders that the message may be about, the topic last (also where it is among the others)."""
        return [*self.orders, *([self.order] if self.order else [])]


class Usage(BaseModel):
    """What reading one message took of a chat model."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: str | None = None
    """Decimal text, in the currency the configured prices are in; nothing without prices."""


class Understanding(BaseModel):
    """What a reader made of one message."""

    commands: list[Command] = Field(default_factory=list)
    intent: str = "oos"
    issue_type: str = "other"
    confidence: float = 0.0
    alternatives: list[tuple[str, float]] = Field(default_factory=list)
    language: str = "en"
    reader: str = "local"
    usage: Usage | None = None
    prompt: str = ""
    """Version and hash of the prompt a model was asked with."""
    fallback: str = ""
    """Why a model that was asked did not decide."""
    dropped: list[str] = Field(default_factory=list)
    """What the validator took out, and why."""


class Reader(Protocol):
    """The one place where language is read."""

    name: str

    def read(self, view: TurnView) -> Understanding:
        """Read one message. Never raises on any text; an unreadable one is a Clarify or OutOfScope."""
        ...
