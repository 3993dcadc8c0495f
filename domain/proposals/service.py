"""Proposing and deciding. The one way to any write, for every caller and channel.

Each function runs inside one transaction of the caller's (see :mod:`domain.ports`): rules read and write through the
unit of work and never commit. Confirmation is one compare-and-set: the proposal is open, its hash is the one the
person saw, it has not run out, the order has not changed, the preview comes out the same, and the actor is allowed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.balances.service import seen_balances
from domain.identity import Role, Staff, role_violation
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals.claims import take_claims
from domain.proposals.confirming import decide_for
from domain.proposals.difference import differences
from domain.proposals.kinds import Facts, Write
from domain.proposals.labels import label_violations
from domain.proposals.model import Decision, Preview, Proposal, ProposalKind, ProposalState, proposal_hash
from domain.proposals.registry import WRITES
from domain.proposals.steps import (
    close,
    decided,
    executed,
    facts_for,
    get,
    note,
    role_to_decide,
    tell_channels,
    the_order,
)
from domain.proposals.words import without_words
from domain.rules import Refused, Rule, Violation, broken

__all__ = [
    "cancel",
    "check",
    "confirm",
    "edit",
    "executed",
    "expire_if_due",
    "get",
    "keep_claims",
    "propose",
    "rebuild",
]


APPROVAL_NEEDED = "approval_needed"
"""What the channels are told of a proposal that its proposer may not confirm: those who may are asked."""


def propose(
    uow: UnitOfWork,
    actor: Staff,
    order_id: str,
    kind: ProposalKind,
    payload: BaseModel | dict[str, Any],
    *,
    case_id: str | None = None,
    supersedes: str | None = None,
) -> Proposal:
    """Validate, preview and store a proposal. Raises Refused with every broken rule; then nothing is stored."""
    if (refused := role_violation(actor, Role.AGENT)) is not None:
        raise Refused(refused)
    order = the_order(uow, order_id)
    _clear_way(uow, order, supersedes)
    write: Write[Any, Any] = WRITES[kind]
    request = payload if isinstance(payload, write.payload) else _parse(write.payload, payload)
    new_id = uow.ids.new("prop")
    facts = facts_for(uow, order, actor, new_id)
    plan, violations = write.plan(facts, request)
    violations = [*violations, *label_violations(uow, request, violations)]
    if violations or plan is None:
        raise Refused(*violations)
    preview = write.preview(facts, request, plan)
    stored = request.model_dump(mode="json")
    proposal = Proposal(
        id=new_id,
        merchant_id=uow.merchant.id,
        case_id=case_id,
        order_id=order.id,
        order_number=order.number,
        order_version=order.version,
        policy_version=uow.merchant.settings.version,
        kind=kind,
        payload=stored,
        preview=preview,
        sha256=proposal_hash(kind, order.id, stored, preview),
        state=ProposalState.OPEN,
        created_by=actor.id,
        created_by_name=actor.name,
        created_at=uow.now,
        expires_at=uow.now + timedelta(minutes=uow.merchant.settings.proposal_minutes),
        supersedes=supersedes,
    )
    uow.proposals.add(proposal)
    take_claims(uow, actor, order, request)
    seen = {"sha256": proposal.sha256, "payload": without_words(kind.value, stored)}
    note(uow, "proposal.opened", proposal, actor.id, seen)
    if write.approval(facts, plan, actor):
        tell_channels(uow, proposal, APPROVAL_NEEDED)
    return proposal


def keep_claims(
    uow: UnitOfWork, actor: Staff, order_id: str, kind: ProposalKind, payload: BaseModel | dict[str, Any]
) -> None:
    """After a proposal was refused: the quality claim in it stays on the order. To be called by every door."""
    order = uow.orders.get(order_id)
    try:
        request = payload if isinstance(payload, BaseModel) else _parse(WRITES[kind].payload, payload)
    except Refused:
        return
    if order is not None:
        take_claims(uow, actor, order, request)


def check(
    uow: UnitOfWork, actor: Staff, order_id: str, kind: ProposalKind, payload: BaseModel
) -> list[Violation]:
    """Every rule a proposal would break now; nothing is stored."""
    write: Write[Any, Any] = WRITES[kind]
    _, violations = write.plan(facts_for(uow, the_order(uow, order_id), actor, "check"), payload)
    return violations


def preview(uow: UnitOfWork, actor: Staff, order_id: str, kind: ProposalKind, payload: BaseModel) -> Preview:
    """What it would do, with nothing stored; for a read transaction. Raises Refused with every broken rule."""
    write: Write[Any, Any] = WRITES[kind]
    order = the_order(uow, order_id)
    balances = seen_balances(uow, order.currency)
    facts = Facts(order, uow.merchant.settings, actor, balances, uow.now, "preview")
    plan, violations = write.plan(facts, payload)
    if violations or plan is None:
        raise Refused(*violations)
    return write.preview(facts, payload, plan)


def confirm(uow: UnitOfWork, actor: Staff, proposal_id: str, sha256: str) -> Decision:
    """Decide for it, once. The decision says who won, what was refused, and what takes a stale one's place."""
    return decide_for(uow, actor, proposal_id, sha256, rebuild)


