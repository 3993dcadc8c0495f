"""What every helpdesk promises the desk."""

from __future__ import annotations

import pytest

from integrations.helpdesk.marks import mark
from integrations.helpdesk.port import HelpdeskError, TicketConflict, TicketNotFound, WebhookRefused
from tests.builders import FakeClock
from tests.contract.helpdesk.conftest import ALL, OVER_HTTP
from tests.contract.helpdesk.wires import a_photo

WORDS = "Order #1042: one mug has a crack. <b>Not</b> markup & *not* emphasis.\n\nThank you"
on_all = pytest.mark.parametrize("desk", ALL, indirect=True)
over_http = pytest.mark.parametrize("desk", OVER_HTTP, indirect=True)


@on_all
async def test_a_ticket_is_read_with_its_words_its_requester_and_the_order_field(desk, helpdesk):
    number = await desk.new_ticket(WORDS, order="1042", photo=True)
    ticket = await helpdesk.get_ticket(number)
    assert (ticket.id, ticket.subject) == (number, "Mug arrived cracked")
    assert (ticket.requester, ticket.requester_email) == ("Lucía Prado", "lucia@example.com")
    assert (ticket.body, ticket.status in ("open", "new")) == (WORDS, True)
    assert next(iter(ticket.fields.items())) == ("order_number", "1042")
    assert [(file.name, file.from_customer) for file in ticket.files] == [("crack.jpg", True)]
    assert (list(ticket.tags), number in ticket.url) == (["vip"], True)
    assert bool(ticket.version) is desk.has_versions


@on_all
@pytest.mark.parametrize("number", ["999999", "0/../../users", "", "1042 ", "１"])
async def test_a_ticket_that_is_not_there_or_no_number_is_not_found(desk, helpdesk, number):
    with pytest.raises(TicketNotFound):
        await helpdesk.get_ticket(number)
    with pytest.raises(TicketNotFound):
        await helpdesk.add_internal_note(number, "hello", key="prp_1")


@on_all
async def test_a_note_is_internal_says_what_it_says_and_is_there_once(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    text = "Refunded $18.40 to <b>Lucía</b> & [others](x).\nReason: Damaged"
    ids = [await helpdesk.add_internal_note(number, text, key="prp_01ABC") for _ in range(3)]
    notes = await desk.notes(number)
    assert (len(notes), len(set(ids)), bool(ids[0])) == (1, 1, True)
    ticket = await helpdesk.get_ticket(number)
    assert [message.internal for message in ticket.messages] == [False, True]
    assert ticket.body == WORDS


@on_all
async def test_notes_with_other_keys_are_other_notes(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    keys = ["prp_1", "prp_10", "prp_1:failed"]
    ids = {await helpdesk.add_internal_note(number, "It happened.", key=key) for key in (*keys, *keys)}
    assert (len(ids), len(await desk.notes(number))) == (3, 3)


@on_all
async def test_a_customer_who_writes_the_mark_of_a_key_does_not_stop_the_note(desk, helpdesk):
    number = await desk.new_ticket(f"hello\n\n{mark('prp_7')}")
    await desk.say_as_customer(number, mark("prp_7"))
    await helpdesk.add_internal_note(number, "It happened.", key="prp_7")
    assert len(await desk.notes(number)) == 1


@on_all
async def test_a_note_is_found_again_among_many_messages(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    first = await helpdesk.add_internal_note(number, "It happened.", key="prp_1")
    for count in range(22 if desk.name != "rt" else 3):
        await desk.say_as_customer(number, f"and another thing, {count}")
    assert await helpdesk.add_internal_note(number, "It happened.", key="prp_1") == first
    assert len(await desk.notes(number)) == 1


@over_http
async def test_a_note_whose_answer_was_lost_is_not_written_again(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    desk.transport.lose_answer("PUT" if desk.name == "zendesk" else "POST")
    written = await helpdesk.add_internal_note(number, "It happened.", key="prp_1")
    again = await helpdesk.add_internal_note(number, "It happened.", key="prp_1")
    assert (written == again, len(await desk.notes(number))) == (True, 1)


@over_http
async def test_a_note_that_never_arrived_is_an_error_and_written_the_next_time(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    desk.transport.drop("PUT" if desk.name == "zendesk" else "POST")
    with pytest.raises(HelpdeskError) as failed:
        await helpdesk.add_internal_note(number, "It happened.", key="prp_1")
    assert (failed.value.retry_after, await desk.notes(number)) == (5.0, [])
    await helpdesk.add_internal_note(number, "It happened.", key="prp_1")
    assert len(await desk.notes(number)) == 1


@on_all
async def test_an_edit_changes_the_one_note_or_says_that_it_cannot(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    note = await helpdesk.add_internal_note(number, "On its way.", key="prp_1")
    edited = await helpdesk.edit_internal_note(number, note, "Refunded.")
    notes = await desk.notes(number)
    assert (len(notes), "Refunded." in notes[0], "On its way." in notes[0]) == (1, edited, not edited)


@on_all
async def test_tags_are_added_once_and_those_that_are_there_stay(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    await helpdesk.add_tags(number, ["desk-refunded"])
    await helpdesk.add_tags(number, ["desk-refunded", "vip"])
    assert sorted(await desk.tags(number)) == ["desk-refunded", "vip"]


@on_all
async def test_a_status_is_set_on_the_version_that_was_read(desk, helpdesk):
    number = await desk.new_ticket(WORDS)
    version = (await helpdesk.get_ticket(number)).version
    status = "open" if desk.name == "rt" else "pending"
    after = await helpdesk.set_status(number, status, version=version)
    assert await desk.status(number) == status
    assert (after != version, after == (await helpdesk.get_ticket(number)).version) == (
        desk.has_versions,
        True,
    )


@on_all
async def test_a_stale_status_is_a_conflict_and_changes_nothing_where_the_helpdesk_has_versions(
    desk, helpdesk
):
    number = await desk.new_ticket(WORDS)
    version = (await helpdesk.get_ticket(number)).version
    await desk.somebody_changes(number)
    if not desk.has_versions:
        assert await helpdesk.set_status(number, "resolved", version=version) == ""
        return
    before = await desk.status(number)
    with pytest.raises(TicketConflict):
        await helpdesk.set_status(number, "solved" if desk.name != "rt" else "resolved", version=version)
    assert await desk.status(number) == before


@on_all
async def test_an_attachment_is_read_by_its_bytes_and_only_through_its_own_ticket(desk, helpdesk):
    mine = await desk.new_ticket(WORDS, photo=True)
    other = await desk.new_ticket(WORDS, photo=True)
    content, media_type, name = await helpdesk.download(mine, await desk.file_of(mine))
    assert (content == a_photo(), media_type, name) == (True, "image/jpeg", "crack.jpg")
    with pytest.raises(TicketNotFound):
        await helpdesk.download(mine, await desk.file_of(other))


@on_all
async def test_an_unsigned_webhook_is_refused(desk, helpdesk):
    with pytest.raises(WebhookRefused):
        helpdesk.verify_webhook({}, b'{"ticket": 1}', FakeClock().now())
