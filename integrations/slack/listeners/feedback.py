"""What somebody thinks of a reply, kept with the conversation and the event it answered."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from domain.ports import UnitOfWork
from integrations.slack.blocks.outcome import FEEDBACK
from integrations.slack.listeners.pressing import place_pressed
from integrations.slack.room import Delivered, Room
from integrations.slack.workspaces import slack_of

THANKS = {"good": "Thank you.", "bad": "Thank you. Tell the desk what was wrong and it will try again."}


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_feedback(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any]
    ) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        place = place_pressed(delivered, body)
        asked = await room.asker(delivered, place)
        verdict, conversation_id, event_id = [*str(action["value"]).split("|"), "", ""][:3]
        if asked is None or verdict not in THANKS:
            return
        staff_id = asked.staff.id

        def work(uow: UnitOfWork) -> bool:
            message = uow.conversations.reply_to(event_id)
            if message is None or message.conversation_id != conversation_id:
                return False
            slack_of(uow).judge(conversation_id, event_id, staff_id, verdict, uow.now)
            return True

        if await room.store.write(room.merchant_id, work):
            await room.posts.privately(place, delivered.user, THANKS[verdict])

    app.action(FEEDBACK)(on_feedback)
