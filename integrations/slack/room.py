"""Everything the listeners work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.ports import Clock, Store
from integrations.channels import Tickets
from integrations.slack.cards import Cards
from integrations.slack.config import SlackConfig
from integrations.slack.evidence import Evidence
from integrations.slack.forms import Forms
from integrations.slack.identity import People, Stranger
from integrations.slack.notices import Notices
from integrations.slack.place import Place
from integrations.slack.posts import Posts
from integrations.slack.turns import Asked, Turns
from integrations.slack.workspaces import Workspace, Workspaces


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a listener knows of the event it is called for."""

    workspace: Workspace
    user: str
    event_id: str
    since: datetime


@dataclass(slots=True)
class Room:
    """The parts of the channel."""

    config: SlackConfig
    store: Store
    merchant_id: str
    clock: Clock
    workspaces: Workspaces
    people: People
    posts: Posts
    cards: Cards
    forms: Forms
    evidence: Evidence
    notices: Notices
    turns: Turns
    tickets: Tickets | None = None
    """The helpdesk's, where one is connected."""

    async def asker(self, delivered: Delivered, place: Place, event_id: str = "") -> Asked | None:
        """The member of staff who asks; anybody else is refused, for their eyes only."""
        who = await self.people.who(delivered.workspace, delivered.user)
        if isinstance(who, Stranger):
            key = f"{delivered.event_id}:refused"
            if await self.posts.find(key) is None:
                await self.posts.privately(place, delivered.user, who.sentence)
                await self.posts.note_private(key, place)
            return None
        return Asked(place, delivered.user, who, event_id or delivered.event_id, delivered.since)

    async def own_thread(self, delivered: Delivered, text: str) -> Place:
        """A new thread in the direct messages with somebody, begun with `text`."""
        channel = await self.posts.direct_channel(delivered.workspace, delivered.user)
        root = await self.posts.once(
            f"{delivered.event_id}:root", Place(delivered.workspace, channel), text, [], kind="root"
        )
        return Place(delivered.workspace, channel, root.ts)
