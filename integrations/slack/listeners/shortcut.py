"""“Handle as refund” on a customer's message: its words are the ticket, and nothing is posted where they stand."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from agent.messages import Ticket
from integrations.slack.place import Place
from integrations.slack.room import Delivered, Room
from integrations.slack.words import words

CALLBACK = "handle_as_refund"


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_shortcut(ack: AsyncAck, body: dict[str, Any], context: dict[str, Any]) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        channel, message = body["channel"]["id"], body["message"]
        if await room.asker(delivered, Place(delivered.workspace, channel)) is None:
            return
        link = await permalink(room, delivered, channel, message["ts"])
        where = f"<{link}|this message>" if link else "a message"
        place = await room.own_thread(delivered, f"Handling {where} as a refund.")
        asked = await room.asker(delivered, place)
        if asked is not None:
            ticket = Ticket(
                id=f"slack:{channel}:{message['ts']}", body=words(str(message.get("text") or "")), url=link
            )
            files, refused = await room.evidence.take(place.workspace, message.get("files") or [])
            if refused:
                await room.posts.once(f"{delivered.event_id}:files", place, "\n".join(refused), [])
            await room.turns.say(asked, "refund", ticket=ticket, attachments=files)

    app.shortcut({"callback_id": CALLBACK, "type": "message_action"})(on_shortcut)


async def permalink(room: Room, delivered: Delivered, channel: str, ts: str) -> str:
    """Where the message stands; empty where Slack does not tell."""
    with suppress(SlackApiError):
        client = room.workspaces.client(delivered.workspace)
        return str((await client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])
    return ""
