"""How soon Slack hears 200 for twenty events that come at the same moment, again and again, with a slow reader.

One server on SQLite with its own worker, and a stand-in for Slack's Web API in this process. A round does not wait for
the replies to the one before: rounds come a second apart while turns of two seconds are under way and are answered.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from domain.ports import UnitOfWork
from evals.bench.figures import Figure, Measured, median, ms, percentile
from evals.bench.load import Load, run_load
from evals.bench.place import Place
from evals.bench.script import first_message
from evals.bench.serving import environment, free_port, start
from evals.bench.shop import MERCHANT, PROPOSER, add_orders, opened
from evals.bench.slack_server import SECONDS
from integrations.slack.signature import sign

EVENTS, READER_SECONDS = 20, 2.0
_SECRET, _TEAM, _USER, _EMAIL = "bench-secret", "TBENCH", "UANA", "ana@bench.example"


class NotAcknowledged(AssertionError):
    """An event was not answered 200, or was answered in Slack by nobody, so no time counts for it."""


@dataclass(slots=True)
class SlackLike:
    """Answers what the desk asks of Slack. `replies` counts the messages that are there to be read."""

    url: str = ""
    replies: int = 0
    replied: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.Response:
        """One call."""
        method = request.match_info["method"]
        if method in ("chat.postMessage", "chat.stopStream"):
            self.replies += 1
            self.replied.set()
        user = {"id": _USER, "team_id": _TEAM, "is_email_confirmed": True, "profile": {"email": _EMAIL}}
        known = {"ok": True, "team_id": _TEAM, "user_id": "UBOT", "bot_id": "B1", "user": user}
        return web.json_response({**known, "ts": f"{time.time():.6f}", "channel": {"id": "D1"}})


@asynccontextmanager
async def slack_like() -> AsyncIterator[SlackLike]:
    """It listens on a port of this machine."""
    slack, app = SlackLike(), web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        yield slack
    finally:
        await runner.cleanup()


def run(place: Place) -> Measured:
    """Rounds of twenty."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    rounds, data, port = place.size(30, 2), place.subfolder(), free_port()
    url = place.sqlite()
    await _seed(url, (rounds + 1) * EVENTS)
    async with slack_like() as slack:
        given = {
            "DESK_PORT": str(port),
            "DESK_WORKER": "embedded",
            "DESK_SLACK_SIGNING_SECRET": _SECRET,
            "DESK_SLACK_BOT_TOKEN": "xoxb-bench",
            "DESK_SLACK_API_URL": slack.url,
            SECONDS: str(place.size(int(READER_SECONDS * 10), 2) / 10),
        }
        environ = environment(url, data, **given)
        command = ("-m", "evals.bench.slack_server")
        server = await asyncio.to_thread(start, command, environ, port, data / "log")
        try:
            return _measured(await _rounds(slack, port, rounds), slack)
        finally:
            await asyncio.to_thread(server.stop)


async def _rounds(slack: SlackLike, port: int, rounds: int) -> list[Load]:
    """The first one warms up and is not counted: nothing else begins before the desk has answered one of its events."""
    numbers, loads = itertools.count(1), []
    for _ in range(rounds + 1):
        streams = [iter([event(next(numbers))]) for _ in range(EVENTS)]
        load = await run_load([port], streams, volleys=True)
        if load.statuses != {200: EVENTS}:
            raise NotAcknowledged(f"twenty events were answered with {load.statuses}")
        loads.append(load)
        await asyncio.wait_for(slack.replied.wait(), 60)
        await asyncio.sleep(1)
    return loads[1:]


def event(number: int) -> bytes:
    """A signed direct message that begins a case, as it goes over the wire."""
    message = {
        "type": "message", "channel": "D1", "channel_type": "im", "user": _USER,
        "text": first_message(number), "ts": f"1700000000.{number:06d}",
    }  # fmt: skip
    body = json.dumps(
        {"type": "event_callback", "team_id": _TEAM, "event_id": f"Ev{number}", "event": message}
    ).encode()
    stamp = str(int(time.time()))
    head = [
        "POST /slack/events HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"X-Slack-Request-Timestamp: {stamp}",
        f"X-Slack-Signature: {sign(_SECRET, stamp, body)}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def _measured(loads: Sequence[Load], slack: SlackLike) -> Measured:
    took = [seconds for load in loads for seconds in load.latencies]
    figure = Figure("slack_ack_p99_seconds", percentile(took, 0.99), 0.5, False, f"of {len(took)} events")
    head = ("events", "median", "p99", "slowest", "messages in Slack meanwhile")
    row = (str(len(took)), ms(median(took)), ms(percentile(took, 0.99)), ms(max(took)), str(slack.replies))
    return Measured([figure], head, [row])


async def _seed(url: str, orders: int) -> None:
    """An agent whom Slack knows, and an order for each event."""
    store = await opened(url, confirmers=1)
    try:
        await add_orders(store, range(1, orders + 1))

        def work(uow: UnitOfWork) -> None:
            agent = uow.staff.get(PROPOSER)
            assert agent is not None
            uow.staff.save(agent.model_copy(update={"email": _EMAIL}), [("email", _EMAIL)])

        await store.write(MERCHANT.id, work)
    finally:
        await store.close()
