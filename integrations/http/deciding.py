"""Deciding a proposal over the API: by the conversation's own button where it came from one, else by the domain."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from agent.messages import Press, ProposalCard, RefusedBlock, Reply, ResultCard
from domain.cases.model import Conversation
from domain.identity import Staff
from domain.ports import UnitOfWork
from domain.proposals import service
from domain.proposals.model import Decision, Proposal, ProposalState
from domain.rules import Refused, Rule, broken
from integrations.bootstrap import Application
from integrations.http.access import Principal
from integrations.http.problems import Problem, refusal
from integrations.http.requests import acting
from integrations.http.schemas.views import Decided, ProposalView

ActionName = Literal["confirm", "cancel", "edit"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants done with a proposal."""

    principal: Principal
    proposal_id: str
    event_id: str = ""
    sha256: str = ""
    set: dict[str, Any] | None = None
    payload: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Talk:
    """The proposal belongs to this conversation: its button decides."""

    conversation: Conversation


async def proposing(
    app: Application, work: Callable[[UnitOfWork], T], keep: Callable[[UnitOfWork], None]
) -> T:
    """Propose; of what is refused, a quality claim stays (`keep`, in a transaction of its own). Raises Refused."""
    try:
        return await app.store.write(app.merchant.id, work)
    except Refused:
        await app.store.write(app.merchant.id, keep)
        raise


async def confirm(app: Application, wish: Wish, *, wait: bool = True) -> Decided:
    """Decide for it, once. Raises Problem with who won, what changed, or who must press instead."""

    def work(uow: UnitOfWork) -> _Talk | tuple[Decision, Staff]:
        actor = acting(uow, wish.principal)
        talk = _talk(uow, wish.proposal_id)
        return talk or (service.confirm(uow, actor, wish.proposal_id, wish.sha256), actor)

    done = await app.store.write(app.merchant.id, work)
    if isinstance(done, _Talk):
        return await _press(app, wish, done.conversation, "confirm")
    decision, actor = done
    _refuse(decision, actor)
    proposal = decision.proposal
    if wait and proposal.state is ProposalState.CONFIRMED:
        await app.desk.execute(app.merchant.id, proposal.id)
        proposal = await app.store.read(app.merchant.id, lambda uow: service.get(uow, wish.proposal_id))
    return Decided(proposal=ProposalView.of(proposal, actor))


async def cancel(app: Application, wish: Wish) -> Decided:
    """Withdraw it. Raises Problem."""

    def work(uow: UnitOfWork) -> _Talk | tuple[Decision, Staff]:
        actor = acting(uow, wish.principal)
        return _talk(uow, wish.proposal_id) or (service.cancel(uow, actor, wish.proposal_id), actor)

    done = await app.store.write(app.merchant.id, work)
    if isinstance(done, _Talk):
        return await _press(app, wish, done.conversation, "cancel")
    decision, actor = done
    _refuse(decision, actor)
    return Decided(proposal=ProposalView.of(decision.proposal, actor))


async def edit(app: Application, wish: Wish) -> Decided:
    """A new proposal takes its place. Card fields (`set`) are the conversation's to understand. Raises Problem."""

    def work(uow: UnitOfWork) -> _Talk | tuple[Proposal, Staff]:
        actor = acting(uow, wish.principal)
        talk = _talk(uow, wish.proposal_id)
        if wish.payload is not None:
            return service.edit(uow, actor, wish.proposal_id, wish.payload), actor
        if talk is None:
            limit = "only where a conversation made the proposal; give payload"
            raise Refused(broken(Rule.FIELD_INVALID, "set", limit=limit, value="these fields"))
        return talk

    def keep(uow: UnitOfWork) -> None:
        if wish.payload is not None and (proposal := uow.proposals.get(wish.proposal_id)) is not None:
            actor = acting(uow, wish.principal)
            service.keep_claims(uow, actor, proposal.order_id, proposal.kind, wish.payload)

    done = await proposing(app, work, keep)
    if isinstance(done, _Talk):
        return await _press(app, wish, done.conversation, "edit")
    return Decided(proposal=ProposalView.of(*done))


def _talk(uow: UnitOfWork, proposal_id: str) -> _Talk | None:
    """The conversation whose case it belongs to. Raises Refused(proposal_not_found)."""
    proposal = service.get(uow, proposal_id)
    case = uow.conversations.case(proposal.case_id) if proposal.case_id else None
    conversation = uow.conversations.get(case.conversation_id) if case else None
    return _Talk(conversation) if conversation else None


async def _press(app: Application, wish: Wish, conversation: Conversation, action: ActionName) -> Decided:
    press = Press(
        channel=conversation.channel,
        thread_key=conversation.thread_key,
        event_id=f"http:{conversation.id}:{action}:{wish.event_id or secrets.token_hex(10)}",
        staff_id=wish.principal.staff_id,
        action=action,
        proposal_id=wish.proposal_id,
        sha256=wish.sha256,
        set=wish.set or {},
    )
    reply = await app.desk.press(press)
    latest = reply.proposal_ids[-1] if reply.proposal_ids else wish.proposal_id

    def seen(uow: UnitOfWork) -> tuple[ProposalView, ProposalView]:
        actor = acting(uow, wish.principal)
        return tuple(ProposalView.of(service.get(uow, each), actor) for each in (wish.proposal_id, latest))  # type: ignore[return-value]

    own, newest = await app.store.read(app.merchant.id, seen)
    if not _ACCEPTED[action](reply, wish.proposal_id):
        raise _pressed_in_vain(reply, own, newest)
    return Decided(proposal=newest if action == "edit" else own, reply=reply)


_ACCEPTED: dict[str, Callable[[Reply, str], bool]] = {
    "confirm": lambda reply, this: any(
        isinstance(b, ResultCard) and b.proposal_id == this for b in reply.blocks
    ),
    "edit": lambda reply, this: any(
        isinstance(b, ProposalCard) and b.proposal_id != this for b in reply.blocks
    ),
    "cancel": lambda reply, _: not reply.blocks or not isinstance(reply.blocks[0], RefusedBlock),
}


def _pressed_in_vain(reply: Reply, own: ProposalView, newest: ProposalView) -> Problem:
    more: dict[str, Any] = {"reply": reply.model_dump(mode="json")}
    if newest.id != own.id:
        more["replacement"] = newest.model_dump(mode="json")
    violations = [v for block in reply.blocks if isinstance(block, RefusedBlock) for v in block.violations]
    if violations:
        return refusal(violations, **more)
    return Problem(409, "not_decided", "The conversation asks something first; see reply.", **more)


def _refuse(decision: Decision, actor: Staff) -> None:
    """Raises Problem unless it was decided."""
    if decision.accepted:
        return
    more: dict[str, Any] = {}
    if decision.replacement is not None:
        more["replacement"] = ProposalView.of(decision.replacement, actor).model_dump(mode="json")
        more["difference"] = decision.difference
    raise refusal(decision.refused, **more)