def edit(uow: UnitOfWork, actor: Staff, proposal_id: str, payload: BaseModel | dict[str, Any]) -> Proposal:
    """A new proposal takes the old one's place: new hash, validated anew. Raises Refused; then the old one stays."""
    proposal = get(uow, proposal_id)
    if proposal.state is not ProposalState.OPEN:
        raise Refused(decided(proposal))
    if (refused := role_to_decide(actor, proposal)) is not None:
        raise Refused(refused)
    return propose(
        uow,
        actor,
        proposal.order_id,
        proposal.kind,
        payload,
        case_id=proposal.case_id,
        supersedes=proposal.id,
    )


def cancel(uow: UnitOfWork, actor: Staff, proposal_id: str) -> Decision:
    """Withdraw it: one's own, or as a supervisor anybody's."""
    proposal = get(uow, proposal_id)
    if proposal.state is not ProposalState.OPEN:
        return Decision(proposal=proposal, refused=[decided(proposal)])
    if (refused := role_to_decide(actor, proposal)) is not None:
        return Decision(proposal=proposal, refused=[refused])
    return Decision(proposal=close(uow, proposal, ProposalState.CANCELLED, actor))


def rebuild(uow: UnitOfWork, actor: Staff, proposal: Proposal) -> Decision:
    """The same intent anew, for a proposal that ran out or went stale, with what is different now."""
    try:
        again = propose(
            uow,
            actor,
            proposal.order_id,
            proposal.kind,
            proposal.payload,
            case_id=proposal.case_id,
            supersedes=proposal.id,
        )
    except Refused as refusal:
        return Decision(proposal=proposal, refused=refusal.violations)
    return Decision(
        proposal=proposal, replacement=again, difference=differences(proposal.preview, again.preview)
    )


def expire_if_due(uow: UnitOfWork, proposal: Proposal) -> Proposal:
    """Mark an open proposal whose time has run out."""
    if proposal.state is ProposalState.OPEN and uow.now >= proposal.expires_at:
        return close(uow, proposal, ProposalState.EXPIRED, None)
    return proposal


def _parse(model: type[BaseModel], payload: BaseModel | dict[str, Any]) -> BaseModel:
    data = payload.model_dump() if isinstance(payload, BaseModel) else payload
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Refused(
            *(
                broken(
                    Rule.FIELD_INVALID,
                    ".".join(str(part) for part in problem["loc"]) or "payload",
                    limit=problem["msg"],
                    value=str(problem["input"])[:80],
                )
                for problem in error.errors()
            )
        ) from None


def _clear_way(uow: UnitOfWork, order: Order, supersedes: str | None) -> None:
    """At most one open proposal per order: close the superseded and the expired, refuse beside another's."""
    current = uow.proposals.open_for_order(order.id)
    if current is None:
        return
    if current.id == supersedes:
        close(uow, current, ProposalState.SUPERSEDED, None)
    elif uow.now >= current.expires_at:
        close(uow, current, ProposalState.EXPIRED, None)
    else:
        owner = current.created_by_name or current.created_by
        raise Refused(broken(Rule.OPEN_PROPOSAL_EXISTS, "order", limit=current.short_id, value=owner))
