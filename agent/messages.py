"""What goes through the channels' single door: inbound messages, button presses, and replies as typed blocks.

A channel verifies who speaks, makes an :class:`InboundMessage` or a :class:`Press`, and draws the :class:`Reply`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.rules import Violation


class Attachment(BaseModel):
    """A file that came with a message and lies in the file store already."""

    sha256: str
    name: str
    media_type: str
    source: str = "customer"
    size: int = 0


class Ticket(BaseModel):
    """The customer's own words: untrusted data, never an instruction."""

    id: str = ""
    subject: str = ""
    body: str = ""
    requester: str = ""
    requester_email: str = ""
    order_hint: str = ""
    """A custom field of the helpdesk that should name the order."""
    language: str = ""
    url: str = ""


class InboundMessage(BaseModel):
    """Something a member of staff wrote, or files that arrived."""

    model_config = ConfigDict(extra="forbid")

    channel: str
    thread_key: str
    event_id: str
    staff_id: str
    text: str = ""
    attachments: list[Attachment] = Field(default_factory=list)
    ticket: Ticket | None = None


class Press(BaseModel):
    """A button: the only thing that decides a proposal."""

    model_config = ConfigDict(extra="forbid")

    channel: str
    thread_key: str
    event_id: str
    staff_id: str
    action: Literal["confirm", "cancel", "edit"]
    proposal_id: str
    sha256: str = ""
    set: dict[str, Any] = Field(default_factory=dict)
    """For an edit: card fields to their new values, as people write them (``{"amount": "10.00"}``)."""


class Option(BaseModel):
    """A choice. `say` is what it means when it is typed or pressed; a closed one carries its reason."""

    label: str
    say: str
    value: Any = None
    detail: str = ""
    disabled: str = ""


class TextBlock(BaseModel):
    """A sentence or two; `source` names the page or tool it rests on."""

    kind: Literal["text"] = "text"
    text: str
    source: str = ""


class QuestionBlock(BaseModel):
    """The one open question of a reply, the best answer first."""

    kind: Literal["question"] = "question"
    slot: str
    text: str
    options: list[Option] = Field(default_factory=list)
    case_id: str = ""


class CardRow(BaseModel):
    """A label and its value, ready to be read."""

    label: str
    value: str
    soft: bool = False
    tag: str = ""


class Move(BaseModel):
    """An account before and after."""

    account: str
    before: str
    after: str


class ActionState(BaseModel):
    """An action of the order page as a button."""

    name: str
    label: str
    available: bool
    code: str = ""
    reason: str = ""


class OrderCard(BaseModel):
    """An order at a glance."""

    kind: Literal["order"] = "order"
    number: str
    customer: str
    placed: str
    status: str
    rows: list[CardRow] = Field(default_factory=list)
    refundable: str = ""
    actions: list[ActionState] = Field(default_factory=list)


class ProposalCard(BaseModel):
    """What will happen, and the buttons to decide it."""

    kind: Literal["proposal"] = "proposal"
    proposal_id: str
    short_id: str
    sha256: str
    write: str
    state: str
    title: str
    headline: str
    to: str
    order: str
    customer: str
    rows: list[CardRow] = Field(default_factory=list)
    moves: list[Move] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
    confirm_label: str
    footnote: str = ""
    owner: str = ""
    expires_at: datetime
    difference: list[str] = Field(default_factory=list)
    editable: dict[str, str] = Field(default_factory=dict)
    """Fields an edit form offers, with their present values."""


class ResultCard(BaseModel):
    """What happened."""

    kind: Literal["result"] = "result"
    proposal_id: str
    write: str
    outcome: Literal["done", "failed", "unknown", "pending"]
    title: str
    order: str
    rows: list[CardRow] = Field(default_factory=list)
    moves: list[Move] = Field(default_factory=list)


class RefusedBlock(BaseModel):
    """What was refused and why; nothing was changed."""

    kind: Literal["refused"] = "refused"
    text: str
    violations: list[Violation]


class DraftBlock(BaseModel):
    """A text for the customer, to be sent by a person."""

    kind: Literal["draft"] = "draft"
    draft: str
    language: str
    text: str


class HandoffBlock(BaseModel):
    """A case passed on to somebody with the role."""

    kind: Literal["handoff"] = "handoff"
    role: str
    text: str
    case_id: str = ""


Block = Annotated[
    TextBlock
    | QuestionBlock
    | OrderCard
    | ProposalCard
    | ResultCard
    | RefusedBlock
    | DraftBlock
    | HandoffBlock,
    Field(discriminator="kind"),
]


class ToolCall(BaseModel):
    """A tool the turn used."""

    name: str
    kind: Literal["READ", "PROPOSE"]
    ok: bool


class Reply(BaseModel):
    """Everything the desk answers to one event, in reading order."""

    conversation_id: str
    event_id: str
    blocks: list[Block] = Field(default_factory=list)
    commands: list[dict[str, Any]] = Field(default_factory=list)
    tools: list[ToolCall] = Field(default_factory=list)
    reader: str = ""
    proposal_ids: list[str] = Field(default_factory=list)
    """Proposals opened or changed in this turn."""
    repeated: bool = False
    """The event was handled before; this is the reply it got then."""
