"""The `refund` write: plan, preview and application."""

from __future__ import annotations

from domain.balances.model import Account
from domain.balances.postings import refund_postings
from domain.identity import Staff
from domain.money import format_minor
from domain.orders.model import Fulfilment, Order, Source
from domain.orders.value import line_state
from domain.ports import JobSpec
from domain.proposals.kinds import Deciders, Effects, Facts, base_preview, own_amounts, preview_line
from domain.proposals.model import Part, Preview, ProposalKind
from domain.reasons import RefundReason
from domain.refunds.approval import approval_violations, counted_amount
from domain.refunds.model import Refund, RefundRequest
from domain.refunds.plan import RefundFacts, RefundPlan
from domain.refunds.policy import plan_refund
from domain.rules import Violation

EXECUTE_REFUND = "execute_refund"
"""Job kind: ask the provider for a refund that was confirmed."""

OFFER_SUPPLIER_REVIEW = "supplier_review"

WAIVED = "Evidence waived"
"""The card's row that names who waived the evidence, and why."""


def refund_facts(facts: Facts) -> RefundFacts:
    """The facts a refund is planned on."""
    return RefundFacts(facts.order, facts.settings, facts.proposer, facts.balances, facts.now)


class RefundWrite:
    """Money back to the customer's own payments."""

    kind = ProposalKind.REFUND
    payload = RefundRequest

    def plan(self, facts: Facts, payload: RefundRequest) -> tuple[RefundPlan | None, list[Violation]]:
        """See :func:`domain.refunds.policy.plan_refund`."""
        return plan_refund(refund_facts(facts), payload)

    def preview(self, facts: Facts, payload: RefundRequest, plan: RefundPlan) -> Preview:
        """The card: what the customer gets, from where, and what it does to the balance."""
        order = facts.order
        preview = base_preview(facts, self.kind, f"Refund {format_minor(plan.amount, order.currency)}")
        refund = build_refund(facts, payload, plan, Deciders(facts.proposer.id, ""))
        postings = refund_postings(order, refund, facts.now)
        preview.lines = [preview_line(order, p.line, p.quantity, p.amount) for p in plan.lines]
        preview.amount, preview.shipping, preview.tax = plan.amount, plan.shipping, plan.tax
        preview.reason = payload.reason.value if payload.reason else None
        preview.note, preview.evidence = payload.note, payload.evidence
        if payload.waiver:
            preview.waived_by = payload.waiver.by
            preview.facts[WAIVED] = f"by {facts.proposer.name}: {payload.waiver.note.strip()}"
        preview.settles_return, preview.fees = payload.settles_return, plan.fees
        if payload.settles_return:
            preview.amount_after_fees = plan.amount
        preview.split = [Part(name=a.method, amount=a.amount, ref=a.payment) for a in plan.allocations]
        preview.funding = [Part(name=f.account, amount=f.amount, ref=f.payment) for f in plan.funding]
        preview.balances_before = own_amounts(facts.balances)
        preview.balances_after = own_amounts(facts.balances.after(postings))
        preview.cancelled_units = sum(part.cancelled for part in plan.lines)
        preview.second_person = over_limit(facts, plan)
        preview.warnings = [*plan.warnings, *refund_warnings(facts, plan)]
        preview.warnings += [preview.second_person] if preview.second_person else []
        preview.offers = refund_offers(order, plan)
        return preview

    def approval(self, facts: Facts, plan: RefundPlan, confirmer: Staff) -> list[Violation]:
        """Own limit, and four eyes above the proposer's."""
        return approval_violations(refund_facts(facts), confirmer, facts.proposer.id, plan.amount)

    def apply(self, facts: Facts, payload: RefundRequest, plan: RefundPlan, deciders: Deciders) -> Effects:
        """The refund is pending on the order, its money is set aside, and the provider will be asked."""
        order = facts.order
        refund = build_refund(facts, payload, plan, deciders)
        order.refunds.append(refund)
        for part in plan.lines:
            line = order.line(part.line)
            if part.cancelled and line_state(order, line).cancelled >= line.quantity:
                line.fulfilment = Fulfilment.CANCELLED
        job = JobSpec(EXECUTE_REFUND, refund.id, {"order_id": order.id, "refund_id": refund.id})
        return Effects(refund_postings(order, refund, facts.now), [job], awaits_provider=True)


def build_refund(facts: Facts, payload: RefundRequest, plan: RefundPlan, deciders: Deciders) -> Refund:
    """The refund as it will stand in the order."""
    return Refund(
        id=facts.new_id,
        lines=plan.lines,
        shipping=plan.shipping,
        tax=plan.tax,
        amount=plan.amount,
        reason=payload.reason or RefundReason.OTHER,
        note=payload.note or payload.value_note,
        evidence=payload.evidence,
        allocations=[part.model_copy() for part in plan.allocations],
        funding=[part.model_copy() for part in plan.funding],
        settles_return=payload.settles_return,
        proposed_by=deciders.proposed_by,
        confirmed_by=deciders.confirmed_by,
        created_at=facts.now,
    )


def refund_warnings(facts: Facts, plan: RefundPlan) -> list[str]:
    """What a careful colleague would say before it is pressed."""
    order, found = facts.order, []
    blocked = [p.method for p in order.payments if p.is_blocked]
    if blocked:
        found.append(f"{', '.join(blocked)} is disputed and gives nothing: that could pay twice.")
    if any(order.line(part.line).source is Source.DROPSHIPPING for part in plan.lines):
        found.append("Dropshipped: refunding the customer does not recover its cost from the supplier.")
    cancelled = sum(part.cancelled for part in plan.lines)
    if cancelled:
        found.append(f"{cancelled} not fulfilled yet: cancelled and not shipped any more.")
    if any(part.account != Account.PENDING_SETTLEMENT for part in plan.funding):
        sources = ", ".join(sorted({p.account for p in plan.funding if p.payment is None}))
        found.append(f"Taken from your {sources} balance: this sale has settled already.")
    return found


def over_limit(facts: Facts, plan: RefundPlan) -> str:
    """Why a second person confirms; empty where the proposer's own limit is enough."""
    hours = facts.settings.four_eyes_window_hours
    counted = counted_amount(facts.order, facts.proposer.id, plan.amount, facts.now, hours)
    currency = facts.order.currency
    limit = facts.proposer.limit(currency)
    if counted <= limit:
        return ""
    shown = f"{format_minor(limit, currency)} {currency}"
    return f"Above the proposer's limit of {shown}: a second person confirms."


def refund_offers(order: Order, plan: RefundPlan) -> list[str]:
    """What to do next, offered and never done by it."""
    for part in plan.lines:
        line = order.line(part.line)
        asked = any(review.is_unfinished and line.id in review.lines for review in order.supplier_reviews)
        if line.source is Source.DROPSHIPPING and line.supplier_cost > 0 and not asked:
            return [OFFER_SUPPLIER_REVIEW]
    return []
