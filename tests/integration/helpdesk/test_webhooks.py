"""A helpdesk's webhook: verified, taken once, and what it leads to is that the ticket is read again."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI

from integrations.helpdesk.opening import as_ticket, known_ticket, open_ticket
from integrations.helpdesk.port import HelpdeskError
from integrations.helpdesk.webhooks import MOST_BYTES, Webhooks
from integrations.rate import Rate

GOOD = {"x-signature": "good", "x-delivery": "d1", "x-signed": "s1"}


@pytest.fixture
async def caller(beside):
    web = FastAPI()
    beside.channel.mount(web)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://desk") as client:
        yield client


async def post(caller, body="1", **headers):
    given = {**GOOD, **{f"x-{name}": value for name, value in headers.items()}}
    return await caller.post("/webhooks/helpdesk/other", content=body, headers=given)


async def known(beside, ticket="1"):
    return await beside.app.store.read("demo", lambda uow: known_ticket(uow, "other", ticket))


async def conversation(beside):
    return await beside.app.store.read("demo", lambda uow: uow.conversations.by_thread("other", "1"))


async def opened(beside):
    """A ticket that was opened in the sidebar and talked about."""
    found = await open_ticket(beside.app.store, "demo", beside.other, "1")
    await beside.say("1042", given=as_ticket(found.ticket))
    return found


async def test_a_changed_ticket_is_read_again_and_the_conversation_speaks_of_what_it_says_now(beside, caller):
    before = await opened(beside)
    beside.other.words["1"] = "Order #1042: both mugs are cracked."
    answer = await post(caller)
    await beside.work()
    now = await known(beside)
    assert (answer.status_code, now.stamp != before.stamp, now.changed_at) == (200, True, beside.clock.now())
    assert (await conversation(beside)).ticket["body"] == "Order #1042: both mugs are cracked."


async def test_our_own_note_is_no_change_of_the_ticket(beside, caller):
    before = await opened(beside)
    await beside.other.add_internal_note("1", "It happened.", key="prp_1")
    await post(caller)
    await beside.work()
    now = await known(beside)
    assert (now.stamp, now.changed_at) == (before.stamp, None)


async def test_the_same_delivery_is_answered_200_and_done_once(beside, caller):
    await opened(beside)
    reads = beside.other.reads
    answers = [await post(caller) for _ in range(3)]
    await beside.work()
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer.text for answer in answers] == ["noted", "known already", "known already"]
    assert beside.other.reads == reads + 1


async def test_signed_bytes_that_are_replayed_under_another_delivery_are_done_once(beside, caller):
    await opened(beside)
    reads = beside.other.reads
    assert (await post(caller)).text == "noted"
    assert (await post(caller, delivery="d2")).text == "known already"
    await beside.work()
    assert beside.other.reads == reads + 1


async def test_deliveries_at_the_same_time_are_done_once(beside, caller):
    await opened(beside)
    answers = await asyncio.gather(*(post(caller) for _ in range(8)))
    assert sorted(answer.text for answer in answers) == ["known already"] * 7 + ["noted"]
    assert {answer.status_code for answer in answers} == {200}


async def test_another_delivery_about_the_same_ticket_is_another(beside, caller):
    await opened(beside)
    reads = beside.other.reads
    await post(caller)
    await post(caller, delivery="d2", signed="s2")
    await beside.work()
    assert beside.other.reads == reads + 2


async def test_a_delivery_is_forgotten_after_a_day_and_no_sooner(beside, caller):
    worker = beside.worker()
    await post(caller)
    beside.clock.pass_time(hours=23)
    await worker.housekeeping()
    assert (await post(caller)).text == "known already"
    beside.clock.pass_time(hours=2)
    await worker.housekeeping()
    assert (await post(caller)).text == "noted"


async def test_a_ticket_nobody_opened_is_not_read(beside, caller):
    assert (await post(caller, "5")).status_code == 200
    await beside.work()
    assert (beside.other.reads, await known(beside, "5")) == (0, None)


async def test_a_wrong_signature_is_401_and_nothing_is_noted(beside, caller):
    await opened(beside)
    reads = beside.other.reads
    answer = await post(caller, signature="bad")
    assert (answer.status_code, answer.text) == (401, "not accepted")
    await beside.work()
    assert beside.other.reads == reads
    assert (await post(caller)).text == "noted"


async def test_another_helpdesks_address_is_not_there(caller):
    assert (await caller.post("/webhooks/helpdesk/zendesk", content=b"1", headers=GOOD)).status_code == 404
    assert (await caller.get("/webhooks/helpdesk/other")).status_code == 405


async def test_a_body_is_read_up_to_its_limit(beside, caller):
    reads = []
    verify = beside.other.verify_webhook

    def counted(*given):
        reads.append(1)
        return verify(*given)

    beside.other.verify_webhook = counted
    assert (await post(caller, "1" * MOST_BYTES)).status_code == 200
    assert (await post(caller, "1" * (MOST_BYTES + 1))).status_code == 413
    assert len(reads) == 1


async def test_whoever_calls_too_often_waits(beside):
    still = Rate(1, 2, now=lambda: 0.0)
    door = Webhooks(beside.app.store, "demo", beside.other, beside.clock, strangers=still)
    web = FastAPI()
    web.add_api_route("/w", door.__call__, methods=["POST"])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=web), base_url="http://desk") as client:
        answers = [await client.post("/w", content=b"1", headers={"x-signature": "bad"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [401, 401, 429]
        assert int(answers[2].headers["retry-after"]) >= 1
        assert (await client.post("/w", content=b"1", headers=GOOD)).status_code == 200
        door.calls = Rate(1, 1, now=lambda: 0.0)
        codes = [(await client.post("/w", content=b"1", headers=GOOD)).status_code for _ in range(2)]
    assert codes == [200, 429]


async def test_a_helpdesk_that_is_down_is_asked_again_later(beside, caller):
    await opened(beside)
    beside.other.words["1"] = "both"
    beside.other.trouble = [("read", HelpdeskError("cannot be reached", 30.0))]
    await post(caller)
    await beside.work()
    assert (await known(beside)).changed_at is None
    beside.clock.pass_time(seconds=30)
    await beside.work()
    assert (await known(beside)).changed_at is not None


async def test_a_ticket_that_is_gone_ends_the_matter(beside, caller):
    await beside.say("1042", ticket="gone")
    await post(caller, "gone")
    await beside.work()
    jobs = await beside.app.store.jobs.jobs(limit=1000)
    assert [job.state for job in jobs if job.kind == "other.refresh"] == ["done"]
