"""Drafts for the customer: copied, or put beside the helpdesk's ticket where one is linked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from agent.messages import InboundMessage, Ticket
from integrations.slack.place import CHANNEL


@pytest.fixture
async def beside_a_ticket(office):
    """A conversation with a helpdesk's ticket, its refund done; the message with the draft, and what was added."""
    added: list[Any] = []

    async def take(staff_id, ticket_id, text, key):
        if key not in [known[3] for known in added]:
            added.append((staff_id, ticket_id, text, key))
        return f"Added to ticket {ticket_id}."

    office.channel.room.take_draft = take
    object.__setattr__(office.channel.room.turns.delivery, "takes_drafts", True)
    thread = office.new_ts()
    ticket = Ticket(id="4711", body="The runner is not my taste", language="de")
    message = InboundMessage(
        channel=CHANNEL,
        thread_key=f"T1:DANA:{thread}",
        event_id="first",
        staff_id="ana",
        text="hello",
        ticket=ticket,
    )
    await office.app.desk.say(message)
    await office.dm("ana", "refund the linen runner on 1042 as goodwill, no return", thread=thread)
    await office.settled()
    await office.press("ana", office.cards("DANA", thread)[0], "proposal_confirm")
    await office.settled()
    found = next(m for m in office.thread("DANA", thread) if "draft_copy" in json.dumps(m["blocks"]))
    return found, added


async def test_a_draft_is_added_to_the_ticket_once_however_often_it_is_pressed(office, api, beside_a_ticket):
    message, added = beside_a_ticket
    for _ in range(2):
        await office.press("ana", message, "draft_to_ticket")
        await office.settled()
    assert len(added) == 1
    assert added[0][:2] == ("ana", "4711")
    assert added[0][2].startswith("Hallo") or "Lucía" in added[0][2]
    assert api.ephemeral[-1]["text"] == "Added to ticket 4711."


async def test_somebody_who_may_only_look_adds_nothing_to_a_ticket(office, api, beside_a_ticket):
    message, added = beside_a_ticket
    await office.press("vic", message, "draft_to_ticket")
    await office.settled()
    assert added == []
    assert "viewer" in api.ephemeral[-1]["text"] or "agent" in api.ephemeral[-1]["text"]


async def test_a_draft_can_be_copied_from_a_form(office, api, beside_a_ticket):
    message, _ = beside_a_ticket
    await office.press("ana", message, "draft_copy")
    await office.settled()
    (view,) = api.views.values()
    assert len(view["blocks"][0]["element"]["initial_value"]) > 20
