"""Socket Mode: the same events over a connection the desk opens, to a server on this machine."""

from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import WSMsgType, web

from integrations.slack import SlackConfig, SlackMisconfigured
from integrations.slack.socket_mode import connected
from tests.fakes.slack_office import TOKEN, opened


class Sockets:
    """Slack's end of the connection: sends envelopes, keeps what comes back."""

    def __init__(self):
        self.acknowledged, self.connections, self.arrived = {}, [], asyncio.Event()

    async def __aenter__(self):
        app = web.Application()
        app.router.add_get("/link", self._serve)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"ws://127.0.0.1:{self._runner.addresses[0][1]}/link"
        return self

    async def __aexit__(self, *error):
        for connection in self.connections:
            await connection.close()
        await self._runner.cleanup()

    async def _serve(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections.append(socket)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.arrived.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                answer = json.loads(message.data)
                self.acknowledged[answer["envelope_id"]] = answer.get("payload")
                self.arrived.set()
        return socket

    async def until(self, condition):
        async with asyncio.timeout(20):
            while not condition():
                self.arrived.clear()
                await self.arrived.wait()

    async def send(self, kind, payload, envelope):
        body = {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        await self.connections[-1].send_json(body)
        await self.until(lambda: envelope in self.acknowledged)
        return self.acknowledged[envelope]


GOODWILL = "refund the linen runner on 1042 as goodwill, no return"
SOCKET = {"slack_signing_secret": "", "slack_app_token": "xapp-1", "slack_bot_token": TOKEN}


async def test_events_commands_and_presses_come_over_the_socket_and_are_acknowledged_when_they_are_stored(
    folder, api, clock
):
    async with Sockets() as sockets, opened(folder, api, clock, **SOCKET) as office:
        api.socket_url = sockets.url
        async with connected(office.channel.config, office.channel.door):
            await sockets.until(lambda: sockets.connections)
            event = {"type": "message", "channel": "DANA", "channel_type": "im", "user": "UANA",
                     "text": GOODWILL, "ts": "1700000009.000001"}  # fmt: skip
            body = office.event_body(event, "Ev-socket")
            for envelope in ("e1", "e2"):
                assert await sockets.send("events_api", body, envelope) is None
            await office.settled()
            (card,) = office.cards("DANA")
            command = {"command": "/desk", "text": "what's our balance", "team_id": "T1", "user_id": "UANA",
                       "channel_id": "C1", "trigger_id": "t"}  # fmt: skip
            assert (await sockets.send("slash_commands", command, "e3"))["response_type"] == "ephemeral"
            value = card["blocks"][-2]["elements"][0]["value"]
            press = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "UANA"},
                     "channel": {"id": "DANA"}, "message": card, "trigger_id": "t2",
                     "container": {"channel_id": "DANA", "message_ts": card["ts"], "thread_ts": card["thread_ts"]},
                     "actions": [{"action_id": "proposal_confirm", "value": value, "action_ts": "3.3"}]}  # fmt: skip
            await sockets.send("interactive", press, "e4")
            await sockets.send("events_api", {"type": "event_callback"}, "e5")
            await office.settled()
            assert [r.amount for r in (await office.order("1042")).refunds] == [2400]
        assert (await office.client.post("/slack/events", content=b"{}")).status_code == 404, (
            "no secret, no address"
        )


def test_socket_mode_needs_its_own_token():
    with pytest.raises(SlackMisconfigured, match="DESK_SLACK_APP_TOKEN"):
        SlackConfig(bot_token="xoxb-1", app_token="xoxb-1").check(socket_mode=True)
