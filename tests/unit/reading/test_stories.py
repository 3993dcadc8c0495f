"""What a message tells before it wishes: denied, owned, befallen somebody, or said of another order."""

import pytest

from agent.reading.clauses.stories import asked_part
from agent.reading.facts.verdicts import says_why
from agent.reading.text.quoting import split_quoted
from agent.reading.values.money import money_spans
from agent.reading.values.spans import find_spans
from agent.reading.words.decisions import decision_of
from agent.reading.words.reasons import find_reasons


@pytest.mark.parametrize(
    "text",
    [
        "so obviously not paying the full amount",
        "we are not giving him the whole price",
        "she already got all her money from us",
        "he of course got the full amount",
    ],
)
def test_the_whole_is_not_paid_where_it_is_denied_or_was_given_before(text):
    assert money_spans(text) == []


def test_the_whole_is_paid_where_it_is_wished_after_a_denial_of_something_else():
    spans = money_spans("the parcel did not arrive, refund the full amount")
    assert [span.value for span in spans] == [{"kind": "full"}]


@pytest.mark.parametrize(
    "plain",
    [
        "everybody got wet and her uncle sneezed",
        "we could not start the computers",
        "nothing is wrong with the train",
        "it was not their fault at all",
        "painted the walls to match and all",
    ],
)
def test_no_reason_is_read_from_what_befell_people_or_is_denied(plain):
    assert find_reasons(plain) == []


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ("the kettle does not start", "defective"),
        ("she got a wet book", "damaged"),
        ("what we put in the parcel was something else", "wrong_item"),
        ("they want us to match the price", "price_adjustment"),
    ],
)
def test_the_same_words_of_the_goods_are_a_reason(plain, code):
    assert code in [reason.code.value for reason in find_reasons(plain)]


def test_what_breaks_beside_goods_that_are_fine_is_no_defect_of_theirs():
    told = "the phone line was dead. nothing is wrong with the train. as a gesture"
    assert [reason.code.value for reason in find_reasons(told)] == ["goodwill"]


def test_a_thing_that_cannot_be_done_is_no_question():
    told = decision_of("i can't take this one, please decline")
    assert told is not None
    assert told.value == "reject"
    assert decision_of("can't we approve it") is None


def test_a_sum_beside_a_known_order_is_no_order():
    spans = find_spans("give her 140 for the delay", "GBP", frozenset({"3456"}))
    assert [span.kind for span in spans if span.text == "140"] == ["money"]


def test_units_the_customer_owns_anyway_are_not_those_meant():
    spans = find_spans("she ordered a press by accident, she has three of them. refund it")
    assert [span for span in spans if span.kind == "quantity"] == []


def test_what_the_customer_shall_read_stays_with_the_writers_words():
    text = 'to the customer: "We are sorry, your coat shows clear signs of wear." I sent it by email'
    assert split_quoted(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "why"),
    [("product cost, all of it", False), ("the full cost", False), ("arrived six weeks late", True)],
)
def test_how_much_is_claimed_does_not_say_why(text, why):
    assert says_why(text) is why


def test_only_what_is_asked_is_looked_up():
    assert asked_part("I am new here. Her chair came late. What counts as proof?") == "What counts as proof?"
    assert asked_part("what counts as proof") == "what counts as proof"
