"""Proposal cards where they are shown: each updated in place when its proposal is decided, expired or replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import BaseModel

from agent.messages import ProposalCard
from domain.ports import Store
from domain.proposals.model import Proposal
from integrations.slack.blocks.proposal import build_decided, build_proposal, fallback, state_line
from integrations.slack.blocks.text import as_json, clip
from integrations.slack.place import Place
from integrations.slack.posts import Posts
from integrations.slack.workspaces import Workspaces, slack_of
from integrations.storage.repositories.slack import Post

CARD, APPROVAL = "card", "approval"


class _Shown(BaseModel):
    """A card as it was shown, and what it last said became of it."""

    card: ProposalCard
    state: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Shows and refreshes them. Updating is done at least once and says the same each time."""

    posts: Posts
    workspaces: Workspaces
    store: Store
    merchant_id: str

    async def show(self, place: Place, key: str, card: ProposalCard, *, asked_by: str = "") -> Post:
        """Post it, once a key. `asked_by`: whose proposal a second person is asked to approve."""
        blocks = as_json(build_proposal(card, asked_by=asked_by))
        text = f"{asked_by} asks for your approval. {fallback(card)}" if asked_by else fallback(card)
        return await self.posts.once(
            key, place, text, blocks,
            kind=APPROVAL if asked_by else CARD,
            proposal_id=card.proposal_id,
            doc=_Shown(card=card).model_dump_json(),
        )  # fmt: skip

    async def refresh(self, proposal_id: str) -> int:
        """Bring every showing of a proposal up to date; how many there are."""
        shown = await self.shown(proposal_id)
        proposal = await self.store.read(self.merchant_id, lambda uow: uow.proposals.get(proposal_id))
        if proposal is None:
            return 0
        last = {(post.channel, post.thread_ts): post.key for post in shown}
        for post in shown:
            is_last = last[post.channel, post.thread_ts] == post.key
            await self._update(post, proposal, is_last=is_last)
        return len(shown)

    async def shown(self, proposal_id: str) -> list[Post]:
        """Messages that show its card."""
        found = await self.store.read(self.merchant_id, lambda uow: slack_of(uow).posts_of(proposal_id))
        return [post for post in found if post.kind in (CARD, APPROVAL) and post.ts]

    async def _update(self, post: Post, proposal: Proposal, *, is_last: bool) -> None:
        workspace = await self.workspaces.find(post.team_id)
        if workspace is None:
            return
        now = await self.store.read(self.merchant_id, lambda uow: uow.now)
        state = state_line(proposal, now, shown_below=not is_last)
        shown = _Shown.model_validate_json(post.doc)
        if not state or state == shown.state:
            return
        card = shown.card
        blocks = as_json(build_decided(card, state))
        await self.posts.update(workspace, post, clip(f"{state}. {fallback(card)}", 300), blocks)
        await self.posts.note(replace(post, doc=_Shown(card=card, state=state).model_dump_json()))
