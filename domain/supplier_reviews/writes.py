"""The writes to supplier reviews: request, cancel, verdict. Each is plan, preview and application."""

from __future__ import annotations

from domain.balances.model import Posting
from domain.balances.postings import supplier_recovery_posting
from domain.identity import Role, Staff, role_violation
from domain.money import format_minor
from domain.proposals.kinds import Deciders, Effects, Facts, base_preview, own_amounts, preview_line
from domain.proposals.model import Preview, ProposalKind
from domain.rules import Violation
from domain.supplier_reviews.lifecycle import move_review, start_review
from domain.supplier_reviews.model import ReviewEvent, ReviewStatus, SupplierReview
from domain.supplier_reviews.payloads import CancelSupplierReview, RequestSupplierReview, SupplierVerdict
from domain.supplier_reviews.policy import (
    CancelPlan,
    RequestPlan,
    VerdictPlan,
    plan_cancel,
    plan_request,
    plan_verdict,
)


def new_review_id(facts: Facts) -> str:
    """The id of what `request_supplier_review` creates: the proposal's, under a review's prefix."""
    return f"rev_{facts.new_id.partition('_')[2] or facts.new_id}"


def _known(facts: Facts, review_id: str) -> SupplierReview:
    review = facts.order.find_review(review_id)
    if review is None:
        raise KeyError(review_id)
    return review


def _card(facts: Facts, kind: ProposalKind, headline: str, review: SupplierReview) -> Preview:
    order = facts.order
    preview = base_preview(facts, kind, headline)
    preview.lines = [preview_line(order, line, order.line(line).quantity) for line in review.lines]
    preview.review_id, preview.review_kind = review.id, review.kind.value
    preview.amount = review.requested
    if review.lines:
        suppliers = {order.line(line).supplier for line in review.lines} - {""}
        if suppliers:
            preview.facts["Supplier"] = ", ".join(sorted(suppliers))
    return preview


class RequestReviewWrite:
    """Ask a dropshipping supplier to bear a cost."""

    kind = ProposalKind.REQUEST_SUPPLIER_REVIEW
    payload = RequestSupplierReview

    def plan(
        self, facts: Facts, payload: RequestSupplierReview
    ) -> tuple[RequestPlan | None, list[Violation]]:
        """See :func:`domain.supplier_reviews.policy.plan_request`."""
        return plan_request(facts, payload)

    def preview(self, facts: Facts, payload: RequestSupplierReview, plan: RequestPlan) -> Preview:
        """What is asked for, and what could be at most."""
        order = facts.order
        review = _requested(facts, payload, plan, "")
        asked = f"{format_minor(plan.amount, order.currency)} {order.currency}"
        preview = _card(facts, self.kind, f"Ask the supplier for {asked}", review)
        preview.note, preview.evidence = payload.notes.strip(), payload.evidence
        preview.facts["At most"] = f"{format_minor(plan.cap, order.currency)} {order.currency}"
        preview.warnings = [
            "This asks the supplier; it gives nothing to the customer and moves no money yet."
        ]
        return preview

    def approval(self, facts: Facts, plan: RequestPlan, confirmer: Staff) -> list[Violation]:
        """No money moves, so no limit applies."""
        return []

    def apply(
        self, facts: Facts, payload: RequestSupplierReview, plan: RequestPlan, deciders: Deciders
    ) -> Effects:
        """The review stands on the order, requested."""
        facts.order.supplier_reviews.append(_requested(facts, payload, plan, deciders.confirmed_by))
        return Effects()


def _requested(facts: Facts, payload: RequestSupplierReview, plan: RequestPlan, by: str) -> SupplierReview:
    return SupplierReview(
        id=new_review_id(facts),
        lines=plan.lines,
        kind=payload.kind,
        requested=plan.amount,
        notes=payload.notes.strip(),
        evidence=payload.evidence,
        requested_by=by,
        timeline=[ReviewEvent(at=facts.now, by=by, what="requested")],
    )


