"""A refund as it stands in the order, and the request it came from. Amounts are minor units."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.reasons import RefundReason
from domain.whole import Whole


class RefundStatus(StrEnum):
    """`unknown` while a provider's answer is missing; it still consumes what it asked for."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNKNOWN = "unknown"


REFUND: dict[RefundStatus, frozenset[RefundStatus]] = {
    RefundStatus.PENDING: frozenset({RefundStatus.SUCCEEDED, RefundStatus.FAILED, RefundStatus.UNKNOWN}),
    RefundStatus.UNKNOWN: frozenset({RefundStatus.SUCCEEDED, RefundStatus.FAILED}),
    RefundStatus.SUCCEEDED: frozenset({RefundStatus.FAILED}),
    RefundStatus.FAILED: frozenset(),
}


class RefundLine(BaseModel):
    """Units of a line and the amount given back for them, tax included."""

    line: str
    quantity: int
    amount: int
    tax: int = 0
    reason: RefundReason | None = None
    cancelled: int = 0
    """Units that were not fulfilled yet and are not shipped any more."""


class Allocation(BaseModel):
    """The part of a refund that goes back to one payment."""

    payment: str
    method: str
    amount: int
    status: RefundStatus = RefundStatus.PENDING
    provider_ref: str = ""


class Funding(BaseModel):
    """Which account of the merchant a part of the refund was taken from."""

    account: str
    amount: int
    payment: str | None = None
    """Whose unsettled sale it was, for `pending_settlement`."""


class Refund(BaseModel):
    """Money given back. Its id is the proposal's id and the provider's idempotency key."""

    id: str
    lines: list[RefundLine] = Field(default_factory=list)
    shipping: int = 0
    tax: int = 0
    amount: int
    reason: RefundReason
    note: str = ""
    evidence: list[str] = Field(default_factory=list)
    allocations: list[Allocation] = Field(default_factory=list)
    funding: list[Funding] = Field(default_factory=list)
    settles_return: str | None = None
    status: RefundStatus = RefundStatus.PENDING
    proposed_by: str = ""
    confirmed_by: str = ""
    created_at: datetime
    decided_at: datetime | None = None
    failure: str = ""

    @property
    def counts(self) -> bool:
        """Whether it consumes what can be refunded: everything but a failed one does."""
        return self.status is not RefundStatus.FAILED


class RefundLineRequest(BaseModel):
    """Units asked for. Without an amount: everything these units can give back."""

    model_config = ConfigDict(extra="forbid")

    line: str
    quantity: Whole = Field(ge=0)
    amount: Whole | None = None
    reason: RefundReason | None = None


class Waiver(BaseModel):
    """A supervisor's decision to go without evidence, with a name and a note."""

    model_config = ConfigDict(extra="forbid")

    by: str
    role: str
    note: str


class RefundRequest(BaseModel):
    """What is asked to be given back; the payload of a `refund` proposal.

    `amount` is the total for the chosen lines and shipping together; without it, the lines' own amounts (or their
    full refundable value) and `shipping` add up. No line and an amount: an amount of the order.
    """

    model_config = ConfigDict(extra="forbid")

    lines: list[RefundLineRequest] = Field(default_factory=list)
    shipping: Whole = 0
    amount: Whole | None = None
    currency: str
    reason: RefundReason | None = None
    note: str = ""
    evidence: list[str] = Field(default_factory=list)
    waiver: Waiver | None = None
    payment: str | None = None
    settles_return: str | None = None
    quality_issue: bool = False
    """The case is about a quality issue, whatever reason is chosen."""
    value_note: str = ""
    """Why a received unit is paid less than its value."""
