"""Drafts for the customer: copied, or put beside the helpdesk's ticket that staff named in Slack."""

from __future__ import annotations

import json

import pytest

from integrations.helpdesk.port import HelpdeskError
from tests.fakes.helpdesk_in_trouble import InTrouble

BUTTON = "draft_to_ticket"


def is_draft(message):
    return "draft_copy" in json.dumps(message["blocks"])


@pytest.fixture
async def done(office):
    """A refund for ticket 5001, which was named in the first words; the message that has the draft in it."""
    thread = await office.dm("ana", "ticket 5001: refund the linen runner on 1042 as goodwill, no return")
    await office.settled()
    await office.press("ana", office.cards("DANA", thread)[0], "proposal_confirm")
    await office.settled()
    (message,) = [each for each in office.thread("DANA", thread) if is_draft(each)]
    return message


async def test_a_draft_is_beside_the_ticket_once_however_often_it_is_pressed(office, api, done):
    for _ in range(3):
        await office.press("ana", done, BUTTON)
        await office.settled()
    (draft,) = await office.app.helpdesk.drafts("5001")
    assert "Lucía" in draft.text
    assert draft.text in json.dumps(done["blocks"], ensure_ascii=False).replace("\\n", "\n")
    assert api.ephemeral[-1]["text"] == (
        "The draft is beside ticket 5001. It is sent when a person sends it from there."
    )
    assert await office.dead() == []


async def test_somebody_who_may_only_look_adds_nothing_to_a_ticket(office, api, done):
    await office.press("vic", done, BUTTON)
    await office.settled()
    assert await office.app.helpdesk.drafts("5001") == []
    assert "agent" in api.ephemeral[-1]["text"]


async def test_a_helpdesk_without_a_place_for_drafts_gets_one_note_and_it_is_said(office, api, done):
    office.channel.room.tickets.helpdesk = InTrouble(office.app.helpdesk, takes_drafts=False)
    for _ in range(2):
        await office.press("ana", done, BUTTON)
        await office.settled()
    ticket = await office.app.helpdesk.get_ticket("5001")
    notes = [said.text for said in ticket.messages if said.internal]
    drafts = [text for text in notes if "not sent" in text]
    assert len(drafts) == 1
    assert "Lucía" in drafts[0]
    assert len(notes) == 2, "the other says what became of the refund"
    assert "is an internal note in ticket 5001" in api.ephemeral[-1]["text"]


async def test_a_helpdesk_that_is_down_is_a_sentence_and_the_button_works_later(office, api, done):
    tickets = office.channel.room.tickets
    well, tickets.helpdesk = tickets.helpdesk, InTrouble(tickets.helpdesk, error=HelpdeskError("503 secret"))
    await office.press("ana", done, BUTTON)
    await office.settled()
    assert "does not answer" in api.ephemeral[-1]["text"]
    assert "secret" not in api.ephemeral[-1]["text"]
    tickets.helpdesk = well
    await office.press("ana", done, BUTTON)
    await office.settled()
    assert len(await office.app.helpdesk.drafts("5001")) == 1


async def test_a_draft_never_goes_to_another_ticket_than_it_was_written_for(office, api, done):
    await office.dm("ana", "ticket 5002", thread=done["thread_ts"])
    await office.settled()
    await office.press("ana", done, BUTTON)
    await office.settled()
    assert "not written for ticket 5002" in api.ephemeral[-1]["text"]
    for ticket in ("5001", "5002"):
        assert await office.app.helpdesk.drafts(ticket) == []


async def test_in_a_channel_the_draft_and_its_button_are_for_the_eyes_of_whoever_pressed(office, api):
    thread = await office.mention(
        "ana", "ticket 5001: refund the linen runner on 1042 as goodwill, no return"
    )
    await office.settled()
    await office.press("ana", office.cards("C1", thread)[0], "proposal_confirm")
    await office.settled()
    assert not any(is_draft(each) for each in office.thread("C1", thread))
    (shown,) = [each for each in api.ephemeral if is_draft({"blocks": each.get("blocks") or []})]
    assert shown["user"] == "UANA"
    await office.press("ana", {**shown, "ts": "1700000000.5"}, BUTTON)
    await office.settled()
    assert len(await office.app.helpdesk.drafts("5001")) == 1


async def test_a_draft_can_be_copied_from_a_form(office, api, done):
    await office.press("ana", done, "draft_copy")
    await office.settled()
    (view,) = api.views.values()
    assert len(view["blocks"][0]["element"]["initial_value"]) > 20
