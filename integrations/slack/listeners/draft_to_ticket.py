"""A draft to the helpdesk's ticket, for a person to send from there."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from domain.identity import Role, role_violation
from integrations.slack.blocks.outcome import TO_TICKET
from integrations.slack.delivery import linked_ticket
from integrations.slack.listeners.draft_copy import draft_of
from integrations.slack.listeners.pressing import place_pressed
from integrations.slack.room import Delivered, Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_add(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any]
    ) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        place = place_pressed(delivered, body)
        asked = await room.asker(delivered, place)
        if asked is None:
            return
        ref, _, shown = str(action["value"]).rpartition("|")
        found = await room.store.read(room.merchant_id, lambda uow: draft_of(uow, ref))
        ticket = linked_ticket(found[1]) if found is not None else ""
        if (refused := role_violation(asked.staff, Role.AGENT)) is not None:
            said = refused.message
        elif found is None or not ticket or room.tickets is None:
            said = "No ticket is linked to this conversation."
        elif ticket != shown:
            said = f"This draft was not written for ticket {ticket}, which is linked now, so it was added nowhere."
        else:
            said = await room.tickets.take_draft(asked.staff.id, ticket, found[0].text, f"slack:{ref}")
        await room.posts.privately(place, delivered.user, said)

    app.action(TO_TICKET)(on_add)
