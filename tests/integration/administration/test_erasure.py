"""Erasing a customer: nothing of them is left anywhere, and books and trail are as they were."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, select

from domain.orders.erasure import ERASED
from domain.ports import JobSpec
from domain.rules import Refused
from integrations.storage.columns import metadata
from integrations.storage.repositories.access import Answered
from integrations.storage.repositories.personal import ELSEWHERE, PLACES
from tests.integration.administration.conftest import CANARIES, EMAIL, NAME, a_day_at_the_desk


def everything_in(url):
    """Every value of every table as one text, the checkpoints' included."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        texts = [
            f"{table.name}: {tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)}"
            for table in metadata.tables.values()
            for row in connection.execute(select(table))
        ]
    engine.dispose()
    return "\n".join(texts)


def left_in(text):
    low = text.casefold()
    return [word for word in CANARIES if word.casefold() in low]


async def test_an_erased_customer_is_nowhere_and_the_books_stay_whole(shop, office, url, tmp_path):
    await a_day_at_the_desk(shop)
    before = await asyncio.to_thread(everything_in, url)
    assert set(left_in(before)) == set(CANARIES)
    await shop.store.write("shop", lambda uow: uow.audit.seal())
    rows = await shop.store.read("shop", lambda uow: uow.ledger.postings(limit=1000))

    counts = await office.do({"do": "erase", "customer": EMAIL.upper()})

    assert counts["orders"] == 1
    assert counts["files"] == 1
    after = await asyncio.to_thread(everything_in, url)
    assert left_in(after) == [], [line[:200] for line in after.splitlines() if left_in(line)]
    assert await shop.store.read("shop", lambda uow: uow.ledger.postings(limit=1000)) == rows
    assert await shop.store.read("shop", lambda uow: uow.ledger.sum()) == 0
    report = await shop.store.read("shop", lambda uow: uow.audit.verify())
    assert report.intact
    assert report.sealed
    for text in (NAME, "quixworth", EMAIL):
        assert await shop.store.read("shop", lambda uow, text=text: uow.orders.search(text)) == []
    order = await shop.store.read("shop", lambda uow: uow.orders.by_number("7001"))
    assert order.customer.name == ERASED
    assert [(r.amount, r.status.value) for r in order.refunds] == [(1800, "succeeded")]
    if url.startswith("sqlite"):
        for path in tmp_path.glob("*.db*"):
            raw = (await asyncio.to_thread(path.read_bytes)).decode("latin-1")
            assert (path.name, left_in(raw)) == (path.name, [])


async def test_another_customer_keeps_everything(shop, office):
    await a_day_at_the_desk(shop)
    before = await shop.store.read("shop", lambda uow: uow.orders.by_number("7002"))
    await office.do({"do": "erase", "customer": EMAIL})
    assert await shop.store.read("shop", lambda uow: uow.orders.by_number("7002")) == before
    assert len(await shop.store.read("shop", lambda uow: uow.orders.search("other.example"))) == 1


async def test_a_ticket_of_the_built_in_helpdesk_is_gone_with_its_files_and_another_customers_stays(
    shop, office
):
    await a_day_at_the_desk(shop)
    counts = await office.do({"do": "erase", "customer": EMAIL})
    assert counts["tickets"] == 1

    def left(uow, key):
        tickets = uow.local_tickets
        parts = (tickets.messages, tickets.files, tickets.notes, tickets.drafts, tickets.tags)
        return tickets.get(key), [len(part(key)) for part in parts], tickets.file(key, "f1")

    gone = await shop.store.read("shop", lambda uow: left(uow, "T7"))
    assert gone == (None, [0, 0, 0, 0, 0], None)
    ticket, counted, photo = await shop.store.read("shop", lambda uow: left(uow, "T8"))
    assert (ticket.requester, counted, photo[1]) == ("Otto Other", [1, 1, 1, 1, 1], b"taken by Otto Other")


