"""The small steps that proposing and deciding share: reading the facts, closing, noting."""

from __future__ import annotations

from typing import Any

from domain.balances.service import current_balances
from domain.identity import Role, Staff, role_violation
from domain.lifecycle import move
from domain.notices import tell
from domain.orders.model import Order
from domain.ports import AuditEvent, ConcurrentChange, UnitOfWork
from domain.proposals.kinds import Facts
from domain.proposals.model import PROPOSAL, Proposal, ProposalState
from domain.rules import Refused, Rule, Violation, broken


def get(uow: UnitOfWork, proposal_id: str) -> Proposal:
    """The proposal. Raises Refused(proposal_not_found)."""
    proposal = uow.proposals.get(proposal_id)
    if proposal is None:
        raise Refused(broken(Rule.PROPOSAL_NOT_FOUND, "proposal", value=proposal_id))
    return proposal


def the_order(uow: UnitOfWork, order_id: str) -> Order:
    """The order. Raises Refused(order_not_found)."""
    order = uow.orders.get(order_id)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=order_id))
    return order


def facts_for(uow: UnitOfWork, order: Order, proposer: Staff, new_id: str) -> Facts:
    """What the write is decided on, with the balances of this moment."""
    balances = current_balances(uow, order.currency)
    return Facts(order, uow.merchant.settings, proposer, balances, uow.now, new_id)


def decided(proposal: Proposal) -> Violation:
    """Why a proposal that is not open cannot be decided: by whom it was, or what made it void."""
    if proposal.state is ProposalState.STALE:
        return broken(Rule.PROPOSAL_STALE, "proposal", value="the order changed")
    if proposal.state is ProposalState.EXPIRED:
        return broken(Rule.PROPOSAL_EXPIRED, "proposal", limit=f"{proposal.expires_at:%Y-%m-%d %H:%M} UTC")
    who = proposal.decided_by_name or proposal.decided_by or "the desk"
    return broken(Rule.PROPOSAL_DECIDED, "proposal", limit=proposal.state.value, value=who)


def role_to_decide(actor: Staff, proposal: Proposal) -> Violation | None:
    """Agents decide on their own proposals, supervisors on any."""
    own = actor.id == proposal.created_by
    return role_violation(actor, Role.AGENT if own else Role.SUPERVISOR)


def close(uow: UnitOfWork, proposal: Proposal, state: ProposalState, actor: Staff | None) -> Proposal:
    """The compare-and-set from `open`. Whoever comes second starts again and finds it decided."""
    proposal.state = move("proposal", PROPOSAL, proposal.state, state)
    proposal.decided_at = uow.now
    proposal.decided_by = actor.id if actor else None
    proposal.decided_by_name = actor.name if actor else ""
    if not uow.proposals.decide(proposal, ProposalState.OPEN):
        raise ConcurrentChange(proposal.id)
    note(uow, f"proposal.{state.value}", proposal, actor.id if actor else "system", {})
    if (
        state is not ProposalState.CONFIRMED
    ):  # its end is told: executed, failed, or what became of the refund
        tell_channels(uow, proposal, state.value)
    return proposal


def tell_channels(uow: UnitOfWork, proposal: Proposal, event: str) -> None:
    """Whoever shows its card, or may decide it, hears of it after the commit."""
    tell(uow, f"proposal:{proposal.id}", event, proposal.order_id, proposal_id=proposal.id)


def note(uow: UnitOfWork, kind: str, proposal: Proposal, actor: str, data: dict[str, Any]) -> None:
    """An audit event about a proposal."""
    detail = {"order": proposal.order_number, "kind": proposal.kind.value, **data}
    uow.audit.append(AuditEvent(kind, proposal.id, actor, uow.now, detail))


def executed(uow: UnitOfWork, proposal: Proposal, outcome: ProposalState, failure: str = "") -> Proposal:
    """Record the end of a confirmed proposal: executed or failed. Repeating it changes nothing."""
    if proposal.state is outcome:
        return proposal
    before = proposal.state
    proposal.state = move("proposal", PROPOSAL, before, outcome)
    proposal.failure = failure
    if not uow.proposals.decide(proposal, before):
        raise ConcurrentChange(proposal.id)
    note(uow, f"proposal.{outcome.value}", proposal, "system", {})
    return proposal
