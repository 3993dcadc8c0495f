"""The edit form was sent: a changed proposal takes the old one's place, or the form says what is wrong, where it is."""

from __future__ import annotations

import json
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from agent.messages import RefusedBlock, Reply
from integrations.slack.blocks.edit import CALLBACK, build_edit, build_notice, typed
from integrations.slack.place import Place
from integrations.slack.room import Delivered, Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_edited(ack: AsyncAck, view: dict[str, Any], context: dict[str, Any]) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        metadata = str(view["private_metadata"])
        meant = json.loads(metadata)
        place = Place(delivered.workspace, meant["channel"], meant["thread"])
        asked = await room.asker(delivered, place)
        if asked is None:
            return
        values, was = typed(view)
        changes = {name: value for name, value in values.items() if value != was.get(name, "")}
        reply = await room.turns.press(asked, "edit", meant["proposal"], meant["sha256"], changes, quiet=True)
        errors = errors_of(reply)
        shown = (
            build_edit(values, errors, metadata)
            if errors
            else build_notice(
                "The changed proposal is in the thread. Nothing is sent until somebody confirms it."
            )
        )
        if not await room.forms.replace(place.workspace, view["id"], shown) and errors:
            await room.posts.privately(place, delivered.user, "\n".join(errors.values()))

    app.view(CALLBACK)(on_edited)


def errors_of(reply: Reply) -> dict[str, str]:
    """Sentences by field, where an edit was refused."""
    refused = [block for block in reply.blocks if isinstance(block, RefusedBlock)]
    return {v.field.split("[")[0].split(".")[0]: v.message for block in refused for v in block.violations}
