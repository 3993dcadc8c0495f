"""Retention: what is old and finished goes; what is unfinished, or young, stays."""

import asyncio

from agent.messages import InboundMessage
from tests.integration.administration.conftest import a_day_at_the_desk


async def age(app, url, days):
    """Make everything that was stored so many days older."""
    from sqlalchemy import create_engine, text

    def change():
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            for table, column in (("conversations", "updated_at"), ("files", "stored_at")):
                when = (
                    f"strftime('%Y-%m-%dT%H:%M:%f000+00:00', {column}, '-{days} days')"
                    if url.startswith("sqlite")
                    else f"{column} - interval '{days} days'"
                )
                connection.execute(text(f"update {table} set {column} = {when}"))
        engine.dispose()

    await asyncio.to_thread(change)


async def conversation(app, thread="t1"):
    return await app.store.read("shop", lambda uow: uow.conversations.by_thread("page", thread))


async def test_conversations_and_files_go_once_they_are_old(shop, office, url):
    await a_day_at_the_desk(shop)
    talk = await conversation(shop)
    await age(shop, url, 40)
    assert (await office.do({"do": "retention", "conversation_days": 41, "file_days": 41}))["files"] == 0
    assert await conversation(shop)
    counts = await office.do({"do": "retention", "conversation_days": 39, "file_days": 39})
    assert (counts["conversations"], counts["files"]) == (1, 1)
    assert await conversation(shop) is None
    assert await shop.store.read("shop", lambda uow: uow.conversations.messages(talk.id)) == []
    assert await shop.store.read("shop", lambda uow: uow.conversations.cases(talk.id)) == []
    config = {"configurable": {"thread_id": talk.id}}
    assert await shop.desk.graph.checkpointer.aget_tuple(config) is None
    order = await shop.store.read("shop", lambda uow: uow.orders.by_number("7001"))
    assert order.refunds
    [(_, event)] = await shop.store.read("shop", lambda uow: uow.audit.events(limit=1))
    assert (event.kind, event.data["conversations"]) == ("retention.applied", 1)


async def test_a_conversation_with_an_unfinished_case_stays_and_does_not_hold_up_the_others(
    shop, office, url
):
    for number in range(3):
        await shop.desk.say(
            InboundMessage(
                channel="page",
                thread_key=f"done{number}",
                event_id=f"d{number}",
                staff_id="ana",
                text="hello",
            )
        )
    await shop.desk.say(
        InboundMessage(
            channel="page", thread_key="open", event_id="o1", staff_id="ana", text="refund one mug on 7001"
        )
    )
    await age(shop, url, 40)
    dry = await office.do({"do": "retention", "conversation_days": 30, "dry_run": True})
    assert dry["conversations"] == 3
    assert await conversation(shop, "done0")
    assert (await office.do({"do": "retention", "conversation_days": 30}))["conversations"] == 3
    assert await conversation(shop, "open")
    assert await conversation(shop, "done0") is None


async def test_the_same_file_again_counts_from_the_last_time(shop, office, url):
    def put(uow):
        return uow.files.put(b"%PDF same", "application/pdf", "a.pdf")

    await shop.store.write("shop", put)
    await age(shop, url, 40)
    sha256 = await shop.store.write("shop", put)
    assert (await office.do({"do": "retention", "file_days": 30}))["files"] == 0
    assert await shop.store.read("shop", lambda uow: uow.files.get(sha256))
