"""Words and buttons through the desk's one door, and its reply back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent.messages import Attachment, InboundMessage, Press, ProposalCard, Reply, Ticket
from agent.runner import Desk
from domain.identity import Staff
from domain.ports import Store, UnitOfWork
from domain.proposals.model import ProposalState
from integrations.slack.delivery import Delivery
from integrations.slack.place import CHANNEL, Place, place_of_key
from integrations.slack.posts import Posts
from integrations.slack.progress import Progress
from integrations.slack.workspaces import Workspaces, slack_of


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, where, in which event, and since when it has waited."""

    place: Place
    user: str
    staff: Staff
    event_id: str
    since: datetime


@dataclass(slots=True)
class Turns:
    """One turn at a time; each may be done again from the start."""

    desk: Desk
    store: Store
    merchant_id: str
    posts: Posts
    delivery: Delivery
    workspaces: Workspaces
    locks: Callable[[str], AbstractAsyncContextManager[None]]
    """Threads, so that an outcome is told by the turn that brought it or by the outbox, and not by both."""
    reply_seconds: float

    async def say(
        self, asked: Asked, text: str, *, attachments: Sequence[Attachment] = (), ticket: Ticket | None = None
    ) -> Reply | None:
        """Hand over what was written and deliver the reply; None where Stop was pressed meanwhile."""
        message = InboundMessage(
            channel=CHANNEL, thread_key=asked.place.thread_key, event_id=asked.event_id, staff_id=asked.staff.id,
            text=text, attachments=list(attachments), ticket=ticket,
        )  # fmt: skip
        if await self._is_stopped(asked) and not await self._is_answered(asked):
            return None
        progress = Progress(
            self.posts, asked.place, asked.user, asked.event_id, self.reply_seconds, title=text or "A file"
        )
        async with progress:
            reply = await self.desk.say(message)
        if await self._is_stopped(asked):
            await self._withdraw(asked, reply)
            await progress.finish("Stopped.", [])
            return None
        await self.delivery.deliver(reply, asked.place, asked.user, progress=progress)
        return reply

    async def press(
        self, asked: Asked, action: str, proposal_id: str, sha256: str, changes: dict[str, Any] | None = None,
        *, quiet: bool = False,
    ) -> Reply:  # fmt: skip
        """Decide a proposal in the conversation it belongs to, and tell there what came of it.

        `quiet` keeps a refusal from being shown: whoever asked shows it in a form.
        """
        home, channel, thread_key = await self._home(asked, proposal_id)
        press = Press(
            channel=channel, thread_key=thread_key, event_id=asked.event_id, staff_id=asked.staff.id,
            action=action, proposal_id=proposal_id, sha256=sha256, set=changes or {},  # type: ignore[arg-type]
        )  # fmt: skip
        thread = Progress(self.posts, home or asked.place, asked.user, asked.event_id, 0)
        async with self.locks(home.thread_key) if home and home != asked.place else nullcontext():
            await thread.set_status("processing")
            reply = await self.desk.press(press)
            if not (quiet and _is_refusal(reply)):
                await self.delivery.deliver(reply, asked.place, asked.user, home=home, pressed=proposal_id)
            await self.delivery.cards.refresh(proposal_id)
            await thread.set_status("suspended" if _waits(reply) else "active")
        return reply

    async def _home(self, asked: Asked, proposal_id: str) -> tuple[Place | None, str, str]:
        """Where a proposal's conversation is. One from another channel is decided there and told here."""

        def work(uow: UnitOfWork) -> tuple[str, str] | None:
            proposal = uow.proposals.get(proposal_id)
            case = uow.conversations.case(proposal.case_id) if proposal and proposal.case_id else None
            found = uow.conversations.get(case.conversation_id) if case else None
            return (found.channel, found.thread_key) if found else None

        found = await self.store.read(self.merchant_id, work)
        if found is None:
            return None, CHANNEL, asked.place.thread_key
        if found[0] != CHANNEL:
            return None, *found
        workspace = await self.workspaces.find(found[1].partition(":")[0])
        return (place_of_key(workspace, found[1]) if workspace else None), *found

    async def _is_stopped(self, asked: Asked) -> bool:
        key = asked.place.thread_key
        at = await self.store.read(self.merchant_id, lambda uow: slack_of(uow).stopped_at(key))
        return at is not None and at >= asked.since

    async def _is_answered(self, asked: Asked) -> bool:
        found = await self.posts.find(f"{asked.event_id}:main")
        return found is not None and bool(found.ts)

    async def _withdraw(self, asked: Asked, reply: Reply) -> None:
        """What a stopped turn proposed must not lie in the way unseen."""
        for block in reply.blocks:
            if isinstance(block, ProposalCard) and block.state == ProposalState.OPEN.value:
                withdrawn = Press(
                    channel=CHANNEL,
                    thread_key=asked.place.thread_key,
                    staff_id=asked.staff.id,
                    action="cancel",
                    event_id=f"{asked.event_id}:stopped",
                    proposal_id=block.proposal_id,
                    sha256=block.sha256,
                )
                await self.desk.press(withdrawn)


def _waits(reply: Reply) -> bool:
    """Whether somebody is to decide something it shows."""
    return any(isinstance(block, ProposalCard) for block in reply.blocks)


def _is_refusal(reply: Reply) -> bool:
    return any(block.kind == "refused" for block in reply.blocks)
