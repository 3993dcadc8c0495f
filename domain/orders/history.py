"""What happened to an imported order before: refunds, returns and supplier reviews, checked in sequence.

Refunds come first, in the document's order, then returns, then supplier reviews: each is checked against
what the ones before it left. Amounts are minor units.
"""

from __future__ import annotations

from domain.balances.model import Posting
from domain.balances.postings import supplier_recovery_posting
from domain.orders.document import OrderDocument, ReviewPart
from domain.orders.earlier_refunds import add_refund
from domain.orders.earlier_returns import add_return
from domain.orders.model import Line, Order
from domain.orders.problems import Problems
from domain.rules import Rule
from domain.supplier_reviews.model import ReviewEvent, ReviewKind, ReviewStatus, SupplierReview

GRANTED = frozenset({ReviewStatus.APPROVED, ReviewStatus.PARTIALLY_APPROVED})


def check_fields(document: OrderDocument, problems: Problems) -> None:
    """Every amount of the history is legal, every SKU is one of the order's, no id stands twice."""
    skus = {line.sku for line in document.lines}
    for path, text in _amounts(document):
        problems.amount(text, path)
    for path, sku in _references(document):
        if sku not in skus:
            problems.add(Rule.LINE_NOT_FOUND, path, value=sku)
    for name in ("refunds", "returns", "supplier_reviews"):
        seen: set[str] = set()
        for i, part in enumerate(getattr(document, name)):
            if part.id is not None and part.id in seen:
                problems.add(Rule.FIELD_INVALID, f"{name}[{i}].id", limit="a different id", value=part.id)
            seen.add(part.id or "")


def _amounts(document: OrderDocument) -> list[tuple[str, str]]:
    """Path and text of every amount in the history."""
    found: list[tuple[str, str | None]] = []
    for i, refund in enumerate(document.refunds):
        found += [(f"refunds[{i}].amount", refund.amount), (f"refunds[{i}].shipping", refund.shipping)]
        found += [(f"refunds[{i}].lines[{j}].amount", e.amount) for j, e in enumerate(refund.lines)]
    for i, ret in enumerate(document.returns):
        for name in ("return_fee", "restocking_fee", "return_cost"):
            found.append((f"returns[{i}].{name}", getattr(ret, name)))
    for i, review in enumerate(document.supplier_reviews):
        found.append((f"supplier_reviews[{i}].requested", review.requested))
        found.append((f"supplier_reviews[{i}].refunded", review.refunded))
    return [(path, text) for path, text in found if text is not None]


def _references(document: OrderDocument) -> list[tuple[str, str]]:
    """Path and SKU of every reference to a line."""
    found: list[tuple[str, str]] = []
    for i, refund in enumerate(document.refunds):
        found += [(f"refunds[{i}].lines[{j}].sku", e.sku) for j, e in enumerate(refund.lines)]
    for i, ret in enumerate(document.returns):
        found += [(f"returns[{i}].lines[{j}].sku", e.sku) for j, e in enumerate(ret.lines)]
        found += [(f"returns[{i}].inspection[{j}].sku", e.sku) for j, e in enumerate(ret.inspection)]
    for i, review in enumerate(document.supplier_reviews):
        found += [(f"supplier_reviews[{i}].lines[{j}]", sku) for j, sku in enumerate(review.lines)]
    return found


def add_history(order: Order, document: OrderDocument, problems: Problems) -> list[Posting]:
    """Put the history into the order; the supplier recoveries it posts. `check_fields` found nothing."""
    named = {part.id or f"RT{i + 1}" for i, part in enumerate(document.returns)}
    named |= {ret.id for ret in order.returns}
    for i, refund in enumerate(document.refunds):
        if refund.settles_return is not None and refund.settles_return not in named:
            problems.add(Rule.RETURN_NOT_FOUND, f"refunds[{i}].settles_return", value=refund.settles_return)
        add_refund(order, refund, i, problems)
    for i, ret in enumerate(document.returns):
        add_return(order, ret, i, problems)
    return [
        posting
        for i, review in enumerate(document.supplier_reviews)
        if (posting := _add_review(order, review, i, problems)) is not None
    ]


def _reviewed_line(order: Order, sku: str) -> Line:
    lines = [line for line in order.lines if line.sku == sku]
    return next((line for line in lines if line.supplier_cost > 0), lines[0])


def _add_review(order: Order, part: ReviewPart, index: int, problems: Problems) -> Posting | None:
    """Put one supplier review into the order; what it brought to the fund account, if anything."""
    path = f"supplier_reviews[{index}]"
    at = part.requested_at or order.placed_at
    requested = problems.amount(part.requested, f"{path}.requested")
    refunded = problems.amount(part.refunded or "0", f"{path}.refunded")
    if part.status in GRANTED and part.refunded is None:
        refunded = requested
    review = SupplierReview(
        id=part.id or f"SR{index + 1}",
        lines=[_reviewed_line(order, sku).id for sku in part.lines],
        kind=part.kind,
        requested=requested,
        refunded=refunded,
        notes=part.notes,
        status=part.status,
        timeline=[ReviewEvent(at=at, by="import", what=part.status.value)],
    )
    _check_review(order, review, path, problems)
    order.supplier_reviews.append(review)
    return supplier_recovery_posting(order, review.id, refunded, at) if refunded else None


def _check_review(order: Order, review: SupplierReview, path: str, problems: Problems) -> None:
    """No more is asked for than the product cost, and no more granted than was asked for."""
    cost = sum(order.line(line).supplier_cost for line in review.lines)
    if review.kind is ReviewKind.PRODUCT_COST and review.requested > cost:
        limit, value = problems.shown(cost), problems.shown(review.requested)
        problems.add(Rule.SUPPLIER_AMOUNT_EXCEEDS_COST, f"{path}.requested", limit=limit, value=value)
    most = review.requested if review.status in GRANTED else 0
    if review.refunded > most:
        limit, value = problems.shown(most), problems.shown(review.refunded)
        problems.add(Rule.SUPPLIER_RESULT_EXCEEDS_REQUEST, f"{path}.refunded", limit=limit, value=value)
