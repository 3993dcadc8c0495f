"""What is said right after a look at a return: only words that call it off do so, and only as a card."""

from __future__ import annotations


async def test_never_mind_leaves_a_return_that_was_just_looked_at(talk):
    await talk.say("where is the return on 1048?")
    await talk.say("never mind, thanks")
    assert talk.card is None


async def test_what_was_just_looked_at_is_called_off_as_a_card(talk):
    await talk.say("where is the return on 1048?")
    await talk.say("ok, kill it then")
    assert talk.card.write == "cancel_return"
    assert [ret.status.value for ret in (await talk.order("1048")).returns] == ["requested"]
