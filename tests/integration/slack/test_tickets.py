"""A ticket of the helpdesk becomes a Slack conversation's when a member of staff names it there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from integrations.helpdesk.port import HelpdeskError
from integrations.slack.place import CHANNEL
from tests.fakes.helpdesk_in_trouble import InTrouble

REFUND = "refund the linen runner on 1042 as goodwill, no return"


async def ticket_of(office, channel, thread, team="T1"):
    """The conversation's ticket as it is kept."""
    key = f"{team}:{channel}:{thread}"
    found = await office.app.store.read("demo", lambda uow: uow.conversations.by_thread(CHANNEL, key))
    return found.ticket if found is not None else None


@pytest.fixture
def counted(office):
    """The helpdesk with its reads counted."""
    tickets = office.channel.room.tickets
    tickets.helpdesk = InTrouble(tickets.helpdesk)
    return tickets.helpdesk


async def test_a_ticket_that_staff_name_is_read_and_linked_and_only_they_are_told(office, api):
    thread = await office.dm("ana", f"ticket 5001 {REFUND}")
    await office.settled()
    ticket = await ticket_of(office, "DANA", thread)
    assert ticket["id"] == "5001"
    assert "crack from the rim" in ticket["body"]
    assert [each["text"] for each in api.ephemeral] == ["Ticket 5001 is linked: Mug arrived cracked"]
    assert api.ephemeral[0]["user"] == "UANA"
    assert len(office.cards("DANA", thread)) == 1


SHOWN = (
    "<http://127.0.0.1:8484/tickets/5001>",
    "<http://127.0.0.1:8484/tickets/5001|this one>",
    "<http://127.0.0.1:8484/tickets/5001#notes|ticket 5001>",
)


async def test_its_address_names_it_whatever_the_link_shows(office):
    for said in SHOWN:
        thread = await office.dm("ana", f"{said} what's our balance")
        await office.settled()
        assert (await ticket_of(office, "DANA", thread))["id"] == "5001", said
        assert len(office.thread("DANA", thread)) == 1, said


async def test_a_link_that_shows_another_ticket_than_it_leads_to_links_none(office, api):
    thread = await office.dm("ana", f"<http://127.0.0.1:8484/tickets/5002|ticket 5001> {REFUND}")
    await office.settled()
    assert await ticket_of(office, "DANA", thread) is None
    assert "more than one ticket (5001, 5002)" in api.ephemeral[-1]["text"]


async def test_a_ticket_alone_is_linked_and_the_order_it_fits_is_offered_later(office, api):
    thread = await office.dm("ana", "ticket 5001")
    await office.settled()
    assert api.ephemeral[-1]["text"].endswith("What is to be done?")
    await office.dm("ana", "refund the linen runner as goodwill, no return", thread=thread)
    await office.settled()
    assert "Is it this order? It fits the ticket." in office.text("DANA", thread)
    assert (await ticket_of(office, "DANA", thread))["id"] == "5001"


async def test_a_mention_and_the_slash_command_name_a_ticket_too(office):
    thread = await office.mention("ana", f"ticket 5001 {REFUND}")
    await office.post(
        {"command": "/desk", "text": "ticket 5002", "team_id": "T1", "channel_id": "C1", "user_id": "USAM",
         "trigger_id": "tr"},
        form=True,
    )  # fmt: skip
    await office.settled()
    assert (await ticket_of(office, "C1", thread))["id"] == "5001"
    (root,) = [ts for (channel, ts), said in office.api.messages.items() if channel == "DSAM"]
    assert (await ticket_of(office, "DSAM", root))["id"] == "5002"


async def test_an_order_is_never_taken_for_a_ticket_nor_a_ticket_for_an_order(office, api, counted):
    first = await office.dm("ana", REFUND)
    await office.settled()
    assert counted.reads == 0
    assert await ticket_of(office, "DANA", first) is None
    await office.dm("ana", "ticket 1042")
    await office.settled()
    assert counted.reads == 1
    assert api.ephemeral[-1]["text"] == "The helpdesk has no ticket 1042, so it was not linked."
    assert len(office.cards("DANA")) == 1, "nothing was understood of order 1042"


async def test_the_conversation_keeps_its_ticket_until_another_is_named(office):
    thread = await office.dm("ana", "ticket 5001")
    await office.settled()
    for said, kept in (("what's our balance", "5001"), ("ticket 999999", "5001"), ("ticket 5002", "5002")):
        await office.dm("ana", said, thread=thread)
        await office.settled()
        assert (await ticket_of(office, "DANA", thread))["id"] == kept, said


async def test_without_the_helpdesk_the_conversation_goes_on_and_one_line_says_so(office, api):
    tickets = office.channel.room.tickets
    tickets.helpdesk = InTrouble(tickets.helpdesk, error=HelpdeskError("503 secret"))
    thread = await office.dm("ana", f"ticket 5001 {REFUND}")
    await office.settled()
    assert len(office.cards("DANA", thread)) == 1
    (said,) = api.ephemeral
    assert "does not answer now, so ticket 5001 was not linked" in said["text"]
    assert "secret" not in said["text"]


async def test_neither_strangers_nor_customers_quoted_make_the_desk_read_a_ticket(office, api, counted):
    await office.mention("x", "ticket 5001", user="USTRANGER")
    thread = await office.dm("ana", "what's our balance\n&gt; please see ticket 5002")
    await office.settled()
    assert counted.reads == 0
    assert "does not know you" in api.ephemeral[-1]["text"]
    assert not (await ticket_of(office, "DANA", thread)).get("id")


async def test_a_turn_that_is_done_again_tells_of_its_ticket_once(office, api):
    api.fail("chat.postMessage", "internal_error")
    thread = await office.dm("ana", "ticket 5001, what's our balance")
    for _ in range(2):
        await office.settled()
        office.clock.ahead += timedelta(minutes=2)
    assert len(api.called("chat.postMessage")) == 2
    assert len(office.thread("DANA", thread)) == 1
    assert len(api.ephemeral) == 1
