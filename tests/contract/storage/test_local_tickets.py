"""The built-in helpdesk's tickets, on both databases."""

from __future__ import annotations

import asyncio

import pytest

from integrations.helpdesk.local import LocalHelpdesk
from integrations.helpdesk.port import EmbedRefused, TicketConflict, TicketNotFound
from integrations.storage.repositories.local_tickets import LocalFile, LocalMessage, LocalTicket
from tests.builders import MERCHANT, NOW
from tests.contract.storage.conftest import OTHER


@pytest.fixture
async def desk(store):
    def work(uow):
        ticket = LocalTicket(
            id="7",
            subject="Mug",
            requester="Lucía",
            requester_email="l@example.com",
            created_at=NOW,
            updated_at=NOW,
        )
        uow.local_tickets.add(ticket)
        uow.local_tickets.add_message("7", LocalMessage(id="m1", author="Lucía", text="cracked", at=NOW))
        uow.local_tickets.add_file(
            "7", LocalFile(id="f1", name="a.jpg", media_type="image/jpeg", size=3), b"abc"
        )

    await store.write(MERCHANT, work)
    return LocalHelpdesk(store, MERCHANT)


async def test_of_many_that_set_a_status_at_once_one_wins_and_the_others_are_told(desk):
    wanted = ("pending", "solved", "open", "new")
    ended = await asyncio.gather(
        *(desk.set_status("7", status, version="1") for status in wanted), return_exceptions=True
    )
    won = [status for status, end in zip(wanted, ended, strict=True) if end == "2"]
    lost = [end for end in ended if isinstance(end, TicketConflict)]
    assert (len(won), len(lost), {end.current for end in lost}) == (1, 3, {"2"})
    assert (await desk.get_ticket("7")).status == won[0]


async def test_a_note_of_one_key_written_by_many_at_once_is_one(desk):
    ids = await asyncio.gather(*(desk.add_internal_note("7", f"note {n}", key="prp_1") for n in range(6)))
    assert len(set(ids)) == 1
    assert len([m for m in (await desk.get_ticket("7")).messages if m.internal]) == 1


async def test_a_status_that_is_none_is_an_error(desk):
    with pytest.raises(ValueError, match="none of new, open, pending, solved"):
        await desk.set_status("7", "exploded", version="1")


async def test_a_draft_waits_beside_the_ticket_until_it_is_sent(desk):
    await desk.draft_reply("7", "Hello", key="prp_1")
    await desk.draft_reply("7", "Hello Lucía", key="prp_1")
    assert [draft.text for draft in await desk.drafts("7")] == ["Hello Lucía"]
    await desk.drop_draft("7", "prp_1")
    assert await desk.drafts("7") == []


async def test_another_merchant_sees_no_ticket_file_note_or_draft(store, desk):
    await desk.draft_reply("7", "Hello", key="prp_1")
    other = LocalHelpdesk(store, OTHER)
    assert (await other.tickets(), await other.drafts("7")) == ([], [])
    for attempt in (
        other.get_ticket("7"), other.download("7", "f1"), other.add_internal_note("7", "x", key="k"),
        other.edit_internal_note("7", "n-k", "x"), other.add_tags("7", ["x"]), other.draft_reply("7", "x", key="k"),
        other.set_status("7", "solved", version="1"), other.add_message("7", "a", "b", from_customer=True),
    ):  # fmt: skip
        with pytest.raises(TicketNotFound):
            await attempt
    assert (await desk.get_ticket("7")).status == "open"


async def test_nothing_signs_in_to_it_from_elsewhere(desk):
    with pytest.raises(EmbedRefused):
        desk.verify_embed({"token": "x"}, NOW)
