"""A reply of the desk to where it belongs: into the thread, as cards of their own, or for one person's eyes."""

from __future__ import annotations

from dataclasses import dataclass

from agent.messages import ProposalCard, Reply, ResultCard
from domain.cases.model import Conversation
from domain.ports import Store, UnitOfWork
from integrations.slack.blocks.reply import Part, build_reply
from integrations.slack.cards import Cards
from integrations.slack.place import CHANNEL, Place
from integrations.slack.posts import Posts
from integrations.slack.progress import Progress
from integrations.slack.workspaces import slack_of
from integrations.storage.repositories.slack import Post


@dataclass(frozen=True, slots=True)
class Delivery:
    """Posts replies. Doing it again for the same event posts nothing twice."""

    posts: Posts
    cards: Cards
    store: Store
    merchant_id: str
    takes_drafts: bool

    async def deliver(
        self,
        reply: Reply,
        place: Place,
        user: str,
        *,
        progress: Progress | None = None,
        home: Place | None = None,
        pressed: str = "",
    ) -> None:
        """Show it in its thread (`home`, or where it was asked); refusals and personal data to `user` at `place`.

        `pressed`: the proposal whose card was pressed; where that stands in the thread already, it is not posted anew.
        """
        thread = home or place
        reply, names, ticket = await self.store.read(self.merchant_id, lambda uow: _facts(uow, reply))
        parts = build_reply(
            reply,
            private=thread.is_private,
            elsewhere=thread != place,
            names=names,
            ticket=ticket if self.takes_drafts else "",
        )
        main = next((part for part in parts if part.kind == "main"), None)
        if progress is not None:
            await self._finish(progress, main, reply, waiting=any(part.card for part in parts))
        for part in parts:
            if part.kind == "private":
                await self._privately(place, user, part, reply.event_id)
            elif part.kind == "main":
                await self._claim_results(reply, thread)
                post = await self.posts.once(f"{reply.event_id}:main", thread, part.text, part.blocks)
                await self._note_results(reply, post)
            elif part.card is not None and not await self._stands_there(part.card, thread, pressed):
                await self.cards.show(thread, f"{reply.event_id}:card:{part.card.proposal_id}", part.card)
        for proposal_id in dict.fromkeys([*reply.proposal_ids, *_cards_of(reply)]):
            await self.cards.refresh(proposal_id)

    async def _stands_there(self, card: ProposalCard, thread: Place, pressed: str) -> bool:
        shown = await self.cards.shown(pressed) if card.proposal_id == pressed else []
        return any((post.channel, post.thread_ts) == (thread.channel, thread.thread_ts) for post in shown)

    async def _finish(self, progress: Progress, main: Part | None, reply: Reply, *, waiting: bool) -> None:
        """End the stream with the reply in it; without words of its own, it says where to look."""
        done = await self.posts.find(f"{reply.event_id}:main")
        if done is not None and done.ts:
            return
        text, blocks = (main.text, main.blocks) if main is not None else ("Here it is.", [])
        ts = await progress.finish(text, blocks, "suspended" if waiting else "active")
        if ts and main is not None:
            place = progress.place
            post = Post(f"{reply.event_id}:main", "reply", place.team, place.channel, place.thread_ts, ts)
            await self.posts.note(post)

    async def _privately(self, place: Place, user: str, part: Part, event_id: str) -> None:
        """An ephemeral message cannot be found again; that it was sent is noted, so that it is not sent again."""
        key = f"{event_id}:private:{user}"
        if await self.posts.find(key) is None:
            await self.posts.privately(place, user, part.text, part.blocks)
            await self.posts.note_private(key, place)

    async def _claim_results(self, reply: Reply, thread: Place) -> None:
        """The outbox leaves an outcome to this reply from now on, even if nobody hears what became of its message."""
        for block in reply.blocks:
            if isinstance(block, ResultCard):
                key = result_key(block.proposal_id, block.outcome)
                if await self.posts.find(key) is None:
                    await self.posts.note(Post(key, "result", thread.team, thread.channel, thread.thread_ts))

    async def _note_results(self, reply: Reply, post: Post) -> None:
        for block in reply.blocks:
            if isinstance(block, ResultCard):
                key = result_key(block.proposal_id, block.outcome)
                noted = Post(key, "result", post.team_id, post.channel, post.thread_ts, post.ts)
                await self.posts.note(noted)


def result_key(proposal_id: str, outcome: str) -> str:
    """Under which an outcome is told once, whoever is the first to know it."""
    return f"result:{proposal_id}:{outcome}"


def _cards_of(reply: Reply) -> list[str]:
    return [block.proposal_id for block in reply.blocks if isinstance(block, ProposalCard)]


def _facts(uow: UnitOfWork, reply: Reply) -> tuple[Reply, frozenset[str], str]:
    """The reply without outcomes that were told already, the customers it may name, and the linked ticket."""
    blocks = []
    for block in reply.blocks:
        if isinstance(block, ResultCard):
            told = slack_of(uow).post(result_key(block.proposal_id, block.outcome))
            if told is not None and told.ts and _elsewhere(uow, reply, told):
                continue
        blocks.append(block)
    conversation = uow.conversations.get(reply.conversation_id)
    proposals = [uow.proposals.get(proposal_id) for proposal_id in reply.proposal_ids]
    names = {proposal.preview.customer for proposal in proposals if proposal is not None}
    topic = conversation.topic_order if conversation is not None else None
    order = uow.orders.get(topic) if topic else None
    if order is not None:
        names |= {order.customer.name, order.customer.email}
    ticket = linked_ticket(conversation) if conversation is not None else ""
    return reply.model_copy(update={"blocks": blocks}), frozenset(names - {""}), ticket


def linked_ticket(conversation: Conversation) -> str:
    """The number of the helpdesk's ticket that a conversation is about; empty where it has none.

    One that was named in Slack, or the ticket whose own conversation it is. What a client of another channel sent along
    does not count: it would let anyone write into any ticket.
    """
    number = str((conversation.ticket or {}).get("id") or "")
    is_own = conversation.channel == CHANNEL or conversation.thread_key == number
    return number if is_own and not number.startswith("slack:") else ""


def _elsewhere(uow: UnitOfWork, reply: Reply, told: Post) -> bool:
    """Told by another message than this reply's own."""
    own = slack_of(uow).post(f"{reply.event_id}:main")
    return own is None or own.ts != told.ts
