"""A supplier review as it stands in the order. Amounts are minor units."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, Field


class ReviewKind(StrEnum):
    """What the supplier is asked to bear."""

    PRODUCT_COST = "product_cost"
    RETURN_COST = "return_cost"
    ADJUSTMENT = "adjustment"


class ReviewStatus(StrEnum):
    """Where a review stands."""

    REQUESTED = "requested"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    PARTIALLY_APPROVED = "partially_approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


_VERDICTS = frozenset({ReviewStatus.APPROVED, ReviewStatus.PARTIALLY_APPROVED, ReviewStatus.REJECTED})

SUPPLIER_REVIEW: dict[ReviewStatus, frozenset[ReviewStatus]] = {
    ReviewStatus.REQUESTED: frozenset({ReviewStatus.UNDER_REVIEW, ReviewStatus.CANCELLED}),
    ReviewStatus.UNDER_REVIEW: frozenset({ReviewStatus.CANCELLED}) | _VERDICTS,
    ReviewStatus.APPROVED: frozenset(),
    ReviewStatus.PARTIALLY_APPROVED: frozenset(),
    ReviewStatus.REJECTED: frozenset(),
    ReviewStatus.CANCELLED: frozenset(),
}

UNFINISHED = frozenset({ReviewStatus.REQUESTED, ReviewStatus.UNDER_REVIEW})


class ReviewEvent(BaseModel):
    """A dated step of the timeline."""

    at: datetime
    by: str
    what: str


class SupplierReview(BaseModel):
    """A request to a supplier and its outcome."""

    id: str
    lines: list[str]
    kind: ReviewKind
    requested: int
    refunded: int = 0
    notes: str
    evidence: list[str] = Field(default_factory=list)
    status: ReviewStatus = ReviewStatus.REQUESTED
    reason: str = ""
    """The supplier's words on a rejection or a partial approval."""
    requested_by: str = ""
    timeline: list[ReviewEvent] = Field(default_factory=list)

    @property
    def is_unfinished(self) -> bool:
        """Whether a verdict is still awaited."""
        return self.status in UNFINISHED
