"""What the outbox tells this channel: cards put right, approvals asked for, outcomes told in their threads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from agent.dialogue.outcomes import Finished, Proposed
from agent.messages import ProposalCard, Reply, ResultCard
from agent.rendering.cards import proposal_card, result_card
from domain.identity import Role, Staff
from domain.ports import Job, Store, UnitOfWork
from domain.proposals.model import Proposal, ProposalKind, ProposalState
from domain.proposals.service import APPROVAL_NEEDED
from domain.refunds.model import RefundStatus
from integrations.slack.blocks.reply import build_reply
from integrations.slack.blocks.text import as_json, data, moment, section
from integrations.slack.cards import APPROVAL, Cards
from integrations.slack.delivery import result_key
from integrations.slack.identity import People
from integrations.slack.place import CHANNEL, Place, place_of_key
from integrations.slack.posts import Posts
from integrations.slack.workspaces import Workspace, Workspaces
from integrations.work.outcome import Again, Outcome

LEFT_TO_REPLY = 5
"""Attempts after which an outcome is told although a reply was about to: that reply will not come any more."""
_OUTCOMES = {
    RefundStatus.SUCCEEDED: "done",
    RefundStatus.FAILED: "failed",
    RefundStatus.UNKNOWN: "unknown",
    RefundStatus.PENDING: "pending",
}


@dataclass(frozen=True, slots=True)
class Notices:
    """Everything may be told again: what was posted is found by its key."""

    posts: Posts
    cards: Cards
    people: People
    workspaces: Workspaces
    store: Store
    merchant_id: str
    remind_seconds: float

    async def tell(self, job: Job) -> Outcome | None:
        """One event. See :mod:`domain.notices`."""
        proposal_id = str(job.payload.get("proposal_id") or "")
        if not proposal_id:
            return None
        if job.payload["event"] == APPROVAL_NEEDED:
            await self.ask_for_approval(proposal_id)
        else:
            await self.cards.refresh(proposal_id)
            if not await self.tell_outcome(proposal_id, leave_it=job.attempts < LEFT_TO_REPLY):
                return Again("the reply that tells it is on its way", seconds=15)
        return None

    async def thread_of(self, proposal_id: str) -> str:
        """Key of the conversation a proposal belongs to, if it lies in Slack; else empty."""
        return await self.store.read(self.merchant_id, lambda uow: _thread(uow, proposal_id))

    async def ask_for_approval(self, proposal_id: str) -> None:
        """Show the card to everybody who may approve it, each in their direct messages."""
        proposal, approvers = await self.store.read(
            self.merchant_id, lambda uow: _approvers(uow, proposal_id)
        )
        if proposal is None or proposal.state is not ProposalState.OPEN:
            return
        for workspace in await self.workspaces.all():
            for staff in approvers:
                limit = staff.limit(proposal.preview.currency)
                within = (proposal.preview.amount or 0) <= limit
                card = proposal_card(Proposed(proposal, limit=limit, own=False, may_press=within))
                await self._ask(workspace, staff, card)

    async def _ask(self, workspace: Workspace, staff: Staff, card: ProposalCard) -> None:
        key = f"{APPROVAL}:{card.proposal_id}:{workspace.team_id}:{staff.id}"
        known = await self.posts.find(key)
        if known is not None and known.ts:
            return
        user = await self.people.identity_of(workspace, staff)
        if user is not None:
            place = Place(workspace, await self.posts.direct_channel(workspace, user))
            await self.cards.show(place, key, card, asked_by=card.owner or "A colleague")

    async def remind(self) -> None:
        """Those who were asked and have not decided, a little before it is too late."""
        waiting = await self.store.read(self.merchant_id, self._running_out)
        for proposal in waiting:
            asked = [post for post in await self.cards.shown(proposal.id) if post.kind == APPROVAL]
            for post in asked:
                workspace = await self.workspaces.find(post.team_id)
                if workspace is not None:
                    place = Place(workspace, post.channel, post.ts)
                    text = reminder(proposal)
                    await self.posts.once(
                        f"remind:{post.key}", place, text, as_json([section(text)]), kind="reminder"
                    )

    def _running_out(self, uow: UnitOfWork) -> list[Proposal]:
        until = uow.now + timedelta(seconds=self.remind_seconds)
        return [p for p in uow.proposals.list_open(200) if uow.now < p.expires_at <= until]

    async def tell_outcome(self, proposal_id: str, *, leave_it: bool) -> bool:
        """In the conversation's thread, unless its own reply told it. An outcome that changes is told again.

        False where a reply is about to tell it and it was left to that one.
        """
        found = await self.store.read(self.merchant_id, lambda uow: _finished(uow, proposal_id))
        if found is None:
            return True
        card, thread_key, names = found
        workspace = await self.workspaces.find(thread_key.partition(":")[0])
        place = place_of_key(workspace, thread_key) if workspace is not None else None
        key = result_key(proposal_id, card.outcome)
        known = await self.posts.find(key)
        if place is None or (known is not None and known.ts):
            return True
        if known is not None and leave_it:
            return False
        reply = Reply(conversation_id="", event_id=key, blocks=[card])
        parts = build_reply(reply, private=place.is_private, names=names)
        await self.posts.once(key, place, parts[0].text, parts[0].blocks[:-1], kind="result")
        return True


def reminder(proposal: Proposal) -> str:
    """What those who were asked are reminded of."""
    what = f"{data(proposal.preview.headline)}, order {data(proposal.order_number)}"
    return f"Still waiting for you: {what}. It runs out at {moment(proposal.expires_at)}."


def _approvers(uow: UnitOfWork, proposal_id: str) -> tuple[Proposal | None, list[Staff]]:
    """Those whose role and limit would let them; the domain decides again when they press."""
    proposal = uow.proposals.get(proposal_id)
    if proposal is None:
        return None, []
    amount, currency = proposal.preview.amount or 0, proposal.preview.currency
    return proposal, [
        staff
        for staff in uow.staff.all()
        if staff.active
        and staff.id != proposal.created_by
        and staff.role.covers(Role.SUPERVISOR)
        and staff.limit(currency) >= amount
    ]


def _thread(uow: UnitOfWork, proposal_id: str) -> str:
    proposal = uow.proposals.get(proposal_id) if proposal_id else None
    case = uow.conversations.case(proposal.case_id) if proposal and proposal.case_id else None
    conversation = uow.conversations.get(case.conversation_id) if case else None
    return conversation.thread_key if conversation is not None and conversation.channel == CHANNEL else ""


def _finished(uow: UnitOfWork, proposal_id: str) -> tuple[ResultCard, str, frozenset[str]] | None:
    """The outcome of a decided proposal whose conversation lies in Slack."""
    proposal = uow.proposals.get(proposal_id)
    thread_key = _thread(uow, proposal_id)
    if proposal is None or not thread_key or not proposal.confirmed_by:
        return None
    names = frozenset({proposal.preview.customer})
    if proposal.kind is not ProposalKind.REFUND:
        done = proposal.state is ProposalState.EXECUTED
        return (result_card(Finished(proposal, "done")), thread_key, names) if done else None
    order = uow.orders.get(proposal.order_id)
    refund = next((r for r in order.refunds if r.id == proposal_id), None) if order else None
    if refund is None or refund.status is RefundStatus.PENDING:
        return None
    outcome: Any = _OUTCOMES[refund.status]
    return result_card(Finished(proposal, outcome, refund, refund.failure)), thread_key, names
