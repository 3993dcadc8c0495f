"""An order is found however its number is written; what was sent along with words and presses is kept."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("written", ["ORD-1042", "#1042", "ord/1042"])
async def test_order_1042_is_found_as_people_write_it(talk, written):
    text = await talk.say(f"what is the status of {written}?")
    assert "Lucía Prado" in text


async def test_a_number_nobody_has_is_refused_as_it_was_written(talk):
    assert "ORD-99999" in await talk.say("refund ORD-99999, changed mind")


async def test_a_press_is_kept_with_its_card_and_its_changes(talk):
    await talk.say("refund the runner on 1042, she changed her mind")
    await talk.press("edit", changes={"amount": "10.00"})

    def kept(uow):
        conversation = uow.conversations.by_thread("journey", "1")
        return [m for m in uow.conversations.messages(conversation.id) if m.direction == "in"]

    said, pressed = await talk.app.store.read("demo", kept)
    assert said.given == {}
    assert (pressed.given["action"], pressed.given["set"]) == ("edit", {"amount": "10.00"})
    assert pressed.given["proposal_id"].startswith("prop_")
