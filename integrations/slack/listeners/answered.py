"""An answer to a question was pressed: as good as typed, by whoever pressed it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from integrations.slack.blocks.question import SAY
from integrations.slack.blocks.text import as_json, data, small
from integrations.slack.listeners.pressing import place_pressed
from integrations.slack.place import Place
from integrations.slack.room import Delivered, Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_answer(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any]
    ) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        place = place_pressed(delivered, body)
        asked = await room.asker(delivered, place)
        if asked is None:
            return
        await _mark(room, place, body, action, asked.staff.name)
        await room.turns.say(asked, str(action["value"]))

    app.action(re.compile(rf"^{SAY}:\d+$"))(on_answer)


async def _mark(room: Room, place: Place, body: dict[str, Any], action: dict[str, Any], who: str) -> None:
    """The question shows its answer instead of buttons. Others may press nothing that is over."""
    message = body.get("message") or {}
    question = str(action.get("block_id") or "")
    if body["container"].get("is_ephemeral") or not question.startswith("q:") or not message.get("blocks"):
        return
    kept = [b for b in message["blocks"] if not str(b.get("block_id") or "").startswith("q:")]
    chosen = small(f"{data(who)}: *{data(str(action['text']['text']))}*")
    with suppress(SlackApiError):
        await room.workspaces.client(place.workspace).chat_update(
            channel=place.channel, ts=message["ts"], text=str(message.get("text") or "Answered"),
            blocks=[*kept, *as_json([chosen])],
        )  # fmt: skip
