"""What only RT can show: the scrip that tells the desk, and who wrote what."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime

import pytest

from integrations.helpdesk.port import WebhookRefused
from tests.contract.helpdesk.conftest import on_rt
from tests.request_tracker import SECRET


def sent_about(server, number):
    return [(h, b) for h, b in list(server.hooks.seen) if str(json.loads(b)["ticket"]) == number]


@on_rt
async def test_the_documented_scrip_tells_the_desk_of_a_change_in_a_way_it_accepts(desk, helpdesk):
    helpdesk.webhook_secret = SECRET
    number = await desk.new_ticket("Order #1042: one mug is cracked.")
    await helpdesk.add_internal_note(number, "It happened.", key="prp_1")
    end = time.monotonic() + 60
    while not any(json.loads(b)["event"] == "Comment" for _, b in sent_about(desk.server, number)):
        assert time.monotonic() < end, desk.server.hooks.seen
        await asyncio.sleep(0.05)
    events = [helpdesk.verify_webhook(h, b, datetime.now(UTC)) for h, b in sent_about(desk.server, number)]
    assert {event.ticket_id for event in events} == {number}
    assert {"Create", "Comment"} <= {event.kind for event in events}
    assert len({event.id for event in events}) == len(events)
    headers, body = sent_about(desk.server, number)[0]
    with pytest.raises(WebhookRefused):
        helpdesk.verify_webhook(headers, body.replace(b"Create", b"Delete"), datetime.now(UTC))


@on_rt
async def test_a_reply_of_staff_is_not_the_customers_word(desk, helpdesk):
    number = await desk.new_ticket("Order #1042: one mug is cracked.")
    await desk.say_as_customer(number, "We look into it.")  # sent by RT's own user, so it is the shop's
    ticket = await helpdesk.get_ticket(number)
    assert [(m.text, m.from_customer) for m in ticket.messages] == [
        ("Order #1042: one mug is cracked.", True),
        ("We look into it.", False),
    ]
