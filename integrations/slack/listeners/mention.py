"""The desk is mentioned: its thread is, or becomes, a conversation."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from integrations.slack.listeners.message import hear
from integrations.slack.place import Place
from integrations.slack.room import Delivered, Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_mention(event: dict[str, Any], body: dict[str, Any], context: dict[str, Any]) -> None:
        delivered: Delivered = context["delivered"]
        place = Place(delivered.workspace, event["channel"], event.get("thread_ts") or event["ts"])
        if body.get("is_ext_shared_channel"):
            if await room.asker(delivered, place) is None:
                return
            place = await room.own_thread(
                delivered, "That channel is shared with another company, so the desk answers you here."
            )
        await hear(room, delivered, place, event)

    app.event("app_mention")(on_mention)
