"""Why an action on supplier reviews is disabled, by the state alone. Order page, section 3."""

from __future__ import annotations

from domain.orders.model import Line, Order, Source
from domain.rules import Rule, Violation, broken
from domain.supplier_reviews.caps import returns_on
from domain.supplier_reviews.model import ReviewKind, SupplierReview


def why_no_request(order: Order, line: Line, kind: ReviewKind | None = None) -> Violation | None:
    """Request a review of a line, of one kind or (None) of any."""
    if line.source is not Source.DROPSHIPPING:
        return _unavailable(f"{line.title} is not dropshipped, so no supplier bears its cost")
    if line.supplier_cost <= 0:
        return _unavailable(f"no supplier cost was paid for {line.title}")
    refunded = any(part.line == line.id for refund in order.refunds if refund.counts for part in refund.lines)
    if not refunded and not returns_on(order, [line.id]):
        return _unavailable(f"nothing of {line.title} was refunded or returned")
    open_kinds = {
        review.kind: review
        for review in order.supplier_reviews
        if review.is_unfinished and line.id in review.lines
    }
    wanted = [kind] if kind is not None else list(ReviewKind)
    if all(each in open_kinds for each in wanted):
        status = open_kinds[wanted[0]].status.value
        return broken(Rule.SUPPLIER_REVIEW_OPEN, "line", limit=line.title, value=status)
    return None


def why_not_unfinished(review: SupplierReview) -> Violation | None:
    """Cancel, enter a verdict: only what is requested or under review."""
    if review.is_unfinished:
        return None
    return _unavailable(f"the supplier review is {review.status.value}")


def _unavailable(why: str) -> Violation:
    return broken(Rule.ACTION_UNAVAILABLE, "supplier_review", value=why)
