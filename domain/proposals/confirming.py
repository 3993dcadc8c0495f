"""Deciding for a proposal: one compare-and-set.

It is open, its hash is the one the person saw, it has not run out, the order has not changed, the preview comes out
the same, and the actor is allowed; or nothing happens, and the decision says why and who was first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from domain.identity import Staff
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals.difference import differences
from domain.proposals.kinds import Deciders, Facts, Write
from domain.proposals.model import Decision, Proposal, ProposalState
from domain.proposals.registry import WRITES
from domain.proposals.steps import (
    close,
    decided,
    executed,
    facts_for,
    get,
    role_to_decide,
    tell_channels,
    the_order,
)
from domain.rules import Rule, Violation, broken

Rebuild = Callable[[UnitOfWork, Staff, Proposal], Decision]


def decide_for(uow: UnitOfWork, actor: Staff, proposal_id: str, sha256: str, rebuild: Rebuild) -> Decision:
    """Decide for it, once. The decision says who won, what was refused, and what takes a stale one's place."""
    proposal = get(uow, proposal_id)
    refused = _undecidable(uow, proposal, sha256)
    if refused is not None:
        return _refuse(uow, actor, proposal, refused)
    if (not_allowed := role_to_decide(actor, proposal)) is not None:
        return Decision(proposal=proposal, refused=[not_allowed])
    order = the_order(uow, proposal.order_id)
    proposer = uow.staff.get(proposal.created_by) or actor
    facts = facts_for(uow, order, proposer, proposal.id)
    write: Write[Any, Any] = WRITES[proposal.kind]
    request = write.payload.model_validate(proposal.payload)
    plan, violations = write.plan(facts, request)
    stale = _staleness(proposal, order, facts, write, request, plan, violations)
    if stale:
        return _stale(uow, actor, proposal, stale, rebuild)
    if denied := write.approval(facts, plan, actor):
        return Decision(proposal=proposal, refused=denied)
    return _carry_out(uow, actor, proposal, facts, write, request, plan)


def _undecidable(uow: UnitOfWork, proposal: Proposal, sha256: str) -> Violation | None:
    if proposal.state is not ProposalState.OPEN:
        return decided(proposal)
    if proposal.sha256 != sha256:
        return broken(Rule.PROPOSAL_MISMATCH, "sha256", limit=proposal.sha256[:12], value=sha256[:12])
    if uow.now >= proposal.expires_at:
        return broken(Rule.PROPOSAL_EXPIRED, "proposal", limit=f"{proposal.expires_at:%Y-%m-%d %H:%M} UTC")
    return None


def _refuse(uow: UnitOfWork, actor: Staff, proposal: Proposal, why: Violation) -> Decision:
    if why.code is Rule.PROPOSAL_EXPIRED and proposal.state is ProposalState.OPEN:
        proposal = close(uow, proposal, ProposalState.EXPIRED, None)
    return Decision(proposal=proposal, refused=[why])


def _staleness(
    proposal: Proposal,
    order: Order,
    facts: Facts,
    write: Write[Any, Any],
    request: BaseModel,
    plan: Any,
    violations: list[Violation],
) -> list[str]:
    """What changed since the person looked; empty when nothing that matters did."""
    if order.version != proposal.order_version:
        return ["the order changed"]
    if violations or plan is None:
        return [v.message.rstrip(".") for v in violations]
    preview = write.preview(facts, request, plan)
    if preview.money_facts() != proposal.preview.money_facts():
        return differences(proposal.preview, preview) or ["the amounts changed"]
    return []


def _stale(uow: UnitOfWork, actor: Staff, proposal: Proposal, why: list[str], rebuild: Rebuild) -> Decision:
    """Close it as stale and, where the intent is still possible, put a fresh one in its place."""
    closed = close(uow, proposal, ProposalState.STALE, None)
    owner = uow.staff.get(proposal.created_by) or actor
    again = rebuild(uow, owner, closed)
    named = {v.message.rstrip(".") for v in again.refused}
    told = [text for text in why if text not in named] or ["it is not possible any more"]
    violation = broken(Rule.PROPOSAL_STALE, "proposal", value="; ".join(told))
    return Decision(
        proposal=closed,
        refused=[violation, *again.refused],
        replacement=again.replacement,
        difference=[*why, *again.difference],
    )


def _carry_out(
    uow: UnitOfWork,
    actor: Staff,
    proposal: Proposal,
    facts: Facts,
    write: Write[Any, Any],
    request: BaseModel,
    plan: Any,
) -> Decision:
    effects = write.apply(facts, request, plan, Deciders(proposal.created_by, actor.id))
    proposal.confirmed_by = actor.id
    confirmed = close(uow, proposal, ProposalState.CONFIRMED, actor)
    uow.orders.save(facts.order)
    for job in effects.jobs:
        uow.jobs.enqueue(job)
    if not effects.awaits_provider:
        confirmed = executed(uow, confirmed, ProposalState.EXECUTED)
        tell_channels(uow, confirmed, confirmed.state.value)
    uow.ledger.post(effects.postings, allow_negative=uow.merchant.settings.negative_balance)
    return Decision(proposal=confirmed)
