"""A workspace took the app out, or revoked its tokens: nothing is done for it from now on."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp

from integrations.slack.room import Delivered, Room


def register(app: AsyncApp, room: Room) -> None:
    """The listeners."""

    async def on_uninstalled(context: dict[str, Any]) -> None:
        delivered: Delivered = context["delivered"]
        await room.workspaces.revoke(delivered.workspace.team_id)

    async def on_revoked(event: dict[str, Any], context: dict[str, Any]) -> None:
        delivered: Delivered = context["delivered"]
        if (event.get("tokens") or {}).get("bot"):
            await room.workspaces.revoke(delivered.workspace.team_id)

    app.event("app_uninstalled")(on_uninstalled)
    app.event("tokens_revoked")(on_revoked)
