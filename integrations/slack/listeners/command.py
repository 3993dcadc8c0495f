"""`/desk …`: a new conversation in the direct messages, whatever channel it is typed in."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from integrations.slack.blocks.text import clip, data
from integrations.slack.linking import name_ticket
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
        typed = str(command.get("text") or "")
        text = words(typed) or "help"
        place = await room.own_thread(delivered, f"You asked: {data(clip(text, 300))}")
        asked = await room.asker(delivered, place)
        if asked is None:
            return
        named = await name_ticket(room, asked, typed)
        if named.text or named.ticket is not None or not named.remark:
            await room.turns.say(asked, named.text or ("" if named.ticket else "help"), ticket=named.ticket)

    app.command(COMMAND)(on_command)
