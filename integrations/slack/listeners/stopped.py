"""Stop was pressed: what was asked in that thread and is not answered yet is not answered any more."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from integrations.slack.place import Place
from integrations.slack.room import Delivered, Room
from integrations.slack.workspaces import slack_of

SAID = "Stopped. What was confirmed before still counts; nothing else was changed."


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_stopped(event: dict[str, Any], context: dict[str, Any]) -> None:
        delivered: Delivered = context["delivered"]
        place = Place(delivered.workspace, event["channel"], event.get("thread_ts") or "")
        if await room.asker(delivered, place) is None:
            return
        key = place.thread_key
        await room.store.write(room.merchant_id, lambda uow: slack_of(uow).stop(key, uow.now))
        with suppress(SlackApiError):
            await room.workspaces.client(place.workspace).agents_sessions_setStatus(
                channel_id=place.channel, thread_ts=place.thread_ts, status="active"
            )
        await room.posts.once(f"{delivered.event_id}:stopped", place, SAID, [], kind="stop")

    app.event("agent_session_stopped")(on_stopped)
