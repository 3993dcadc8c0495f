"""While a request's reason is asked for, its fee can be put right and what it would leave is answered."""

from __future__ import annotations


async def test_what_a_request_would_leave_is_answered_with_the_fee_told_so_far(talk):
    await talk.say("approve the return on 1048 but take 10 percent restocking")
    assert "19.71" in await talk.say("what would he get then?")
    await talk.say("make it a flat 4 instead")
    assert "17.90" in await talk.say("what would he get then?")
    await talk.say("changed his mind")
    assert "17.90" in talk.card.model_dump_json()
