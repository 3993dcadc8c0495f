"""What staff can mean, as typed commands.

A reader turns one message into a list of these, in the order they were said; nothing downstream looks at
words again. There is no command that confirms: only a button pressed by an authorised person does.

Slot values are plain JSON. Their shapes, by slot name (all optional, `span` is the text they came from):

=====================  ==========================================================================
order                  the order as staff named it, e.g. ``"7001"``, ``"#1042"``, ``"ORD-55"``
order_query            words that describe an order not named by number: ``"blue lamp"``, ``"Lopez"``
line                   list of ``{"line": line id, "quantity": int | null, "amount": money | null}``, with
                       ``"all": true`` where all that is left of it is meant
item                   words naming an item that matched no single line: ``{"text", "candidates": [ids]}``
quantity               int (of the one line in question), ``{"all_but": int}``, ``{"share": "1/2"}`` of what
                       is left of it; at a card ``{"more": 1}`` or ``{"more": -1}``: than it says
amount                 ``{"kind": "exact", "value": "12.50", "currency": "EUR" | null}``,
                       ``{"kind": "percent", "value": "50"}``, ``{"kind": "full"}``
                       (everything still refundable), or told by a relation: ``less`` (all but a sum), ``up_to``
                       (until the order's refunds reach a sum), ``down_to`` (by how much a unit's price fell to
                       that), shaped as ``exact``; at a card
                       ``{"kind": "more" | "less" | "times", "value"}``, than or of what it says (fees too)
shipping               ``{"kind": "full"}`` or an exact amount as above: the shipping part
reason                 a code of :class:`domain.reasons.RefundReason`
issue                  the same code when the words claim a defect, kept apart from ``reason``
retract_issue          true: staff take the defect claim itself back
cancel_order           true: "cancel the order": everything unfulfilled is refunded and not shipped
note                   text
evidence               ``{"kind": "attached" | "description" | "ticket" | "none", "text": str | null}``
                       ("ticket": use the customer's words in the ticket; "none": there will be none)
waiver_note            text of a supervisor's waiver, or true when a waiver is asked for without one
return_needed          bool: must it come back?
decision               ``"approve"`` or ``"reject"``
window_override        true: a supervisor lets a request in that came after the return window
in_transit             true: the goods are on their way back
return_reason          a refund reason code
reject_reason          a code of :class:`domain.reasons.RejectReason`
return_fee             exact amount, ``{"kind": "none"}`` for none
restocking_fee         exact amount, percent, or none
carrier                carrier name as said
tracking               tracking number
label                  ``"generate"``, ``"upload"`` or ``"none"``
explanation            the customer-readable text of a rejection
communication_record   text or link of what was said to the customer
inspection             list of ``{"line": id | null, "good": int, "damaged": int, "missing": int}`` (with ``came``,
                       ``rest``, ``whole`` where told: :func:`agent.reading.facts.inspection.inspection_of`),
                       ``"all_good"``
return_cost            exact amount: the documented cost of a return
review_kind            ``product_cost``, ``return_cost`` or ``adjustment``
review_amount          exact amount, percent, or full
review_notes           text
verdict                ``approved``, ``partially_approved`` or ``rejected`` (of a supplier)
return_id              which return, when one is named
payment                words naming the payment to prefer: ``"visa"``, ``"paypal"``
language               ISO 639-1 code of the language a draft shall have
draft                  ``evidence_request``, ``approval``, ``rejection`` or ``refund_notice``
=====================  ==========================================================================
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Flow(StrEnum):
    """The guided ways through the order page."""

    DIRECT_REFUND = "direct_refund"
    QUALITY_ISSUE = "quality_issue"
    REVIEW_RETURN = "review_return"
    MERCHANT_RETURN = "merchant_return"
    RETURN_PROGRESS = "return_progress"
    SUPPLIER_REVIEW = "supplier_review"
    BALANCE = "balance"
    STATUS = "status"
    DRAFT_REPLY = "draft_reply"


class SlotValue(BaseModel):
    """One thing that was said: its meaning and the very words."""

    model_config = ConfigDict(extra="forbid")

    value: Any
    span: str = ""


class _Command(BaseModel):
    model_config = ConfigDict(extra="forbid")

    confidence: float = Field(default=1.0, ge=0, le=1)
    slots: dict[str, SlotValue] = Field(default_factory=dict)
    span: str = ""
    """The clause this command was read from."""


class StartFlow(_Command):
    """Begin (or go on with) a flow; the slots hold everything said at once."""

    name: Literal["StartFlow"] = "StartFlow"
    flow: Flow
    action: str | None = None
    """Within a flow: ``logistics``, ``receive``, ``refund``, ``close``, ``cancel`` (return progress);
    ``request``, ``view``, ``cancel``, ``verdict`` (supplier review)."""
    instead: bool = False
    """It is to happen instead of what the open card says."""


class SetSlot(_Command):
    """Facts for the case that is open, said unasked or besides an answer."""

    name: Literal["SetSlot"] = "SetSlot"


class CorrectSlot(_Command):
    """Facts that replace what was said before."""

    name: Literal["CorrectSlot"] = "CorrectSlot"


class Answer(_Command):
    """The answer to the question that is pending, under that slot's name."""

    name: Literal["Answer"] = "Answer"


class AskQuestion(_Command):
    """A question to be answered from tools and knowledge pages; the open question stays open."""

    name: Literal["AskQuestion"] = "AskQuestion"
    topic: str = ""
    """A short topic: an action name, ``delivery``, ``balance``, ``refund_status``, ``policy`` …"""


class SelectOrder(_Command):
    """Make this order the topic (slot ``order`` or ``order_query``), without starting anything."""

    name: Literal["SelectOrder"] = "SelectOrder"


class CancelCase(_Command):
    """Leave the case (or the proposal) alone."""

    name: Literal["CancelCase"] = "CancelCase"


class ResumeCase(_Command):
    """Go back to an earlier case (slot ``order`` or ``order_query`` say which, if said)."""

    name: Literal["ResumeCase"] = "ResumeCase"
    again: bool = False
    """What failed last shall be proposed once more ("try again")."""


class Affirm(_Command):
    """A typed yes. At a card it shows the card again; at a yes/no question readers send Answer instead."""

    name: Literal["Affirm"] = "Affirm"


class Clarify(_Command):
    """The reader is not sure: what it might have been, best first (at most three)."""

    name: Literal["Clarify"] = "Clarify"
    options: list[str] = Field(default_factory=list)
    changes: bool = False
    """A card is open and this looks like a change to it: the card must not be pressed as it is."""


class Handoff(_Command):
    """Staff ask for somebody else."""

    name: Literal["Handoff"] = "Handoff"
    role: Literal["supervisor", "finance"] = "supervisor"


class Greet(_Command):
    """Hello, thanks, goodbye."""

    name: Literal["Greet"] = "Greet"


class OutOfScope(_Command):
    """Not something this desk does (``language`` is set when it is the language that is not)."""

    name: Literal["OutOfScope"] = "OutOfScope"
    language: str | None = None
    too_much: dict[str, str | int] | None = None
    """Of what the message holds more than is read at once: ``what``, ``counted`` and ``limit``."""


Command = Annotated[
    StartFlow
    | SetSlot
    | CorrectSlot
    | Answer
    | AskQuestion
    | SelectOrder
    | CancelCase
    | ResumeCase
    | Affirm
    | Clarify
    | Handoff
    | Greet
    | OutOfScope,
    Field(discriminator="name"),
]
