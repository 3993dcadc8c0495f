"""Messages of ours: each posted once under a key, found again and updated in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.ports import Store
from integrations.slack.client import NOT_THERE, code_of
from integrations.slack.place import Place
from integrations.slack.workspaces import Workspace, Workspaces, slack_of
from integrations.storage.repositories.slack import Post

Blocks = Sequence[dict[str, Any]]
_EVENT_TYPE = "desk_post"


@dataclass(frozen=True, slots=True)
class Posts:
    """Posting and updating. Whatever Slack refuses raises SlackApiError, but for what a person may have deleted."""

    workspaces: Workspaces
    store: Store
    merchant_id: str

    async def once(
        self, key: str, place: Place, text: str, blocks: Blocks, *, kind: str = "reply",
        proposal_id: str = "", doc: str = "",
    ) -> Post:  # fmt: skip
        """Post into the place's thread, or find what was posted under this key before."""
        known = await self.find(key)
        if known is not None and known.ts:
            return known
        client = self.workspaces.client(place.workspace)
        post = Post(key, kind, place.team, place.channel, place.thread_ts, "", proposal_id, doc)
        ts = await self._lost(client, post) if known is not None else None
        if ts is None:
            await self._save(post)
            said = await client.chat_postMessage(
                channel=place.channel,
                thread_ts=place.thread_ts or None,
                text=text,
                blocks=list(blocks),
                metadata={"event_type": _EVENT_TYPE, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
            )
            ts = str(said["ts"])
        post = replace(post, ts=ts)
        await self._save(post)
        return post

    async def find(self, key: str) -> Post | None:
        """What was posted under a key."""
        return await self.store.read(self.merchant_id, lambda uow: slack_of(uow).post(key))

    async def note(self, post: Post) -> None:
        """Remember a message that came to be in another way."""
        await self._save(post)

    async def note_private(self, key: str, place: Place) -> None:
        """Remember that something was said to one person, who alone could find it again."""
        await self._save(Post(key, "private", place.team, place.channel, place.thread_ts, "-"))

    async def update(self, workspace: Workspace, post: Post, text: str, blocks: Blocks) -> None:
        """Show something else in its place; one that was deleted stays away."""
        client = self.workspaces.client(workspace)
        try:
            await client.chat_update(channel=post.channel, ts=post.ts, text=text, blocks=list(blocks))
        except SlackApiError as error:
            if code_of(error) not in {"message_not_found", "cant_update_message", *NOT_THERE}:
                raise

    async def privately(self, place: Place, user: str, text: str, blocks: Blocks = ()) -> None:
        """For this person's eyes only, where they are; in a direct message where the desk is not let in."""
        client = self.workspaces.client(place.workspace)
        shown = list(blocks) or None
        try:
            if place.channel:
                await client.chat_postEphemeral(
                    channel=place.channel,
                    user=user,
                    thread_ts=place.thread_ts or None,
                    text=text,
                    blocks=shown,
                )
                return
        except SlackApiError as error:
            if code_of(error) not in NOT_THERE:
                raise
        channel = await self.direct_channel(place.workspace, user)
        await client.chat_postMessage(channel=channel, text=text, blocks=shown)

    async def direct_channel(self, workspace: Workspace, user: str) -> str:
        """The channel of direct messages with somebody."""
        opened = await self.workspaces.client(workspace).conversations_open(users=user)
        return str(opened["channel"]["id"])

    async def _save(self, post: Post) -> None:
        await self.store.write(self.merchant_id, lambda uow: slack_of(uow).save_post(post, uow.now))

    async def _lost(self, client: AsyncWebClient, post: Post) -> str | None:
        """A message that was begun under this key and that Slack may have taken before we heard of it."""
        thread = post.thread_ts
        try:
            if thread:
                found = await client.conversations_replies(
                    channel=post.channel, ts=thread, include_all_metadata=True, limit=200
                )
            else:
                found = await client.conversations_history(
                    channel=post.channel, include_all_metadata=True, limit=100
                )
        except SlackApiError as error:
            if code_of(error) in {"thread_not_found", *NOT_THERE}:
                return None
            raise
        for message in found.get("messages") or []:
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == _EVENT_TYPE and metadata["event_payload"].get("key") == post.key:
                return str(message["ts"])
        return None
