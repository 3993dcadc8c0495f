"""A turn that takes a while shows its steps, can be stopped, and never waits for a person while it streams."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest

from tests.fakes.slack_office import opened

GOODWILL = "refund the linen runner on 1042 as goodwill, no return"


class SlowReader:
    """Reads once it is let."""

    name = "slow"

    def __init__(self, reader):
        self._reader, self.let = reader, threading.Event()

    def read(self, view):
        assert self.let.wait(60)
        return self._reader.read(view)


@pytest.fixture
async def slow(folder, api, clock):
    """An office whose turns show their steps at once, and whose reader waits to be let."""
    async with opened(folder, api, clock, slack_reply_seconds=0) as office:
        office.reader = office.app.desk.reader = SlowReader(office.app.desk.reader)
        yield office
        office.reader.let.set()


async def test_steps_are_streamed_and_the_reply_ends_the_stream(slow, api):
    thread = await slow.mention("ana", "what's our balance")
    await api.until(lambda: any(m.get("streaming") for m in api.messages.values()))
    await api.until(lambda: api.called("chat.appendStream"))
    assert api.statuses["C1", thread] == ["processing"]
    slow.reader.let.set()
    await slow.settled()
    (stream,) = slow.thread("C1", thread)
    assert "streaming" not in stream
    assert "settlement" in json.dumps(stream["blocks"])
    started, stopped = api.called("chat.startStream")[0], api.called("chat.stopStream")[0]
    assert (started["recipient_user_id"], started["recipient_team_id"]) == ("UANA", "T1")
    assert started["task_display_mode"] == "plan"
    assert {c["status"] for c in stopped["chunks"] if c["type"] == "task_update"} == {"complete"}
    assert "Read what you wrote" in json.dumps(api.called("chat.appendStream")[0])
    assert stopped["session_status"] == "active"


async def test_no_stream_is_open_while_somebody_has_to_decide(slow, api):
    slow.reader.let.set()
    thread = await slow.dm("ana", GOODWILL)
    await slow.settled()
    assert len(slow.cards("DANA", thread)) == 1
    assert not any(m.get("streaming") for m in api.messages.values())
    assert api.statuses.get(("DANA", thread), [])[-1] == "suspended" or "suspended" in json.dumps(
        api.called("chat.stopStream")
    )


async def test_a_stream_that_slack_closed_gets_the_whole_reply_by_an_update(slow, api):
    thread = await slow.dm("ana", "what's our balance")
    stream = await api.until(lambda: next((m for m in api.messages.values() if m.get("streaming")), None))
    api.dead_streams.add(stream["ts"])
    slow.reader.let.set()
    await slow.settled()
    (message,) = slow.thread("DANA", thread)
    assert message["updated"]
    assert "settlement" in message["text"]
    assert "settlement" in json.dumps(message["blocks"])
    assert await slow.dead() == []


async def test_stop_ends_what_was_asked_and_what_it_proposed_is_withdrawn(slow, api):
    thread = await slow.dm("ana", GOODWILL)
    await api.until(lambda: any(m.get("streaming") for m in api.messages.values()))
    event = {"type": "agent_session_stopped", "channel": "DANA", "thread_ts": thread, "user": "UANA",
             "event_ts": "1.1", "streaming_message_ts": []}  # fmt: skip
    await slow.event(event)
    await api.until(lambda: any(m["text"].startswith("Stopped.") for m in api.messages.values()))
    assert api.statuses["DANA", thread][-1] == "active", "Stop waits for nobody"
    slow.reader.let.set()
    await slow.settled()
    assert slow.cards("DANA") == []
    open_ones = await slow.app.store.read("demo", lambda uow: uow.proposals.list_open())
    assert open_ones == []
    await slow.dm("ana", GOODWILL, thread=thread)
    await slow.settled()
    assert len(slow.cards("DANA", thread)) == 1, "the thread goes on"


async def test_a_quick_turn_is_one_message_and_no_stream(office, api):
    await office.dm("ana", "what's our balance")
    await office.settled()
    assert not api.called("chat.startStream")
    assert len(api.called("chat.postMessage")) == 1


async def test_where_there_can_be_no_stream_the_reply_comes_all_the_same(slow, api):
    api.fail("chat.startStream", "ratelimited", status=429, headers={"Retry-After": "60"})
    api.fail("agents.sessions.setStatus", "unknown_method", times=9)
    thread = await slow.dm("ana", "what's our balance")
    await api.until(lambda: api.called("chat.startStream"))
    slow.reader.let.set()
    await slow.settled()
    assert "settlement" in slow.text("DANA", thread)


async def test_a_turn_that_is_done_again_ends_the_stream_its_process_left_open(folder, api, clock):
    async with opened(folder, api, clock, slack_reply_seconds=0) as office:
        office.app.desk.reader = reader = SlowReader(office.app.desk.reader)
        thread = await office.dm("ana", "what's our balance")
        await api.until(lambda: any(m.get("streaming") for m in api.messages.values()))
        await asyncio.sleep(0)
        for _ in range(200):
            found = await office.app.store.read(
                "demo", lambda uow: uow.slack.post(f"slack:T1:DANA:{thread}:stream")
            )
            if found is not None:
                break
            await asyncio.sleep(0.01)
        stopping = asyncio.create_task(office.app.worker.stop(grace_seconds=0))
        await stopping
        reader.let.set()
    async with opened(folder, api, clock) as office:
        await office.settled()
        (message,) = office.thread("DANA", thread)
        assert "streaming" not in message
        assert "settlement" in json.dumps(message["blocks"])
