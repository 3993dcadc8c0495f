"""A figure put right within a message, and units that the customer keeps."""

from __future__ import annotations

import pytest

from agent.commands import CancelCase, StartFlow
from agent.reading.text.put_right import put_right
from agent.reading.text.wording import word
from agent.reading.values.kept_counts import kept_count, number_kept, taken_from
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView, OrderView, ProposalView, TurnView
from agent.reading.words.order_words import calls_all_off
from agent.reading.words.reasons import find_reasons
from agent.reading.words.same_again import all_the_same
from agent.reading.words.signals import signals_of

KNOWN = frozenset({"4401", "4410"})


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("refund 5 of the cups, no sorry, 2", "refund 2 of the cups"),
        ("six. hang on, I recounted, it's four", "four"),
        (
            "give 30 back on 4401, scratch that, make it 25, it came late",
            "give 25 back on 4401, it came late",
        ),
        ("20 percent off, i mean 10 percent", "10 percent off"),
        ("credit €18, sorry, €16.50", "credit €16.50"),
        ("the lot on 4401, no wait, only two", "two of them on 4401"),
        ("3 bowls, oops, all of them", "all bowls"),
        ("refund the cup on 4401, whoops, 4410, duplicate", "refund the cup on 4410, duplicate"),
        ("cup on 4041, typo, 4401", "cup on 4401"),
    ],
)
def test_the_figure_that_is_meant_takes_the_place_of_the_one_that_was_not(said: str, meant: str) -> None:
    assert put_right(said, KNOWN).text == meant


@pytest.mark.parametrize(
    "said",
    [
        "4 cups, sorry, 3 plates",
        "refund 4401. wait, 4410 first",
        "refund 4401, sorry, 4410 as well",
        "give 20, sorry for the wait, and 5 shipping",
        "she ordered 4, sorry, 3 arrived broken",
        "sorry, 2 units not 3",
        "refund 2 x 9.99, sorry 3",
        "ship 3 back, wait for 2 more",
    ],
)
def test_what_comes_on_top_counts_something_else_or_is_asked_puts_nothing_right(said: str) -> None:
    assert put_right(said, KNOWN).places == ()


def test_spans_are_given_back_in_the_words_that_were_written() -> None:
    heard = put_right("refund 5 of the cups, no sorry, 2", KNOWN)
    assert heard.back("refund 2 of the cups") == "refund 5 of the cups, no sorry, 2"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("he'd like to keep two", 2),
        ("they still want one", 1),
        ("3 stay with him", 3),
        ("she does need four after all", 4),
        ("two he really likes", 2),
        ("she only uses one", 1),
    ],
)
def test_units_that_stay_with_the_customer_are_known_by_their_words(said: str, number: int) -> None:
    found = kept_count(said)
    assert found is not None
    assert number_kept(found) == number


@pytest.mark.parametrize(
    "said",
    [
        "she wants two back",
        "refund one, she keeps it",
        "43 he keeps",
        "all four, he wants rid of them",
        "we keep 5",
    ],
)
def test_units_that_are_wanted_back_or_named_by_size_are_not_kept(said: str) -> None:
    assert kept_count(said) is None


def test_what_is_kept_alone_says_that_the_others_are_meant() -> None:
    alone = [s.value for s in find_spans("cups back, he wants to keep two") if s.kind == "quantity"]
    beside = [s.value for s in find_spans("3 cups back, he wants to keep two") if s.kind == "quantity"]
    assert (alone, beside) == ([{"all_but": 2}], [3])


def test_so_many_less_so_many_is_worked_out_and_less_alone_is_of_all() -> None:
    assert taken_from("9 minus two") == (9, 2)
    assert taken_from("minus one") == (None, 1)
    assert taken_from("nine cups came and one is broken") is None


def test_the_lot_is_called_off_and_a_return_is_not() -> None:
    def heard(text: str) -> bool:
        return calls_all_off(signals_of(word(text, [], frozenset()), []))

    assert heard("scrap the whole lot please")
    assert not heard("cancel the return, all of it")
    assert not heard("cancel everything except the lamp")


def test_money_for_the_trouble_tells_no_reason_beside_a_parcel_that_was_late() -> None:
    assert [r.code.value for r in find_reasons("it reached her two weeks late, 10 for the trouble")] == [
        "late_delivery"
    ]
    assert [r.code.value for r in find_reasons("10 for the trouble")] == ["goodwill"]


def test_the_same_again_is_more_than_the_same_reason() -> None:
    assert all_the_same("same again on 4410")
    assert not all_the_same("the lamp too, same reason")


REQUESTED = OrderView(
    number="#2720",
    currency="EUR",
    customer="Ida Holt",
    lines=[LineView(id="l1", sku="COAT", title="Rain coat", quantity=1)],
    returns=[{"id": "R-5", "status": "requested"}],
)


@pytest.mark.parametrize(
    "text", ["stop, reject it instead, it was worn outside", "no wait, turn it down, she wore it"]
)
def test_an_approval_is_turned_into_a_rejection_with_its_reason(reader, text):
    card = ProposalView(kind="review_return", order="#2720", write="approve_return", lines={"l1": 1})
    view = TurnView(text=text, order=REQUESTED, orders=[REQUESTED], proposal=card, flow="review_return")
    command = reader.read(view).commands[0]
    assert isinstance(command, StartFlow)
    assert command.instead
    assert command.slots["decision"].value == "reject"
    assert command.slots["reject_reason"].value == "used_or_altered"


@pytest.mark.parametrize("text", ["leave 2720 alone after all", "don't touch 2720 for now"])
def test_an_order_left_alone_withdraws_its_card(reader, text):
    card = ProposalView(kind="direct_refund", order="#2720", amount="30.00", write="refund", lines={"l1": 1})
    view = TurnView(text=text, order=REQUESTED, orders=[REQUESTED], proposal=card, flow="direct_refund")
    assert isinstance(reader.read(view).commands[0], CancelCase)
