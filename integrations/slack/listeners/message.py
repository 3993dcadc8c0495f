"""A direct message, or a reply in a thread that is a conversation already; with files, if there are any."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from integrations.slack.linking import name_ticket
from integrations.slack.place import CHANNEL, Place
from integrations.slack.room import Delivered, Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_message(event: dict[str, Any], context: dict[str, Any]) -> None:
        delivered: Delivered = context["delivered"]
        place = Place(delivered.workspace, event["channel"], event.get("thread_ts") or event["ts"])
        if place.is_private or await _is_ours(room, place):
            await hear(room, delivered, place, event)

    app.event("message")(on_message)


async def _is_ours(room: Room, place: Place) -> bool:
    key = place.thread_key
    found = await room.store.read(
        room.merchant_id, lambda uow: uow.conversations.by_thread(CHANNEL, key) is not None
    )
    return bool(found)


async def hear(room: Room, delivered: Delivered, place: Place, event: dict[str, Any]) -> None:
    """Hand a message to the desk. The same message as two events (a mention in a thread) is one."""
    event_id = f"slack:{place.team}:{event['channel']}:{event['ts']}"
    asked = await room.asker(delivered, place, event_id)
    if asked is None:
        return
    files, refused = await room.evidence.take(place.workspace, event.get("files") or [])
    if refused and await room.posts.find(f"{event_id}:files") is None:
        await room.posts.privately(place, delivered.user, "\n".join(refused))
        await room.posts.note_private(f"{event_id}:files", place)
    named = await name_ticket(room, asked, str(event.get("text") or ""))
    if named.text or files or named.ticket is not None:
        await room.turns.say(asked, named.text, attachments=files, ticket=named.ticket)
    elif not refused and not named.remark:
        await room.turns.say(asked, "help")
