"""Socket Mode: the same events over a connection that the desk opens, for where Slack cannot reach it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from domain.ports import StorageUnavailable
from integrations.slack.client import web_client
from integrations.slack.config import SlackConfig
from integrations.slack.door import Door, Malformed

log = logging.getLogger(__name__)


@asynccontextmanager
async def connected(config: SlackConfig, door: Door) -> AsyncIterator[None]:
    """Connected while it lasts; a connection that is lost is opened anew. Raises SlackMisconfigured, SlackApiError."""
    config.check(socket_mode=True)

    async def on_request(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        try:
            answer = await door.take(request.payload)
        except Malformed as error:
            log.warning("left alone, not readable: %s", error)
            answer = None
        except StorageUnavailable as error:
            log.warning("not acknowledged, Slack will send it again: %s", error)
            return
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    client = SocketModeClient(app_token=config.app_token, web_client=web_client("", config.api_url))
    client.socket_mode_request_listeners.append(on_request)
    try:
        await client.connect()  # type: ignore[no-untyped-call]
        yield
    finally:
        client.auto_reconnect_enabled = False
        await client.disconnect()  # type: ignore[no-untyped-call]
        await client.close()  # type: ignore[no-untyped-call]
        await _ended(client)


async def _ended(client: SocketModeClient) -> None:
    """Its tasks are cancelled by `close` but not waited for."""
    tasks = (client.message_receiver, client.message_processor, client.current_session_monitor)
    await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)
