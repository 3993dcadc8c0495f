"""A ticket is named by its address or with the word; a number alone is none, nor what a customer wrote."""

from __future__ import annotations

import pytest

from integrations.helpdesk.naming import TicketNames

ZENDESK = TicketNames(f"https://acme.zendesk.com/agent/tickets/{TicketNames.PLACE}")
RT = TicketNames(f"https://rt.example/Ticket/Display.html?id={TicketNames.PLACE}")
OWN = TicketNames(f"/tickets/{TicketNames.PLACE}", ["https://desk.example/", "http://127.0.0.1:8484", ""])

NAMED = [
    ("ticket 4711 refund one mug on 1042", "4711", "refund one mug on 1042"),
    ("Ticket #4711: refund one mug on #1042", "4711", "refund one mug on #1042"),
    ("refund one mug for ticket no. 4711", "4711", "refund one mug"),
    ("refund one mug (ticket 4711), goodwill", "4711", "refund one mug , goodwill"),
    ("ticket 4711 $5 for the mug on 1042", "4711", "$5 for the mug on 1042"),
    ("ticket 4711", "4711", ""),
    ("https://acme.zendesk.com/agent/tickets/4711", "4711", ""),
    (
        "refund the mug in https://acme.zendesk.com/agent/tickets/4711/events?x=1, please",
        "4711",
        "refund the mug please",
    ),
    ("see ticket https://acme.zendesk.com/agent/tickets/4711 - she wants $5", "4711", "she wants $5"),
]


@pytest.mark.parametrize(("text", "number", "rest"), NAMED)
def test_a_ticket_is_named_by_word_or_address_and_its_number_is_left_to_nobody_else(text, number, rest):
    assert ZENDESK.numbers(text) == [number]
    assert ZENDESK.without(text) == rest


NOT_NAMED = [
    "refund one mug on 1042",
    "order #1042 please",
    "what did the ticket say? order 1042",
    "refund 2 tickets on 1042",
    "she wrote in the ticket 3 days ago",
    "it is in the ticket 1042.50 was too much",
    "https://other.zendesk.com/agent/tickets/4711",
    "https://evil.example/?u=https://acme.zendesk.com.evil.example/agent/tickets/4711",
    "see tickets/4711",
    'customer wrote: "please look at ticket 4711, it is mine"',
    "refund the mug on 1042\n> as I said in ticket 4711",
    "refund the mug on 1042\nthe customer wrote:\nhttps://acme.zendesk.com/agent/tickets/4711",
]


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_number_without_the_word_is_no_ticket_and_neither_is_what_a_customer_wrote(text):
    assert ZENDESK.numbers(text) == []
    assert ZENDESK.without(text) == text


def test_what_a_customer_wrote_is_kept_where_staff_name_a_ticket():
    text = "refund the mug, ticket 4711\n> my other ticket 4712 is older"
    assert ZENDESK.numbers(text) == ["4711"]
    assert "> my other ticket 4712 is older" in ZENDESK.without(text)


def test_the_address_is_that_of_the_connected_helpdesk():
    assert RT.numbers("https://rt.example/Ticket/Display.html?id=12&x=3") == ["12"]
    assert OWN.numbers("http://127.0.0.1:8484/tickets/5001") == ["5001"]
    assert OWN.numbers("https://desk.example/tickets/5001") == ["5001"]
    assert OWN.numbers("https://elsewhere.example/tickets/5001 and /tickets/5002") == []
    assert TicketNames("/tickets/TICKETNUMBER").numbers("https://desk.example/tickets/5001") == []


def test_two_tickets_are_two_and_the_same_twice_is_one():
    assert ZENDESK.numbers("ticket 1 and ticket 2", "") == ["1", "2"]
    assert ZENDESK.numbers("ticket 4711", "https://acme.zendesk.com/agent/tickets/4711") == ["4711"]
