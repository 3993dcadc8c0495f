"""What Slack sends is checked, stored and acknowledged; the work comes after, and comes once."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import timedelta

import httpx
import pytest

from domain.ports import StorageUnavailable
from integrations.slack.signature import sign
from tests.fakes.slack_office import SECRET, opened

DOCUMENTED = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
    b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack."
    b"com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc8"
    b"87a14d10d2c447fce8b6703c"
)


class SlowReader:
    """Reads nothing before it is let."""

    name = "slow"

    def __init__(self, reader):
        self._reader, self.let, self.reading = reader, threading.Event(), threading.Semaphore(0)

    def read(self, view):
        self.reading.release()
        assert self.let.wait(60)
        return self._reader.read(view)


async def test_twenty_events_at_once_are_all_acknowledged_while_the_reader_has_not_read_one(office, api):
    slow = office.app.desk.reader = SlowReader(office.app.desk.reader)
    threads = await asyncio.gather(*(office.dm("ana", "what's our balance") for _ in range(20)))
    assert not api.called("chat.postMessage"), "every one was answered 200 before the desk had a reply to any"
    await asyncio.to_thread(slow.reading.acquire)
    slow.let.set()
    await office.settled(60)
    for thread in threads:
        assert len(office.thread("DANA", thread)) == 1


async def test_an_event_that_slack_sends_again_is_answered_once(office, api):
    for number in range(3):
        await office.dm("ana", "what's our balance", event_id="Ev-same", ts="1700000001.000001")
        if number == 1:
            await office.settled()
    await office.settled()
    assert len(api.called("chat.postMessage")) == 1


@pytest.fixture
def send(office):
    """A request with this body and these headers, signed unless they say otherwise."""

    async def sent(raw, *, stamp=None, signature=None, kind="application/json", secret=SECRET):
        stamp = str(int(office.clock.now().timestamp())) if stamp is None else stamp
        signature = sign(secret, stamp, raw) if signature is None else signature
        headers = [
            (b"x-slack-request-timestamp", stamp.encode("latin-1", "replace")),
            (b"x-slack-signature", signature.encode("latin-1", "replace")),
            (b"content-type", kind.encode()),
        ]
        return await office.client.send(
            httpx.Request("POST", "http://127.0.0.1/slack/events", headers=headers, content=raw)
        )

    return sent


NOT_SLACKS = (
    {"stamp": "not a number"},
    {"stamp": ""},
    {"stamp": "١٢٣"},
    {"stamp": "99999999999999999999999"},
    {"stamp": "-5"},
    {"signature": "v0=é"},
    {"signature": ""},
    {"signature": "v0=" + "0" * 64},
    {"secret": "another"},
)


async def test_a_request_that_is_not_slacks_is_answered_401(send):
    for odd in NOT_SLACKS:
        assert (await send(b"{}", **odd)).status_code == 401, odd


JSON, FORM = "application/json", "application/x-www-form-urlencoded"
UNREADABLE = (
    (b"\xff\xfe", JSON),
    (b"{", JSON),
    (b"[]", JSON),
    (b"", JSON),
    (b"[" * 100_000, JSON),
    (b'{"type": "event_callback"}', JSON),
    (b'{"type": "event_callback", "event": 1, "event_id": "E", "team_id": "T1"}', JSON),
    (b'{"type": "event_callback", "event": {"type": "app_mention"}}', JSON),
    (b"payload=%7B", FORM),
    (b"payload=[]", FORM),
    (b"payload=\xff", FORM),
    (b'payload={"type":"block_actions"}', FORM),
    (b'payload={"type":"block_actions","team":{"id":"T1"},"user":{"id":"U"},"actions":[]}', FORM),
    (b'payload={"type":"view_submission","team":{"id":"T1"},"user":{"id":"U"},"view":7}', FORM),
    (b"command=/desk", FORM),
)


async def test_a_signed_request_that_cannot_be_read_is_answered_400_and_never_500(send, office):
    for raw, kind in UNREADABLE:
        assert (await send(raw, kind=kind)).status_code == 400, raw[:100]
    assert not [job for job in await office.app.store.jobs.jobs() if job.kind == "slack.event"]


async def test_a_request_is_taken_for_five_minutes_and_not_a_second_longer(send, office):
    office.clock.hold()
    now = int(office.clock.now().timestamp())
    body = json.dumps({"type": "url_verification", "challenge": "c"}).encode()
    for off in (-299, 0, 300):
        assert (await send(body, stamp=str(now + off))).status_code == 200, off
    for off in (-301, 302):
        assert (await send(body, stamp=str(now + off))).status_code == 401, off


async def test_slack_may_verify_the_address_and_its_certificate(send):
    answer = await send(json.dumps({"type": "url_verification", "challenge": "c3"}).encode())
    assert (answer.status_code, answer.text) == (200, "c3")
    assert (await send(b"ssl_check=1&token=x", kind=FORM)).status_code == 200


def test_the_signature_is_the_one_in_slacks_documentation():
    signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert sign(SECRET, "1531420618", DOCUMENTED) == signature


async def test_what_cannot_be_stored_is_not_acknowledged(office):
    class Full:
        async def write(self, merchant_id, work):
            raise StorageUnavailable("disk full")

    office.channel.door.store = Full()
    event = {"type": "app_mention", "channel": "C1", "user": "UANA", "text": "x", "ts": "1.1"}
    answer = await office.event(event)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")


async def test_what_was_acknowledged_before_a_crash_is_done_once_after_the_restart(folder, api, clock):
    async with opened(folder, api, clock, worker="external") as office:
        thread = await office.dm("ana", "what's our balance")
        assert not api.called("chat.postMessage")
    async with opened(folder, api, clock) as office:
        await office.settled()
        assert len(office.thread("DANA", thread)) == 1


async def test_a_crash_after_slack_took_the_message_does_not_post_it_again(folder, api, clock):
    """The answer to the post got lost with the process: the message is found by what it carries."""
    api.fail("chat.postMessage", status=500, after=True)
    async with opened(folder, api, clock) as office:
        thread = await office.dm("ana", "what's our balance")
        await api.until(lambda: api.called("chat.postMessage"))
        await office.settled()
        clock.ahead += timedelta(minutes=5)
        await office.settled()
        assert len(api.called("chat.postMessage")) == 1
        assert len(api.called("conversations.replies")) == 1
        assert len(office.thread("DANA", thread)) == 1
        assert await office.dead() == []


async def test_a_confirmation_whose_process_died_is_carried_out_once(folder, api, clock):
    async with opened(folder, api, clock) as office:
        await office.dm("ana", "refund the linen runner on 1042 as goodwill, no return")
        await office.settled()
        (card,) = office.cards("DANA")
    async with opened(folder, api, clock, worker="external") as office:
        await office.press("ana", card, "proposal_confirm", action_ts="55.5")
    async with opened(folder, api, clock) as office:
        await office.press("ana", card, "proposal_confirm", action_ts="55.5")
        await office.settled()
        assert [(r.amount, r.status.value) for r in (await office.order("1042")).refunds] == [
            (2400, "succeeded")
        ]
        assert json.dumps(list(api.messages.values()), default=str).count(":white_check_mark:") == 1
