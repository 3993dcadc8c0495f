"""A turn that takes a while shows what it is doing: a session with a Stop button, then a message that is streamed.

The stream ends with the reply or before anybody is asked anything; it never waits for a person. Slack closes a stream
on its own after some minutes: then the whole reply is put in its place by an update.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from slack_sdk.errors import SlackApiError
from slack_sdk.models.messages.chunk import PlanUpdateChunk, TaskUpdateChunk

from agent.progress import watching
from integrations.slack.client import code_of
from integrations.slack.place import Place
from integrations.slack.posts import Blocks, Posts
from integrations.storage.repositories.slack import Post

log = logging.getLogger(__name__)
DONE_STREAMING = {"message_not_in_streaming_state", "message_not_found", "message_not_owned_by_app"}

STEPS = {
    "read": "Read what you wrote",
    "search_orders": "Look for the order",
    "find_customers": "Look for the customer",
    "find_goods": "Look for the goods",
    "get_order": "Look at the order",
}


def step_title(name: str) -> str:
    """A step as people read it."""
    if name.startswith("propose_"):
        return "Prepare the proposal"
    return STEPS.get(name) or name.replace("_", " ").capitalize()


@dataclass(slots=True)
class Progress:
    """Around one turn: ``async with Progress(…) as progress``, then `finish` with the reply."""

    posts: Posts
    place: Place
    user: str
    key: str
    seconds: float
    title: str = ""
    ts: str = ""
    _seen: list[str] = field(default_factory=list)
    _shown: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _starting: asyncio.Task[None] | None = None
    _token: Any = None

    async def __aenter__(self) -> Self:
        """The session is at work: Slack shows it, with Stop."""
        await self.set_status("processing")
        self._token = watching.set(self._note)
        known = await self.posts.find(self._stream_key)
        self.ts = known.ts if known is not None else ""
        self._task = asyncio.create_task(self._show())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """No more steps are shown."""
        watching.reset(self._token)
        await self._end_showing()
        if error is not None:
            await self.set_status("active")

    async def finish(self, text: str, blocks: Blocks, status: str = "active") -> str:
        """Put the reply into the streamed message, if there is one; its timestamp, or nothing."""
        if not self.ts:
            await self.set_status(status)
            return ""
        client = self.posts.workspaces.client(self.place.workspace)
        try:
            await client.chat_stopStream(
                channel=self.place.channel, ts=self.ts, chunks=self._chunks(done=True), blocks=list(blocks),
                session_status=status,
            )  # fmt: skip
        except SlackApiError as error:
            if code_of(error) not in DONE_STREAMING:
                raise
            post = Post(self.key, "reply", self.place.team, self.place.channel, self.place.thread_ts, self.ts)
            await self.posts.update(self.place.workspace, post, text, blocks)
            await self.set_status(status)
        return self.ts

    async def set_status(self, status: str) -> None:
        """Best effort: a reply does not depend on it."""
        client = self.posts.workspaces.client(self.place.workspace)
        with suppress(SlackApiError, OSError, asyncio.TimeoutError):
            await client.agents_sessions_setStatus(
                channel_id=self.place.channel, thread_ts=self.place.thread_ts, status=status,
                title=self.title[:200] or None, initiator_user_id=self.user,
            )  # fmt: skip

    @property
    def _stream_key(self) -> str:
        return f"{self.key}:stream"

    def _note(self, name: str) -> None:
        if name == "read_done":
            return
        if name not in self._seen:
            self._seen.append(name)
            self._changed.set()

    async def _show(self) -> None:
        """Nothing for a turn that is quick; then a message whose steps come as they begin."""
        await asyncio.sleep(self.seconds)
        try:
            if not self.ts:
                self._starting = asyncio.create_task(self._start())
                await asyncio.shield(self._starting)
            while True:
                await self._changed.wait()
                self._changed.clear()
                await self._append()
        except SlackApiError as error:
            log.info("no steps are shown: %s", code_of(error))

    async def _start(self) -> None:
        client = self.posts.workspaces.client(self.place.workspace)
        said = await client.chat_startStream(
            channel=self.place.channel, thread_ts=self.place.thread_ts, task_display_mode="plan",
            recipient_team_id=self.place.team, recipient_user_id=self.user,
            chunks=[PlanUpdateChunk(title="Working on it"), *self._chunks()],
        )  # fmt: skip
        self.ts = str(said["ts"])
        place = self.place
        await self.posts.note(
            Post(self._stream_key, "stream", place.team, place.channel, place.thread_ts, self.ts)
        )

    async def _append(self) -> None:
        client = self.posts.workspaces.client(self.place.workspace)
        await client.chat_appendStream(channel=self.place.channel, ts=self.ts, chunks=self._chunks())

    def _chunks(self, *, done: bool = False) -> Sequence[TaskUpdateChunk | PlanUpdateChunk]:
        tasks: list[TaskUpdateChunk | PlanUpdateChunk] = []
        for number, name in enumerate(self._seen):
            is_over = done or number < len(self._seen) - 1
            tasks.append(
                TaskUpdateChunk(
                    id=name, title=step_title(name), status="complete" if is_over else "in_progress"
                )
            )
        return [PlanUpdateChunk(title="Done"), *tasks] if done else tasks

    async def _end_showing(self) -> None:
        """A stream that is just being begun is waited for: its message must not be lost sight of."""
        if self._task is not None:
            self._task.cancel()
        begun = [task for task in (self._task, self._starting) if task is not None]
        await asyncio.gather(*begun, return_exceptions=True)
