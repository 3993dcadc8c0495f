"""The card's last button: the proposal is withdrawn."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from integrations.slack.blocks.proposal import CANCEL
from integrations.slack.listeners.pressing import decide
from integrations.slack.room import Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_cancel(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any]
    ) -> None:
        await ack()
        await decide(room, "cancel", body, action, context["delivered"])

    app.action(CANCEL)(on_cancel)
