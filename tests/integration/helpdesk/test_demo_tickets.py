"""The demo comes with tickets: about its own orders, with photos that are photos, made once."""

from __future__ import annotations

import io
import shutil

import pytest
from PIL import Image

from agent.reading.values.spans import find_order_refs
from integrations.demo.tickets import seed_tickets
from integrations.files import sniff
from integrations.helpdesk.local import LocalHelpdesk
from integrations.storage import open_database
from tests.builders import FakeClock


@pytest.fixture
async def store(seeded_shop, tmp_path):
    shutil.copytree(seeded_shop, tmp_path / "desk")
    database = await open_database(f"sqlite:///{tmp_path}/desk/desk.db", clock=FakeClock())
    yield database
    await database.close()


async def test_every_order_number_in_a_ticket_is_an_order_of_the_shop(store):
    helpdesk = LocalHelpdesk(store, "demo")
    tickets = [await helpdesk.get_ticket(ticket.id) for ticket in await helpdesk.tickets()]
    named = {ref for ticket in tickets for ref in find_order_refs(f"{ticket.subject} {ticket.body}")}
    named |= {value for ticket in tickets for value in ticket.fields.values()}
    known = await store.read("demo", lambda uow: {ref for ref in named if uow.orders.by_number(ref)})
    assert (len(tickets) >= 12, len(known) >= 10, named - known) == (True, True, set())


async def test_the_photos_are_small_jpegs_of_the_ticket_they_hang_on(store):
    helpdesk = LocalHelpdesk(store, "demo")
    ticket = await helpdesk.get_ticket("5001")
    content, media_type, name = await helpdesk.download("5001", ticket.files[0].id)
    image = Image.open(io.BytesIO(content))
    assert (sniff(content), media_type, name) == ("image/jpeg", "image/jpeg", "cracked-mug.jpg")
    assert (image.size, len(content) == ticket.files[0].size, len(content) < 80_000) == (
        (880, 660),
        True,
        True,
    )


async def test_a_second_start_adds_no_ticket_and_undoes_nothing(store):
    helpdesk = LocalHelpdesk(store, "demo")
    await helpdesk.set_status("5001", "solved", version="1")
    assert await seed_tickets(store, "demo") == 0
    assert (await helpdesk.get_ticket("5001")).status == "solved"
