"""A draft in a form of its own, to be copied on a phone."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from agent.messages import DraftBlock, Reply
from domain.cases.model import Conversation
from domain.ports import UnitOfWork
from integrations.slack.blocks.edit import build_copy
from integrations.slack.blocks.outcome import COPY
from integrations.slack.forms import TriggerExpired
from integrations.slack.listeners.pressing import place_pressed
from integrations.slack.room import Delivered, Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_copy(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any]
    ) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        place = place_pressed(delivered, body)
        if await room.asker(delivered, place) is None:
            return
        found = await room.store.read(room.merchant_id, lambda uow: draft_of(uow, str(action["value"])))
        if found is None:
            await room.posts.privately(place, delivered.user, "This draft is not here any more.")
            return
        try:
            await room.forms.open(
                place.workspace, body["trigger_id"], delivered.event_id, build_copy(found[0].text)
            )
        except TriggerExpired:
            await room.posts.privately(
                place, delivered.user, "Slack gave up waiting. Press Copy again, please."
            )

    app.action(COPY)(on_copy)


def draft_of(uow: UnitOfWork, ref: str) -> tuple[DraftBlock, Conversation] | None:
    """The draft a button names (``EVENT|NUMBER``), and the conversation it was written in."""
    event_id, _, number = ref.rpartition("|")
    message = uow.conversations.reply_to(event_id)
    conversation = uow.conversations.get(message.conversation_id) if message is not None else None
    if message is None or conversation is None or not number.isdigit():
        return None
    blocks = Reply.model_validate(message.body).blocks
    block = blocks[int(number)] if int(number) < len(blocks) else None
    return (block, conversation) if isinstance(block, DraftBlock) else None
