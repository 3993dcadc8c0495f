"""Moving a supplier review along its table, with a dated step of its timeline."""

from __future__ import annotations

from datetime import datetime

from domain.lifecycle import move
from domain.supplier_reviews.model import SUPPLIER_REVIEW, ReviewEvent, ReviewStatus, SupplierReview


def move_review(review: SupplierReview, status: ReviewStatus, at: datetime, by: str, what: str) -> None:
    """Set the new status and write the step down. Raises IllegalTransition."""
    review.status = move("supplier review", SUPPLIER_REVIEW, review.status, status)
    review.timeline.append(ReviewEvent(at=at, by=by, what=what))


def start_review(review: SupplierReview, at: datetime, by: str) -> None:
    """`requested → under_review`; nothing where it is under review already."""
    if review.status is ReviewStatus.REQUESTED:
        move_review(review, ReviewStatus.UNDER_REVIEW, at, by, "under review")
