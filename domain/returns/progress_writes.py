"""The writes that bring a return to its end: edit, receive, cancel, close."""

from __future__ import annotations

from domain.proposals.kinds import Deciders, Effects, Facts
from domain.proposals.model import Preview, ProposalKind
from domain.returns.cards import edit_card, end_card, receive_card
from domain.returns.lifecycle import close_if_done, move_return, note
from domain.returns.logistics import set_logistics
from domain.returns.model import ReturnStatus
from domain.returns.payloads import CancelReturn, CloseReturn, EditReturn, ReceiveReturn
from domain.returns.progress import (
    EditPlan,
    EndPlan,
    ReceivePlan,
    plan_cancel,
    plan_close,
    plan_edit,
    plan_receive,
)
from domain.returns.writes import NoLimit, known_return, label_job
from domain.rules import Violation


class EditReturnWrite(NoLimit):
    """Logistics of a return that is approved or in transit."""

    kind = ProposalKind.EDIT_RETURN
    payload = EditReturn

    def plan(self, facts: Facts, payload: EditReturn) -> tuple[EditPlan | None, list[Violation]]:
        """See :func:`domain.returns.progress.plan_edit`."""
        return plan_edit(facts, payload)

    def preview(self, facts: Facts, payload: EditReturn, plan: EditPlan) -> Preview:
        """The logistics as they will be."""
        return edit_card(facts, payload, plan)

    def apply(self, facts: Facts, payload: EditReturn, plan: EditPlan, deciders: Deciders) -> Effects:
        """Write them down; with `in_transit`, `approved → in_transit`."""
        ret, by = known_return(facts.order, payload.return_id), deciders.confirmed_by
        generate = set_logistics(ret, plan.carrier, plan.tracking, payload.label)
        if payload.return_cost is not None:
            ret.return_cost = payload.return_cost
        ret.note = payload.note.strip() or ret.note
        note(ret, facts.now, by, "logistics changed")
        if payload.in_transit and ret.status is not ReturnStatus.IN_TRANSIT:
            move_return(ret, ReturnStatus.IN_TRANSIT, facts.now, by, "in transit")
        return Effects(jobs=[label_job(facts, ret)] if generate else [])


class ReceiveReturnWrite(NoLimit):
    """Goods received and inspected, unit by unit."""

    kind = ProposalKind.RECEIVE_RETURN
    payload = ReceiveReturn

    def plan(self, facts: Facts, payload: ReceiveReturn) -> tuple[ReceivePlan | None, list[Violation]]:
        """See :func:`domain.returns.progress.plan_receive`."""
        return plan_receive(facts, payload)

    def preview(self, facts: Facts, payload: ReceiveReturn, plan: ReceivePlan) -> Preview:
        """What came back and what it is worth."""
        return receive_card(facts, payload, plan)

    def apply(self, facts: Facts, payload: ReceiveReturn, plan: ReceivePlan, deciders: Deciders) -> Effects:
        """`→ received`, and on to `closed` where nothing is left to do."""
        ret, by = known_return(facts.order, payload.return_id), deciders.confirmed_by
        for entry in ret.lines:
            entry.inspection = plan.inspection[entry.line]
        if payload.return_cost is not None:
            ret.return_cost = payload.return_cost
        ret.note = payload.note.strip() or ret.note
        received = sum(entry.received for entry in plan.inspection.values())
        missing = sum(entry.missing for entry in plan.inspection.values())
        what = f"received {received}, missing {missing}"
        move_return(ret, ReturnStatus.RECEIVED, facts.now, by, what)
        close_if_done(facts.order, ret, facts.now, by)
        return Effects()


class CancelReturnWrite(NoLimit):
    """A return called off before anything came back."""

    kind = ProposalKind.CANCEL_RETURN
    payload = CancelReturn

    def plan(self, facts: Facts, payload: CancelReturn) -> tuple[EndPlan | None, list[Violation]]:
        """See :func:`domain.returns.progress.plan_cancel`."""
        return plan_cancel(facts, payload)

    def preview(self, facts: Facts, payload: CancelReturn, plan: EndPlan) -> Preview:
        """Which units are free again."""
        return end_card(facts, self.kind, payload.return_id, plan.reason)

    def apply(self, facts: Facts, payload: CancelReturn, plan: EndPlan, deciders: Deciders) -> Effects:
        """`→ cancelled`; its units are free again."""
        ret = known_return(facts.order, payload.return_id)
        what = f"cancelled: {plan.reason}" if plan.reason else "cancelled"
        move_return(ret, ReturnStatus.CANCELLED, facts.now, deciders.confirmed_by, what)
        return Effects()


class CloseReturnWrite(NoLimit):
    """A received return closed: done, or by a supervisor with a reason."""

    kind = ProposalKind.CLOSE_RETURN
    payload = CloseReturn

    def plan(self, facts: Facts, payload: CloseReturn) -> tuple[EndPlan | None, list[Violation]]:
        """See :func:`domain.returns.progress.plan_close`."""
        return plan_close(facts, payload)

    def preview(self, facts: Facts, payload: CloseReturn, plan: EndPlan) -> Preview:
        """What is let go."""
        return end_card(facts, self.kind, payload.return_id, plan.reason)

    def apply(self, facts: Facts, payload: CloseReturn, plan: EndPlan, deciders: Deciders) -> Effects:
        """`received → closed`."""
        ret = known_return(facts.order, payload.return_id)
        ret.close_reason = plan.reason
        what = f"closed: {plan.reason}" if plan.reason else "closed"
        move_return(ret, ReturnStatus.CLOSED, facts.now, deciders.confirmed_by, what)
        return Effects()
