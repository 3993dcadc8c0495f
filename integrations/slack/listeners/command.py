"""`/desk …`: a new conversation in the direct messages, whatever channel it is typed in."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from integrations.slack.blocks.text import clip, data
from integrations.slack.place import Place
from integrations.slack.room import Delivered, Room
from integrations.slack.words import words

COMMAND = "/desk"


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_command(ack: AsyncAck, command: dict[str, Any], context: dict[str, Any]) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        if await room.asker(delivered, Place(delivered.workspace, command["channel_id"])) is None:
            return
        text = words(str(command.get("text") or "")) or "help"
        place = await room.own_thread(delivered, f"You asked: {data(clip(text, 300))}")
        asked = await room.asker(delivered, place)
        if asked is not None:
            await room.turns.say(asked, text)

    app.command(COMMAND)(on_command)
