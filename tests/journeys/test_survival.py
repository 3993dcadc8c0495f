"""A conversation outlives restarts, repeats and silence."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from agent.messages import InboundMessage, Press, ProposalCard
from agent.rendering.plain import as_text
from integrations.bootstrap import application
from integrations.settings import Settings
from integrations.storage.identity import SystemClock


def a_message(text, event="event-1"):
    return InboundMessage(channel="journey", thread_key="1", event_id=event, staff_id="ana", text=text)


def words(reply):
    return "\n".join(as_text(block) for block in reply.blocks)


class LaterClock:
    """The real clock, moved on when told."""

    def __init__(self):
        self.by = timedelta()

    def now(self):
        return SystemClock().now() + self.by


async def test_a_restart_in_mid_case_loses_nothing(tmp_path):
    async with application(Settings(data=tmp_path), demo=True) as app:
        await app.desk.say(a_message("refund the runner on 1042", "event-1"))
    async with application(Settings(data=tmp_path), demo=True) as app:
        reply = await app.desk.say(a_message("she changed her mind", "event-2"))
    assert "$24.00" in words(reply)


async def test_a_card_from_before_a_restart_is_confirmed_after_it(tmp_path):
    async with application(Settings(data=tmp_path), demo=True) as app:
        reply = await app.desk.say(a_message("refund the runner on 1042, she changed her mind"))
    card = next(block for block in reply.blocks if isinstance(block, ProposalCard))
    press = Press(
        channel="journey",
        thread_key="1",
        event_id="event-2",
        staff_id="ana",
        action="confirm",
        proposal_id=card.proposal_id,
        sha256=card.sha256,
    )
    (tmp_path / "desk-graph.db").unlink()
    async with application(Settings(data=tmp_path), demo=True) as app:
        reply = await app.desk.press(press)
    assert "Refunded $24.00" in words(reply)


async def test_the_same_event_twice_is_answered_once(talk):
    first = await talk.app.desk.say(a_message("refund the runner on 1042, she changed her mind"))
    again = await talk.app.desk.say(a_message("refund the runner on 1042, she changed her mind"))
    assert again.repeated
    assert again.blocks == first.blocks
    stored = await talk.app.store.read("demo", lambda uow: uow.conversations.messages(first.conversation_id))
    assert [message.direction for message in stored] == ["in", "out"]


async def test_two_messages_at_once_are_both_handled_in_order(talk):
    replies = await asyncio.gather(
        talk.app.desk.say(a_message("refund the runner on 1042, she changed her mind", "event-1")),
        talk.app.desk.say(a_message("make it 10 dollars", "event-2")),
    )
    cards = [block for reply in replies for block in reply.blocks if isinstance(block, ProposalCard)]
    assert [card.headline for card in cards] == ["$24.00", "$10.00"]


async def test_after_a_long_silence_the_card_is_made_anew_and_says_what_is_different(tmp_path):
    clock = LaterClock()
    async with application(Settings(data=tmp_path), demo=True, clock=clock) as app:
        await app.desk.say(a_message("refund the runner on 1042, she changed her mind", "event-1"))
        clock.by = timedelta(days=8)
        reply = await app.desk.say(a_message("ok go ahead", "event-2"))
    text = words(reply)
    assert "run out" in text
    assert "taken from" in text
    assert [block.headline for block in reply.blocks if isinstance(block, ProposalCard)] == ["$24.00"]
