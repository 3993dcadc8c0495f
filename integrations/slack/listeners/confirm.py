"""The card's first button, after Slack has asked once more."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from integrations.slack.blocks.proposal import CONFIRM
from integrations.slack.listeners.pressing import decide
from integrations.slack.room import Room


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_confirm(
        ack: AsyncAck, body: dict[str, Any], action: dict[str, Any], context: dict[str, Any]
    ) -> None:
        await ack()
        await decide(room, "confirm", body, action, context["delivered"])

    app.action(CONFIRM)(on_confirm)
