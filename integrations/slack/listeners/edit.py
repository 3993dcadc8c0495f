"""The card's Edit: a form, opened at once and filled when the proposal has been looked up."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from agent.rendering.cards import editable_fields
from domain.ports import UnitOfWork
from integrations.slack.blocks.edit import build_edit, build_notice, build_skeleton, metadata_of
from integrations.slack.blocks.proposal import EDIT, read_value, state_line
from integrations.slack.forms import TriggerExpired
from integrations.slack.listeners.pressing import place_pressed
from integrations.slack.room import Delivered, Room

TOO_LATE = "Slack gave up waiting for the form. Press Edit again, please."


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_edit(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any]
    ) -> None:
        await ack()
        delivered: Delivered = context["delivered"]
        place = place_pressed(delivered, body)
        proposal_id, sha256 = read_value(str(action["value"]))
        metadata = metadata_of(proposal_id, sha256, place.channel, place.thread_ts)
        try:
            skeleton = build_skeleton(metadata)
            opened = await room.forms.open(place.workspace, body["trigger_id"], delivered.event_id, skeleton)
        except TriggerExpired:
            await room.posts.privately(place, delivered.user, TOO_LATE)
            return
        if await room.asker(delivered, place) is None:
            refused = build_notice("You cannot change this proposal.", metadata)
            await room.forms.fill(place.workspace, delivered.event_id, refused, opened)
            return
        view = await room.store.read(room.merchant_id, lambda uow: _form(uow, proposal_id, metadata))
        if not await room.forms.fill(place.workspace, delivered.event_id, view, opened) and not opened[0]:
            await room.posts.privately(place, delivered.user, TOO_LATE)

    app.action(EDIT)(on_edit)


def _form(uow: UnitOfWork, proposal_id: str, metadata: str) -> dict[str, Any]:
    """The form with the present values; for a proposal that is decided, what became of it."""
    proposal = uow.proposals.get(proposal_id)
    if proposal is None:
        return build_notice("This proposal is not here any more.", metadata)
    state = state_line(proposal, uow.now)
    if state:
        return build_notice(f"{state}. It cannot be changed any more.", metadata)
    return build_edit(editable_fields(proposal.preview), {}, metadata)
