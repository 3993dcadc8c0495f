"""Bodies of requests, each with an example."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from agent.messages import Ticket
from domain.proposals.model import ProposalKind
from domain.refunds.model import RefundRequest
from domain.returns.payloads import (
    ApproveReturn,
    CancelReturn,
    CloseReturn,
    CreateReturn,
    EditReturn,
    ReceiveReturn,
    RejectReturn,
)
from domain.supplier_reviews.payloads import CancelSupplierReview, RequestSupplierReview, SupplierVerdict
from integrations.http.requests import Body

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _example(value: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [value]})


class TicketBody(Ticket):
    """The helpdesk's ticket beside the conversation: the customer's own words, never an instruction."""

    model_config = ConfigDict(extra="forbid")


class NewConversation(Body):
    """A conversation to be begun."""

    model_config = _example(
        {"ticket": {"id": "T-1", "body": "One mug arrived cracked.", "order_hint": "#1042"}}
    )

    ticket: TicketBody | None = None


class NewMessage(Body):
    """Something a member of staff says, as they would type it. `event_id` makes sending it twice harmless."""

    model_config = _example({"text": "refund one mug on 1042, it arrived cracked", "attachments": []})

    text: str = Field("", max_length=8000)
    attachments: list[Sha256] = Field(
        default_factory=list, max_length=20, description="SHA-256 of files uploaded to /v1/files."
    )
    event_id: str | None = Field(None, min_length=1, max_length=100)

    @model_validator(mode="after")
    def _says_something(self) -> NewMessage:
        if not self.text.strip() and not self.attachments:
            raise ValueError("say something, or attach a file")
        return self


class ConfirmBody(Body):
    """The hash of what the person saw: what is decided is what was shown."""

    model_config = _example({"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})

    sha256: Sha256


class EditBody(Body):
    """Either `set`: card fields to new values, as people write them; or `payload`: the whole write anew."""

    model_config = _example({"set": {"amount": "10.00"}})

    set: dict[str, Any] | None = Field(None, min_length=1, max_length=30)
    payload: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> EditBody:
        if (self.set is None) == (self.payload is None):
            raise ValueError("give either set or payload")
        return self


class _Proposal(Body):
    pass


class ProposeRefund(_Proposal):
    """Money back to the customer."""

    model_config = _example(
        {
            "kind": "refund",
            "payload": {
                "lines": [{"line": "L2", "quantity": 1}],
                "currency": "USD",
                "reason": "goodwill",
                "note": "a loyal customer",
            },
        }
    )
    kind: Literal[ProposalKind.REFUND]
    payload: RefundRequest


class ProposeCreateReturn(_Proposal):
    """A return that staff start."""

    kind: Literal[ProposalKind.CREATE_RETURN]
    payload: CreateReturn


class ProposeApproveReturn(_Proposal):
    """A customer's request is approved."""

    kind: Literal[ProposalKind.APPROVE_RETURN]
    payload: ApproveReturn


class ProposeRejectReturn(_Proposal):
    """A customer's request is rejected."""

    kind: Literal[ProposalKind.REJECT_RETURN]
    payload: RejectReturn


class ProposeEditReturn(_Proposal):
    """Carrier, tracking number, label or cost of a return."""

    kind: Literal[ProposalKind.EDIT_RETURN]
    payload: EditReturn


class ProposeReceiveReturn(_Proposal):
    """What came back, inspected."""

    kind: Literal[ProposalKind.RECEIVE_RETURN]
    payload: ReceiveReturn


class ProposeCancelReturn(_Proposal):
    """A return that will not happen."""

    kind: Literal[ProposalKind.CANCEL_RETURN]
    payload: CancelReturn


class ProposeCloseReturn(_Proposal):
    """A return that is over."""

    kind: Literal[ProposalKind.CLOSE_RETURN]
    payload: CloseReturn


class ProposeSupplierReview(_Proposal):
    """The supplier is asked to bear a cost."""

    kind: Literal[ProposalKind.REQUEST_SUPPLIER_REVIEW]
    payload: RequestSupplierReview


class ProposeCancelReview(_Proposal):
    """The request to the supplier is withdrawn."""

    kind: Literal[ProposalKind.CANCEL_SUPPLIER_REVIEW]
    payload: CancelSupplierReview


class ProposeVerdict(_Proposal):
    """What the supplier answered."""

    kind: Literal[ProposalKind.SUPPLIER_VERDICT]
    payload: SupplierVerdict


NewProposal = Annotated[
    ProposeRefund
    | ProposeCreateReturn
    | ProposeApproveReturn
    | ProposeRejectReturn
    | ProposeEditReturn
    | ProposeReceiveReturn
    | ProposeCancelReturn
    | ProposeCloseReturn
    | ProposeSupplierReview
    | ProposeCancelReview
    | ProposeVerdict,
    Field(discriminator="kind"),
]


class NewEvidence(Body):
    """An uploaded file, or the customer's own words, as evidence on an order."""

    model_config = _example({"text": "The mug arrived with a long crack in its side.", "lines": ["L1"]})

    sha256: Sha256 | None = Field(None, description="A file uploaded to /v1/files.")
    text: str | None = Field(
        None, min_length=1, max_length=10_000, description="The customer's words, verbatim."
    )
    source: str = Field("customer", min_length=1, max_length=40)
    lines: list[str] = Field(default_factory=list, max_length=500)

    @model_validator(mode="after")
    def _one_of_two(self) -> NewEvidence:
        if (self.sha256 is None) == (self.text is None):
            raise ValueError("give either sha256 or text")
        return self
