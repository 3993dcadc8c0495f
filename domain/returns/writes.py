"""The writes that decide a return: create, approve, reject. Each is plan, preview and application."""

from __future__ import annotations

from domain.identity import Staff
from domain.orders.model import LogEntry, Order
from domain.ports import JobSpec
from domain.proposals.kinds import Deciders, Effects, Facts
from domain.proposals.model import Preview, ProposalKind
from domain.returns.cards import reject_card, terms_card
from domain.returns.lifecycle import move_return, note
from domain.returns.logistics import set_logistics
from domain.returns.model import Return, ReturnStatus
from domain.returns.payloads import ApproveReturn, CreateReturn, RejectReturn, Terms
from domain.returns.policy import RejectPlan, TermsPlan, plan_approve, plan_create, plan_reject
from domain.rules import Violation

GENERATE_LABEL = "generate_label"
"""Job kind: have the carrier draw the label of a return (:func:`domain.returns.service.print_label`)."""


def new_return_id(facts: Facts) -> str:
    """The id of what `create_return` creates: the proposal's, under a return's prefix."""
    return f"ret_{facts.new_id.partition('_')[2] or facts.new_id}"


def known_return(order: Order, return_id: str) -> Return:
    """The return that the plan has found already. Raises KeyError."""
    ret = order.find_return(return_id)
    if ret is None:
        raise KeyError(return_id)
    return ret


def label_job(facts: Facts, ret: Return) -> JobSpec:
    """Once per write that asks for a label."""
    payload = {"order_id": facts.order.id, "return_id": ret.id}
    return JobSpec(GENERATE_LABEL, f"{ret.id}:{facts.new_id}", payload)


class NoLimit:
    """No money moves, so no limit applies; roles were checked with the plan and by the proposal service."""

    def approval(self, facts: Facts, plan: object, confirmer: Staff) -> list[Violation]:
        """Nobody is kept from confirming by an amount."""
        return []


class CreateReturnWrite(NoLimit):
    """A return that staff start; it is approved from the start."""

    kind = ProposalKind.CREATE_RETURN
    payload = CreateReturn

    def plan(self, facts: Facts, payload: CreateReturn) -> tuple[TermsPlan | None, list[Violation]]:
        """See :func:`domain.returns.policy.plan_create`."""
        return plan_create(facts, payload)

    def preview(self, facts: Facts, payload: CreateReturn, plan: TermsPlan) -> Preview:
        """Units, value, fees, logistics."""
        return terms_card(facts, self.kind, payload, plan, new_return_id(facts))

    def apply(self, facts: Facts, payload: CreateReturn, plan: TermsPlan, deciders: Deciders) -> Effects:
        """The return stands on the order, approved."""
        ret = Return(
            id=new_return_id(facts),
            initiated_by="merchant",
            status=ReturnStatus.APPROVED,
            lines=plan.lines,
            reason=plan.reason,
            requested_at=facts.now,
        )
        facts.order.returns.append(ret)
        note(ret, facts.now, deciders.confirmed_by, "created by the shop")
        return _take_terms(facts, ret, payload, plan)


class ApproveReturnWrite(NoLimit):
    """A customer's request let in."""

    kind = ProposalKind.APPROVE_RETURN
    payload = ApproveReturn

    def plan(self, facts: Facts, payload: ApproveReturn) -> tuple[TermsPlan | None, list[Violation]]:
        """See :func:`domain.returns.policy.plan_approve`."""
        return plan_approve(facts, payload)

    def preview(self, facts: Facts, payload: ApproveReturn, plan: TermsPlan) -> Preview:
        """Units, value, fees, logistics, and what the customer asked for."""
        return terms_card(facts, self.kind, payload, plan, payload.return_id)

    def apply(self, facts: Facts, payload: ApproveReturn, plan: TermsPlan, deciders: Deciders) -> Effects:
        """`requested → approved`, with the terms; units that were left out are free again."""
        ret = known_return(facts.order, payload.return_id)
        before = {entry.line: entry.quantity for entry in ret.lines}
        after = {entry.line: entry.quantity for entry in plan.lines}
        ret.lines, ret.reason = plan.lines, plan.reason
        move_return(ret, ReturnStatus.APPROVED, facts.now, deciders.confirmed_by, "approved")
        if before != after:
            what = f"approved {sum(after.values())} of {sum(before.values())} requested units"
            note(ret, facts.now, deciders.confirmed_by, what)
        if plan.window_override_by:
            ret.window_override_by = plan.window_override_by
            note(ret, facts.now, plan.window_override_by, "return window overridden")
        return _take_terms(facts, ret, payload, plan)


def _take_terms(facts: Facts, ret: Return, payload: Terms, plan: TermsPlan) -> Effects:
    ret.return_fee = plan.fees.return_fee
    ret.note = payload.note.strip() or ret.note
    ret.return_cost = ret.return_cost if payload.return_cost is None else payload.return_cost
    generate = set_logistics(ret, payload.carrier, payload.tracking, payload.label)
    return Effects(jobs=[label_job(facts, ret)] if generate else [])


class RejectReturnWrite(NoLimit):
    """A customer's request turned down, with words for the customer."""

    kind = ProposalKind.REJECT_RETURN
    payload = RejectReturn

    def plan(self, facts: Facts, payload: RejectReturn) -> tuple[RejectPlan | None, list[Violation]]:
        """See :func:`domain.returns.policy.plan_reject`."""
        return plan_reject(facts, payload)

    def preview(self, facts: Facts, payload: RejectReturn, plan: RejectPlan) -> Preview:
        """The reason, and what the customer reads."""
        return reject_card(facts, payload, plan)

    def apply(self, facts: Facts, payload: RejectReturn, plan: RejectPlan, deciders: Deciders) -> Effects:
        """`requested → rejected`; what the customer is told goes into the log with it."""
        ret = known_return(facts.order, payload.return_id)
        ret.reject_reason, ret.explanation = plan.reason, plan.explanation
        what = f"rejected: {plan.reason.value}"
        move_return(ret, ReturnStatus.REJECTED, facts.now, deciders.confirmed_by, what)
        if (said := plan.communication) is not None:
            entry = LogEntry(
                channel=said.channel.strip(), text=said.text.strip(), at=facts.now, by=deciders.confirmed_by
            )
            facts.order.communication_log.append(entry)
        return Effects()