class CancelReviewWrite:
    """A review called off before its verdict."""

    kind = ProposalKind.CANCEL_SUPPLIER_REVIEW
    payload = CancelSupplierReview

    def plan(self, facts: Facts, payload: CancelSupplierReview) -> tuple[CancelPlan | None, list[Violation]]:
        """See :func:`domain.supplier_reviews.policy.plan_cancel`."""
        return plan_cancel(facts, payload)

    def preview(self, facts: Facts, payload: CancelSupplierReview, plan: CancelPlan) -> Preview:
        """Which request is withdrawn."""
        review = _known(facts, payload.review_id)
        preview = _card(facts, self.kind, "Withdraw the request to the supplier", review)
        preview.facts["Asked for"] = f"{format_minor(review.requested, preview.currency)} {preview.currency}"
        preview.note = plan.note
        return preview

    def approval(self, facts: Facts, plan: CancelPlan, confirmer: Staff) -> list[Violation]:
        """No money moves, so no limit applies."""
        return []

    def apply(
        self, facts: Facts, payload: CancelSupplierReview, plan: CancelPlan, deciders: Deciders
    ) -> Effects:
        """`→ cancelled`."""
        what = f"cancelled: {plan.note}" if plan.note else "cancelled"
        review = _known(facts, payload.review_id)
        move_review(review, ReviewStatus.CANCELLED, facts.now, deciders.confirmed_by, what)
        return Effects()


class VerdictWrite:
    """The supplier's answer; what is granted is credited to the fund account."""

    kind = ProposalKind.SUPPLIER_VERDICT
    payload = SupplierVerdict

    def plan(self, facts: Facts, payload: SupplierVerdict) -> tuple[VerdictPlan | None, list[Violation]]:
        """See :func:`domain.supplier_reviews.policy.plan_verdict`."""
        return plan_verdict(facts, payload)

    def preview(self, facts: Facts, payload: SupplierVerdict, plan: VerdictPlan) -> Preview:
        """The outcome, the reason, and what it does to the fund account."""
        order, review = facts.order, _known(facts, payload.review_id)
        preview = _card(
            facts, self.kind, f"Supplier's verdict: {plan.status.value.replace('_', ' ')}", review
        )
        preview.amount, preview.explanation = plan.refunded, plan.reason
        preview.facts["Requested"] = f"{format_minor(review.requested, order.currency)} {order.currency}"
        if plan.refunded:
            preview.facts["Supplier pays"] = f"{format_minor(plan.refunded, order.currency)} {order.currency}"
        postings = self._postings(facts, review, plan)
        preview.balances_before = own_amounts(facts.balances)
        preview.balances_after = own_amounts(facts.balances.after(postings))
        return preview

    def approval(self, facts: Facts, plan: VerdictPlan, confirmer: Staff) -> list[Violation]:
        """Finance confirms what finance enters."""
        refused = role_violation(confirmer, Role.FINANCE)
        return [refused] if refused else []

    def apply(self, facts: Facts, payload: SupplierVerdict, plan: VerdictPlan, deciders: Deciders) -> Effects:
        """Through `under_review` to the outcome; the fund account gets what was granted."""
        review, by = _known(facts, payload.review_id), deciders.confirmed_by
        start_review(review, facts.now, by)
        granted = f" {format_minor(plan.refunded, facts.order.currency)}" if plan.refunded else ""
        reason = f": {plan.reason}" if plan.reason else ""
        move_review(review, plan.status, facts.now, by, f"{plan.status.value}{granted}{reason}")
        review.refunded, review.reason = plan.refunded, plan.reason
        return Effects(postings=self._postings(facts, review, plan))

    def _postings(self, facts: Facts, review: SupplierReview, plan: VerdictPlan) -> list[Posting]:
        if plan.refunded <= 0:
            return []
        return [supplier_recovery_posting(facts.order, review.id, plan.refunded, facts.now)]
