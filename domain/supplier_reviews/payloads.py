"""What the writes to supplier reviews take. Amounts are minor units of the order's currency."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from domain.supplier_reviews.model import ReviewKind
from domain.whole import Whole


class RequestSupplierReview(BaseModel):
    """Payload of `request_supplier_review`. Without an amount: all that can be asked for."""

    model_config = ConfigDict(extra="forbid")

    lines: list[str] = Field(min_length=1)
    kind: ReviewKind
    amount: Whole | None = None
    notes: str = ""
    evidence: list[str] = Field(default_factory=list)
    """SHA-256 of evidence on the order."""


class CancelSupplierReview(BaseModel):
    """Payload of `cancel_supplier_review`."""

    model_config = ConfigDict(extra="forbid")

    review_id: str
    note: str = ""


class Outcome(StrEnum):
    """What the supplier says."""

    APPROVED = "approved"
    PARTIALLY_APPROVED = "partially_approved"
    REJECTED = "rejected"


class SupplierVerdict(BaseModel):
    """Payload of `supplier_verdict`. Approved without an amount: all that was requested."""

    model_config = ConfigDict(extra="forbid")

    review_id: str
    verdict: Outcome
    refunded: Whole | None = None
    reason: str = ""
    """The supplier's words; needed for a rejection."""
