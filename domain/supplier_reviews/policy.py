"""The rules of supplier reviews: facts in, a plan or every broken rule out. Order page, section 4."""

from __future__ import annotations

from dataclasses import dataclass

from domain.identity import Role, role_violation
from domain.money import format_minor
from domain.orders.model import Order
from domain.proposals.kinds import Facts
from domain.rules import Rule, Violation, broken
from domain.supplier_reviews.availability import why_no_request, why_not_unfinished
from domain.supplier_reviews.caps import review_cap, supplier_cost
from domain.supplier_reviews.model import ReviewKind, ReviewStatus, SupplierReview
from domain.supplier_reviews.payloads import (
    CancelSupplierReview,
    Outcome,
    RequestSupplierReview,
    SupplierVerdict,
)


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What a supplier would be asked for."""

    lines: list[str]
    amount: int
    cap: int


@dataclass(frozen=True, slots=True)
class CancelPlan:
    """A review called off."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class VerdictPlan:
    """The outcome as it will stand: a part of the request is a partial approval, whatever it was called."""

    status: ReviewStatus
    refunded: int
    reason: str


def find_review(order: Order, review_id: str) -> tuple[SupplierReview | None, list[Violation]]:
    """The review of that id, or why there is none."""
    review = order.find_review(review_id)
    if review is None:
        return None, [broken(Rule.SUPPLIER_REVIEW_NOT_FOUND, "review_id", value=review_id)]
    return review, []


def plan_request(facts: Facts, payload: RequestSupplierReview) -> tuple[RequestPlan | None, list[Violation]]:
    """Dropshipped lines with a cost that was paid, notes, and no more than that cost."""
    order = facts.order
    if (refused := role_violation(facts.proposer, Role.AGENT)) is not None:
        return None, [refused]
    lines = list(dict.fromkeys(payload.lines))
    known = {line.id: line for line in order.lines}
    found: list[Violation] = []
    for line_id in lines:
        if line_id not in known:
            found.append(broken(Rule.LINE_NOT_FOUND, "line", value=line_id))
        elif (no := why_no_request(order, known[line_id], payload.kind)) is not None:
            found.append(no)
    on_lines = bool(found)
    if not payload.notes.strip():
        found.append(broken(Rule.SUPPLIER_NOTES_REQUIRED, "notes"))
    held = {item.sha256 for item in order.evidence}
    for sha256 in payload.evidence:
        if sha256 not in held:
            limit = "evidence of this order"
            found.append(broken(Rule.FIELD_INVALID, "evidence", limit=limit, value=sha256[:12]))
    cap = review_cap(order, lines, payload.kind)
    amount = cap if payload.amount is None else payload.amount
    if not on_lines:
        found += _undocumented(payload, cap, order) or _amount_violations(
            order, amount, cap, asked=payload.amount
        )
    return (None, found) if found else (RequestPlan(lines, amount, cap), [])


def _undocumented(payload: RequestSupplierReview, cap: int, order: Order) -> list[Violation]:
    """No cost of a return is documented, or all of it was asked for: nothing can be, and it is said why."""
    if payload.kind is not ReviewKind.RETURN_COST or cap > 0:
        return []
    asked = format_minor(payload.amount or 0, order.currency)
    none = broken(
        Rule.SUPPLIER_AMOUNT_EXCEEDS_COST, "amount", limit=format_minor(0, order.currency), value=asked
    )
    message = "No return cost is left to ask for: it has to be documented on the return first."
    return [none.model_copy(update={"message": message})]


def _amount_violations(order: Order, amount: int, cap: int, *, asked: int | None) -> list[Violation]:
    limit, value = format_minor(cap, order.currency), format_minor(amount, order.currency)
    if asked is not None and asked <= 0:
        return [broken(Rule.AMOUNT_NOT_POSITIVE, "amount", limit=0, value=value)]
    if amount > cap or cap <= 0:
        shown = value if asked is not None else "The cost"
        return [broken(Rule.SUPPLIER_AMOUNT_EXCEEDS_COST, "amount", limit=limit, value=shown)]
    return []


def plan_cancel(facts: Facts, payload: CancelSupplierReview) -> tuple[CancelPlan | None, list[Violation]]:
    """Only while no verdict has come."""
    if (refused := role_violation(facts.proposer, Role.AGENT)) is not None:
        return None, [refused]
    review, missing = find_review(facts.order, payload.review_id)
    if review is None:
        return None, missing
    if (no := why_not_unfinished(review)) is not None:
        return None, [no]
    return CancelPlan(payload.note.strip()), []


def plan_verdict(facts: Facts, payload: SupplierVerdict) -> tuple[VerdictPlan | None, list[Violation]]:
    """By finance or the supplier's import; never more than was requested, nothing on a rejection."""
    review, found = find_review(facts.order, payload.review_id)
    refused = role_violation(facts.proposer, Role.FINANCE)
    if review is None:
        return None, [*found, *([refused] if refused else [])]
    if (no := why_not_unfinished(review)) is not None:
        return None, [no]
    if refused is not None:
        return None, [refused]
    if payload.verdict is Outcome.REJECTED:
        found = _rejection_violations(facts.order, payload)
        plan = VerdictPlan(ReviewStatus.REJECTED, 0, payload.reason.strip())
        return (None, found) if found else (plan, [])
    refunded = payload.refunded
    if refunded is None and payload.verdict is Outcome.APPROVED:
        refunded = review.requested
    found = _grant_violations(facts.order, review, refunded)
    if found or refunded is None:
        return None, found
    whole = refunded == review.requested
    status = ReviewStatus.APPROVED if whole else ReviewStatus.PARTIALLY_APPROVED
    return VerdictPlan(status, refunded, payload.reason.strip()), []


def _rejection_violations(order: Order, payload: SupplierVerdict) -> list[Violation]:
    found: list[Violation] = []
    if payload.refunded:
        value, limit = format_minor(payload.refunded, order.currency), format_minor(0, order.currency)
        found.append(broken(Rule.SUPPLIER_RESULT_EXCEEDS_REQUEST, "refunded", limit=limit, value=value))
    if not payload.reason.strip():
        found.append(broken(Rule.REASON_REQUIRED, "reason"))
    return found


def _grant_violations(order: Order, review: SupplierReview, refunded: int | None) -> list[Violation]:
    if refunded is None:
        limit = "the part that the supplier grants"
        return [broken(Rule.FIELD_INVALID, "refunded", limit=limit, value="nothing")]
    value = format_minor(refunded, order.currency)
    if refunded <= 0:
        return [broken(Rule.AMOUNT_NOT_POSITIVE, "refunded", limit=0, value=value)]
    found: list[Violation] = []
    if refunded > review.requested:
        limit = format_minor(review.requested, order.currency)
        found.append(broken(Rule.SUPPLIER_RESULT_EXCEEDS_REQUEST, "refunded", limit=limit, value=value))
    cost = supplier_cost(order, review.lines)
    if review.kind is not ReviewKind.RETURN_COST and refunded > cost:
        limit = format_minor(cost, order.currency)
        found.append(broken(Rule.SUPPLIER_AMOUNT_EXCEEDS_COST, "refunded", limit=limit, value=value))
    return found
