"""Conversations, messages, cases, staff, files and merchants."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta

import pytest

from domain.cases.model import Conversation, Message, StoredCase
from domain.identity import Role
from integrations.storage import UnknownMerchant
from tests.builders import NOW, a_merchant, a_staff
from tests.contract.storage.conftest import OTHER


def a_conversation(conversation_id="conv-1", thread="T1", at=NOW, **fields):
    given = {"merchant_id": "shop", "channel": "slack", "thread_key": thread, "staff_id": "ana", **fields}
    return Conversation(id=conversation_id, created_at=NOW, updated_at=at, **given)


def a_message(number=1, event="e-1", direction="in", conversation="conv-1"):
    return Message(
        id=f"msg-{number}", conversation_id=conversation, event_id=event, direction=direction, staff_id="ana",
        text=f"text {number}", body={"n": number}, at=NOW + timedelta(seconds=number),
    )  # fmt: skip


def a_case(case_id="case-1", minutes=0, **fields):
    at = NOW + timedelta(minutes=minutes)
    given = {"merchant_id": "shop", "conversation_id": "conv-1", "order_id": None, "flow": "refund", **fields}
    return StoredCase(id=case_id, status="open", data={"v": 1}, created_at=at, updated_at=at, **given)


async def test_a_conversation_is_found_by_id_and_by_thread(write, read):
    conversation = a_conversation(stack=["case-1"], state={"unclear": 1})
    await write(lambda uow: uow.conversations.save(conversation))
    stored = await read(lambda uow: uow.conversations.get("conv-1"))
    assert (stored.stack, stored.state, stored.version) == (["case-1"], {"unclear": 1}, 1)
    assert await read(lambda uow: uow.conversations.by_thread("slack", "T1")) == stored
    assert await read(lambda uow: uow.conversations.by_thread("email", "T1")) is None
    assert await read(lambda uow: uow.conversations.get("conv-1"), OTHER) is None

    stored.topic_order = "order-1"
    await write(lambda uow: uow.conversations.save(stored))
    again = await read(lambda uow: uow.conversations.get("conv-1"))
    assert (again.topic_order, again.version) == ("order-1", 2)


async def test_of_several_conversations_in_a_thread_the_last_used_counts(write, read):
    await write(lambda uow: uow.conversations.save(a_conversation("conv-1", at=NOW + timedelta(hours=1))))
    await write(lambda uow: uow.conversations.save(a_conversation("conv-2")))
    assert (await read(lambda uow: uow.conversations.by_thread("slack", "T1"))).id == "conv-1"


async def test_an_event_is_stored_once_in_each_direction(store, write, read):
    assert await write(lambda uow: uow.conversations.add_message(a_message())) is True
    assert await write(lambda uow: uow.conversations.add_message(a_message(2))) is False
    assert await read(lambda uow: uow.conversations.reply_to("e-1")) is None
    reply = a_message(3, direction="out")
    assert await write(lambda uow: uow.conversations.add_message(reply)) is True
    assert await read(lambda uow: uow.conversations.reply_to("e-1")) == reply
    assert await read(lambda uow: uow.conversations.reply_to("e-1"), OTHER) is None
    assert await write(lambda uow: uow.conversations.add_message(a_message()), OTHER) is True

    def add(uow, i):
        return uow.conversations.add_message(a_message(10 + i, "e-2"))

    added = await asyncio.gather(*(store.write("shop", lambda uow, i=i: add(uow, i)) for i in range(12)))
    assert sum(added) == 1


async def test_the_last_messages_come_oldest_first(write, read):
    def talk(uow):
        for i in range(5):
            uow.conversations.add_message(a_message(i, f"e-{i}"))
        uow.conversations.add_message(a_message(9, "e-9", conversation="conv-2"))
        return [m.id for m in uow.conversations.messages("conv-1", 2)]

    assert await write(talk) == ["msg-3", "msg-4"]
    messages = await read(lambda uow: uow.conversations.messages("conv-1"))
    assert [m.id for m in messages] == [f"msg-{i}" for i in range(5)]
    assert messages[1] == a_message(1, "e-1")


async def test_cases_are_kept_and_written_back(write, read):
    await write(
        lambda uow: (uow.conversations.save_case(a_case("case-2", 2)), uow.conversations.save_case(a_case()))
    )
    changed = a_case(order_id="order-1").model_copy(update={"status": "done"})
    await write(lambda uow: uow.conversations.save_case(changed))
    assert await read(lambda uow: uow.conversations.case("case-1")) == changed
    assert [c.id for c in await read(lambda uow: uow.conversations.cases("conv-1"))] == ["case-1", "case-2"]
    assert await read(lambda uow: uow.conversations.case("case-1"), OTHER) is None
    assert await read(lambda uow: uow.conversations.cases("conv-1"), OTHER) == []


async def test_staff_are_known_by_their_identities(write, read):
    ana, ben = a_staff("ana"), a_staff("ben", Role.SUPERVISOR)
    await write(lambda uow: uow.staff.save(ben, [("slack", "T1:U2"), ("email", "ben@shop.example")]))
    await write(lambda uow: uow.staff.save(ana))
    assert await read(lambda uow: uow.staff.get("ben")) == ben
    assert await read(lambda uow: uow.staff.by_identity("slack", "T1:U2")) == ben
    assert await read(lambda uow: uow.staff.by_identity("email", "T1:U2")) is None
    assert await read(lambda uow: uow.staff.all()) == [ana, ben]
    for nobody in (lambda uow: uow.staff.get("ben"), lambda uow: uow.staff.by_identity("slack", "T1:U2")):
        assert await read(nobody, OTHER) is None

    gone = ben.model_copy(update={"active": False})
    await write(lambda uow: uow.staff.save(gone))
    await write(lambda uow: uow.staff.save(ana, [("slack", "T1:U2")]))
    assert await read(lambda uow: uow.staff.get("ben")) == gone
    assert await read(lambda uow: uow.staff.by_identity("slack", "T1:U2")) == ana


async def test_a_file_is_found_by_its_hash(write, read):
    content = bytes(range(256)) * 50
    sha256 = await write(lambda uow: uow.files.put(content, "image/png", "mug.png"))
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert await write(lambda uow: uow.files.put(content, "image/jpeg", "again.jpg")) == sha256
    assert await read(lambda uow: uow.files.get(sha256)) == (content, "image/png", "mug.png")
    assert await read(lambda uow: uow.files.get("0" * 64)) is None
    assert await read(lambda uow: uow.files.get(sha256), OTHER) is None


async def test_merchants_are_kept_and_the_unit_of_work_has_the_settings_of_now(store, read):
    assert [m.id for m in await store.merchants()] == [OTHER, "shop"]
    changed = a_merchant("shop", return_window_days=99)
    await store.save_merchant(changed)
    assert await read(lambda uow: uow.merchant) == changed
    for run in (store.read, store.write):
        with pytest.raises(UnknownMerchant, match="no-such-shop"):
            await run("no-such-shop", lambda uow: None)
