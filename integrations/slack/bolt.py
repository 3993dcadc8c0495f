"""Bolt, as the worker calls it: what was stored when it was acknowledged goes to its listener now."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from integrations.slack.client import web_client
from integrations.slack.listeners import register_all
from integrations.slack.room import Delivered, Room

quiet = logging.getLogger("integrations.slack.bolt.framework")
quiet.setLevel(logging.ERROR)


class Failed(Exception):
    """A listener, or what comes before it, raised; the cause is what it raised."""


def build_app(room: Room) -> AsyncApp:
    """The app with all listeners. Signatures are checked at the door; listeners run to their end before it answers."""
    app = AsyncApp(
        logger=quiet,
        client=web_client("", room.config.api_url),
        authorize=_authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
    )

    @app.error
    async def keep(error: Exception, context: dict[str, Any]) -> BoltResponse:
        context["failure"] = error
        return BoltResponse(status=500)

    register_all(app, room)
    return app


async def _authorize(context: dict[str, Any]) -> AuthorizeResult:
    """Whose token it is was found before anything was dispatched."""
    workspace = context["delivered"].workspace
    return AuthorizeResult(
        enterprise_id=None,
        team_id=workspace.team_id,
        bot_token=workspace.token,
        bot_id=workspace.bot_id,
        bot_user_id=workspace.bot_user_id,
    )


async def dispatch(app: AsyncApp, body: dict[str, Any], delivered: Delivered) -> None:
    """Run the listener of an event. Raises what it raised; LookupError where there is none."""
    request = AsyncBoltRequest(body=body, mode="socket_mode", context={"delivered": delivered})
    response = await app.async_dispatch(request)
    failure = request.context.get("failure")
    if isinstance(failure, Exception):
        raise failure
    if response.status == 404:
        raise LookupError(f"nothing listens to {body.get('type')}")
    if response.status >= 400:
        raise Failed(f"the listener answered {response.status}")
