"""A case from the first word to the outcome, in a direct message."""

from __future__ import annotations

import json

from tests.samples import PNG


async def test_a_refund_is_asked_for_shown_confirmed_and_its_outcome_told_in_the_thread(office, api):
    api.add_file("F1", PNG)
    thread = await office.dm("ana", "refund one mug on 1042, it's cracked")
    await office.settled()
    assert "evidence" in office.text("DANA", thread)
    await office.dm("ana", "here is the photo, no need to send it back", thread=thread, files=["F1"])
    await office.settled()
    (card,) = office.cards("DANA", thread)
    assert "$18.40" in json.dumps(card["blocks"])
    assert "Lucía Prado" in json.dumps(card["blocks"], ensure_ascii=False)
    await office.press("ana", card, "proposal_confirm")
    await office.settled()
    order = await office.order("1042")
    assert [(r.amount, r.status.value) for r in order.refunds] == [(1840, "succeeded")]
    text = office.text("DANA", thread)
    assert text.count("Refunded $18.40 to Lucía Prado.") >= 1
    assert "Ask the supplier to bear the cost?" in text
    assert office.cards("DANA", thread) == [], "no card is left that could be pressed"
    assert "Confirmed by Ana Agent" in text
    assert await office.dead() == []
