"""Returns named by their own number, customers by their names, and what stands behind the words for a customer."""

import pytest

from agent.reading.facts.recorded import told_behind
from agent.reading.values.spans import find_spans
from agent.reading.view import TurnView
from tests.unit.reading.desk_view import hear, order
from tests.unit.reading.heard import values


def of_two(reader, text):
    """A message where nothing is talked about yet, and two orders are loaded for the returns it names."""
    one, other = order("in_transit"), order("approved", number="1044")
    one.returns[0]["id"], other.returns[0]["id"] = "R-71", "R-72"
    return reader.read(TurnView(text=text, orders=[one, other])).commands


def test_a_returns_own_number_tells_what_its_order_stands_at(reader):
    [command] = of_two(reader, "R-71 landed this morning, three plates, like new")
    assert (command.flow.value, command.action) == ("return_progress", "receive")
    assert values(command)["order"] == "R-71"


def test_each_return_of_a_message_is_heard(reader):
    received, cancelled = of_two(reader, "R-71 is here, all three ok. call off R-72")
    assert (received.action, cancelled.action) == ("receive", "cancel")
    assert (values(received)["return_id"], values(cancelled)["return_id"]) == ("R-71", "R-72")


@pytest.mark.parametrize(
    "text",
    [
        "pay Ana out",
        "so lopez can have her cash",
        "Ana gets what is due",
        "settle up with ana",
        "send ana the money",
    ],
)
def test_the_customers_name_stands_for_the_customer(reader, text):
    command = hear(reader, text, "received").commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "refund")


@pytest.mark.parametrize(
    "text", ["how were the plates when they got here?", "did the plates pass inspection?"]
)
def test_how_goods_came_back_is_a_question(reader, text):
    command = hear(reader, text, "received").commands[0]
    assert (command.name, command.topic) == ("AskQuestion", "return_status")


@pytest.mark.parametrize(
    "text",
    [
        "is it too late for her to send it back?",
        "can she still return it after 45 days",
        "who may make an exception?",
    ],
)
def test_the_window_is_asked_about(reader, text):
    command = hear(reader, text).commands[0]
    assert (command.name, command.topic) == ("AskQuestion", "return_window")


def test_what_need_not_come_back_came(reader):
    command = hear(reader, "the lamp need not come back, full price to her").commands[0]
    assert values(command)["return_needed"] is False
    assert "reason" not in values(command)


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("The period has ended. I told him so on the phone just now", "I told him so on the phone just now"),
        ("Sale items stay sold. Passed on to her in the chat", "Passed on to her in the chat"),
        ("Used goods cannot go back. She got this by e-mail at noon.", "She got this by e-mail at noon"),
        ("No photo, no return! customer was informed by phone today", "customer was informed by phone today"),
    ],
)
def test_a_record_behind_the_words(text, record):
    found = told_behind(text)
    assert found is not None
    words, told = found
    assert told == record
    assert words + " " + told in text


@pytest.mark.parametrize(
    "text",
    [
        "The period has ended. We sent you the rules by mail on Monday.",
        "The period has ended. Please tell her by phone",
        "The period has ended. She was not told yet.",
        "She was told by phone",
    ],
)
def test_no_record_where_none_was_told(text):
    assert told_behind(text) is None


@pytest.mark.parametrize(
    "text", ["an adjustment of 120 on 1043", "1043, a claim of 120", "1043: a reduction of 120"]
)
def test_the_size_of_a_sum_is_no_order(text):
    orders = [span.value for span in find_spans(text, "EUR", frozenset({"1043"})) if span.kind == "order"]
    assert orders == ["1043"]


def test_a_returns_number_before_a_month_is_no_date():
    spans = find_spans("R-3 may go ahead", "EUR", frozenset(), frozenset({"r-3"}))
    assert [span.kind for span in spans] == ["return"]
