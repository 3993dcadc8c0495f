"""A desk with the demo shop that is connected to a recorded Slack, and people who write and press there."""

from __future__ import annotations

import asyncio
import itertools
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlencode

import httpx

from agent.reading.local import LocalReader
from integrations.bootstrap import application
from integrations.http.app import create_app
from integrations.settings import Settings
from integrations.slack.signature import sign
from tests.fakes.slack_api import profile

SECRET, TEAM, TOKEN = "8f742231b10e8888abcd99yyyzzz85a5", "T1", "xoxb-1"
PEOPLE = ("ana", "sam", "fin", "vic")


class MovedClock:
    """The time of day, moved on by a test, or held still by it."""

    def __init__(self):
        self.ahead = timedelta()
        self.held = None

    def now(self):
        return (self.held or datetime.now(UTC)) + self.ahead

    def hold(self):
        """Stand still from here on, so that no second passes between two lines of a test."""
        self.held = datetime.now(UTC)


def user_of(name):
    return f"U{name.upper()}"


def add_workspace(api, team=TEAM, token=TOKEN):
    """A workspace with the demo shop's staff in it."""
    api.workspace(team, token, *(profile(user_of(n), team, f"{n}@demo.example") for n in PEOPLE))


class Office:
    """Requests as Slack sends them, and what came of them."""

    numbers = itertools.count(1)

    def __init__(self, app, api, clock, team=TEAM):
        self.app, self.api, self.clock, self.team = app, api, clock, team
        self.channel = next(each for each in app.channels if each.name == "slack")
        web = create_app(app, log=_Silent())
        self.channel.mount(web)
        transport = httpx.ASGITransport(app=web)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    # --- sending

    async def post(self, body, *, form=False, **headers):
        """One signed request to the events address."""
        raw = urlencode(body).encode() if form else json.dumps(body).encode()
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        stamp = str(int(self.clock.now().timestamp()))
        signed = {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(SECRET, stamp, raw),
            "Content-Type": kind,
        }
        return await self.client.post("/slack/events", content=raw, headers={**signed, **headers})

    def event_body(self, event, event_id="", **more):
        number = next(self.numbers)
        return {
            "token": "old", "type": "event_callback", "team_id": self.team, "api_app_id": "A1",
            "event_id": event_id or f"Ev{number}", "event_time": number, "event": event, **more,
        }  # fmt: skip

    async def event(self, event, event_id="", **more):
        return await self.post(self.event_body(event, event_id, **more))

    def new_ts(self):
        return f"1700000000.{next(self.numbers):06d}"

    async def dm(self, who, text, *, thread="", files=(), event_id="", ts=""):
        """A direct message; the thread it begins or goes on with."""
        ts = ts or self.new_ts()
        event = {"type": "message", "channel": f"D{who.upper()}", "channel_type": "im", "user": user_of(who),
                 "text": text, "ts": ts}  # fmt: skip
        if thread:
            event["thread_ts"] = thread
        if files:
            event |= {"subtype": "file_share", "files": [{"id": f, "name": f"{f}.png"} for f in files]}
        answer = await self.event(event, event_id)
        assert answer.status_code == 200, answer.text
        return thread or ts

    async def mention(self, who, text, channel="C1", *, thread="", user="", **more):
        ts = self.new_ts()
        event = {"type": "app_mention", "channel": channel, "user": user or user_of(who),
                 "text": f"<@UBOT{self.team}> {text}", "ts": ts}  # fmt: skip
        if thread:
            event["thread_ts"] = thread
        await self.event(event, **more)
        return thread or ts

    async def interact(self, payload, who):
        payload = {
            "team": {"id": self.team},
            "user": {"id": user_of(who), "team_id": self.team},
            "token": "old",
            **payload,
        }
        return await self.post({"payload": json.dumps(payload)}, form=True)

    async def press(self, who, message, action_id, *, trigger="", action_ts="", nth=0):
        """Press a button of a message of ours."""
        found = [
            (block, element)
            for block in message["blocks"]
            for element in [*block.get("elements", []), block.get("accessory") or {}]
            if str(element.get("action_id", "")).startswith(action_id)
        ]
        assert len(found) > nth, f"no button {action_id} in {json.dumps(message['blocks'])[:2000]}"
        block, element = found[nth]
        return await self.press_value(
            who, message, action_id=element["action_id"], value=element.get("value", ""), trigger=trigger,
            action_ts=action_ts, block_id=block.get("block_id", ""), text=element.get("text"),
        )  # fmt: skip

    async def press_value(
        self, who, message, *, action_id, value, trigger="", action_ts="", block_id="", text=None
    ):
        number = next(self.numbers)
        action = {"type": "button", "action_id": action_id, "block_id": block_id, "value": value,
                  "text": text, "action_ts": action_ts or f"17.{number}"}  # fmt: skip
        container = {"type": "message", "channel_id": message["channel"], "message_ts": message["ts"]}
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        body = {"type": "block_actions", "actions": [action], "container": container,
                "channel": {"id": message["channel"]}, "message": message,
                "trigger_id": trigger or f"trigger{number}"}  # fmt: skip
        return await self.interact(body, who)

    async def submit(self, who, view, **values):
        """Send a form with these fields changed."""
        state = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element, name = block["element"], block["block_id"]
                given = values.get(name)
                if element["type"] == "static_select":
                    option = element.get("initial_option")
                    state[name] = {"value": {"selected_option": {"value": given} if given else option}}
                else:
                    state[name] = {
                        "value": {"value": element.get("initial_value") if given is None else given}
                    }
        return await self.interact(
            {"type": "view_submission", "view": {**view, "state": {"values": state}}}, who
        )

    # --- looking

    async def settled(self, seconds=30):
        """Until nothing waits that is due."""
        async with asyncio.timeout(seconds):
            while True:
                waiting = [
                    job
                    for state in ("queued", "leased")
                    for job in await self.app.store.jobs.jobs(state=state)
                    if job.run_after <= self.clock.now()
                ]
                if not waiting:
                    return
                await asyncio.sleep(0.01)

    def thread(self, channel, ts):
        return self.api.thread(channel, ts)

    def cards(self, channel, ts=None):
        """Messages with a button to confirm."""
        found = [
            m
            for (at, _), m in self.api.messages.items()
            if at == channel and (ts is None or m.get("thread_ts") == ts)
        ]
        return [m for m in found if "proposal_confirm" in json.dumps(m["blocks"])]

    def text(self, channel, ts):
        """Everything in a thread of ours, as one text."""
        return "\n".join(
            f"{m['text']}\n{json.dumps(m['blocks'], ensure_ascii=False)}" for m in self.thread(channel, ts)
        )

    async def order(self, number):
        return await self.app.store.read("demo", lambda uow: uow.orders.by_number(number))

    async def dead(self):
        return await self.app.store.jobs.jobs(state="dead")


class _Silent(list):
    def info(self, event, **fields):
        self.append((event, fields))

    error = info


def slack_settings(folder, api, **more):
    """Settings of a desk in one workspace."""
    given = {
        "slack_signing_secret": SECRET,
        "slack_bot_token": TOKEN,
        "slack_api_url": api.url,
        "slack_reply_seconds": 30,
        "requests_per_second": 0,
        **more,
    }
    return Settings(data=folder, **given)


@cache
def shared_reader():
    """The embedded reader, whose weights are loaded once."""
    return LocalReader()


class opened:
    """``async with opened(folder, api) as office``: a desk that runs."""

    def __init__(self, folder, api, clock=None, team=TEAM, **settings):
        self.settings, self.api, self.team = slack_settings(folder, api, **settings), api, team
        self.clock = clock or MovedClock()

    async def __aenter__(self):
        self._app = application(self.settings, demo=True, clock=self.clock)
        app = await self._app.__aenter__()
        app.desk.reader = shared_reader()
        self.office = Office(app, self.api, self.clock, self.team)
        return self.office

    async def __aexit__(self, *error):
        await self.office.client.aclose()
        await self._app.__aexit__(*error)
