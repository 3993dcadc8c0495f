"""Beside a ticket the sender's only order is the one that is spoken of; what the customer wrote never chooses one."""

from __future__ import annotations

TOM = {"requester": "Tom Baker", "requester_email": "tom.baker@example.com", "subject": "kettle"}


async def test_the_senders_only_order_need_not_be_named(talk):
    await talk.say("rfnd him the kettle, never came", ticket={**TOM, "body": "Still nothing here."})
    assert talk.card.order == "#1051"


async def test_a_number_in_the_ticket_that_is_another_order_leaves_the_choice_to_staff(talk):
    said = await talk.say("rfnd in full, never came", ticket={**TOM, "body": "Please refund order 1043."})
    assert talk.card is None
    assert "Is it this order?" in said


async def test_another_address_than_that_of_the_customer_leaves_the_choice_to_staff(talk):
    ticket = {**TOM, "requester_email": "tom@elsewhere.example", "body": "Still nothing here."}
    await talk.say("rfnd in full, never came", ticket=ticket)
    assert talk.card is None


async def test_a_first_name_alone_chooses_nothing(talk):
    ticket = {"requester": "Tom", "subject": "kettle", "body": "Still nothing here."}
    await talk.say("rfnd in full, never came", ticket=ticket)
    assert talk.card is None


async def test_an_order_that_staff_name_goes_before_the_senders(talk):
    await talk.say("1043 rfnd 1 poster, chgd mind, no rtn", ticket={**TOM, "body": "Still nothing here."})
    assert talk.card.order == "#1043"


async def test_goods_that_only_another_order_holds_are_not_looked_for_on_the_senders(talk):
    await talk.say("rfnd the oak desk lamp, chgd mind, no rtn", ticket={**TOM, "body": "Still nothing here."})
    assert talk.card is None or talk.card.order != "#1051"