async def test_the_conversation_can_be_opened_and_goes_on_afterwards(shop, office):
    await a_day_at_the_desk(shop)
    await office.do({"do": "erase", "customer": EMAIL})

    def talk(uow):
        conversation = uow.conversations.by_thread("page", "t1")
        return uow.conversations.messages(conversation.id, 100)

    messages = await shop.store.read("shop", talk)
    assert messages
    assert not any(message.text for message in messages)
    from agent.messages import InboundMessage

    again = InboundMessage(channel="page", thread_key="t1", event_id="e1", staff_id="ana", text="refund")
    assert (await shop.desk.say(again)).repeated, "an event that was answered is not taken for a new one"
    new = InboundMessage(
        channel="page", thread_key="t1", event_id="e9", staff_id="ana", text="show order 7002"
    )
    assert (await shop.desk.say(new)).blocks


async def test_kept_answers_and_jobs_that_name_the_customer_lose_it_and_others_stay(shop, office, url):
    def keep(uow):
        until = uow.now + timedelta(hours=1)
        for key, name in (("theirs", NAME), ("other", "Bo Other")):
            body = f'{{"customer": "{name}"}}'.encode()
            uow.access.keep(Answered("tok", "/v1/x", key, "run", "r", until, until, 200, [], body))
            uow.jobs.enqueue(JobSpec("told", key, {"text": f"for {name}", "n": 1}))

    await shop.store.write("shop", keep)
    await office.do({"do": "erase", "customer": EMAIL})
    kept = await shop.store.read("shop", lambda uow: [key for (_, _, key), _ in uow.personal.answers()])
    assert kept == ["other"]
    payloads = {job.key: job.payload for job in await shop.store.jobs.jobs() if job.kind == "told"}
    assert payloads == {"theirs": {"text": ERASED, "n": 1}, "other": {"text": "for Bo Other", "n": 1}}


async def test_erasing_again_finds_nothing(shop, office):
    await a_day_at_the_desk(shop)
    await office.do({"do": "erase", "customer": EMAIL})
    again = await office.do({"do": "erase", "customer": EMAIL})
    assert {name: count for name, count in again.items() if count} == {}


async def test_a_dry_run_counts_and_changes_nothing(shop, office, url):
    await a_day_at_the_desk(shop)
    before = await asyncio.to_thread(everything_in, url)
    counts = await office.do({"do": "erase", "customer": EMAIL, "dry_run": True})
    assert counts["dry_run"]
    assert counts["messages"] >= 8
    assert await asyncio.to_thread(everything_in, url) == before


async def test_nothing_is_erased_while_a_proposal_is_open(shop, office):
    from domain.proposals.model import ProposalKind
    from domain.proposals.service import propose

    def open_one(uow):
        ana, order = uow.staff.get("ana"), uow.orders.by_number("7001")
        lines = [{"line": order.lines[0].id, "quantity": 1}]
        payload = {"lines": lines, "currency": "EUR", "reason": "goodwill"}
        return propose(uow, ana, order.id, ProposalKind.REFUND, payload)

    await shop.store.write("shop", open_one)
    with pytest.raises(Refused, match="a proposal is open"):
        await office.do({"do": "erase", "customer": EMAIL})
    order = await shop.store.read("shop", lambda uow: uow.orders.by_number("7001"))
    assert order.customer.name == NAME


def test_every_table_of_the_schema_says_what_becomes_of_personal_data_in_it():
    said = {place.table for place in PLACES} | set(ELSEWHERE)
    assert set(metadata.tables) - said == set(), "say in repositories/personal.py how these are erased"
    assert said - set(metadata.tables) == set()


async def test_the_audit_trail_never_held_the_customers_words(shop):
    await a_day_at_the_desk(shop)
    events = await shop.store.read("shop", lambda uow: uow.audit.events(limit=1000))
    told = json.dumps([event.data for _, event in events])
    assert "proposal.opened" in {event.kind for _, event in events}
    assert left_in(told) == []
