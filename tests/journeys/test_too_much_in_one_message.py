"""A pasted table is not read: the desk says what is too much, and what was open stays open."""

from __future__ import annotations

_TABLE = "refund these " + " ".join(str(2000 + at) for at in range(700))


async def test_a_pasted_table_is_refused_with_its_limit_and_the_open_question_stays(talk):
    await talk.say("refund the runner on 1042")
    said = await talk.say(_TABLE)
    assert "700 figures" in said
    assert "150" in said
    await talk.say("she changed her mind")
    assert talk.card is not None
    assert talk.card.headline == "$24.00"


async def test_a_pasted_table_leaves_the_open_card_as_it_is(talk):
    await talk.say("refund the runner on 1042, she changed her mind")
    card = talk.card.proposal_id
    assert "700 figures" in await talk.say(_TABLE)
    reply = await talk.press()
    assert talk.card.proposal_id == card
    assert "24.00" in reply


async def test_whatever_reader_is_set_up_is_not_asked_to_read_a_pasted_table(talk, monkeypatch):
    asked = []
    monkeypatch.setattr(type(talk.app.desk.reader), "read", lambda _reader, view: asked.append(view))
    assert "700 figures" in await talk.say(_TABLE)
    assert asked == []
