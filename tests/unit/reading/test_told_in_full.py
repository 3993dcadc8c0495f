"""Whole sentences that tell a story first: sums and counts in words, what is past, kept, or only spoken of."""

from __future__ import annotations

import pytest

from agent.reading.cards.lowered import why_lower
from agent.reading.facts.inspection import part_of
from agent.reading.goods.items import mentions_of
from agent.reading.goods.meant import meant
from agent.reading.text.numerals import word_value
from agent.reading.values.orders_meant import meant_orders
from agent.reading.values.spans import find_spans
from agent.reading.values.tracking import went_with
from agent.reading.view import LineView
from agent.reading.words.reasons import find_reasons


def _sums(text: str) -> list[object]:
    return [
        span.value.get("value", span.value["kind"])
        for span in find_spans(text, "EUR")
        if span.kind == "money"
    ]


def _counts(text: str) -> list[object]:
    return [span.value for span in find_spans(text, "EUR") if span.kind == "quantity"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-five", 25),
        ("a hundred", 100),
        ("one hundred and forty", 140),
        ("two hundred and five", 205),
        ("one thousand two hundred", 1200),
        ("three thousand and ninety nine", 3099),
        ("a lamp", None),
    ],
)
def test_a_number_in_words_is_read_to_its_end(words: str, value: int | None) -> None:
    assert word_value(words) == value


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("he is owed one hundred and twelve pounds for it", ["112"]),
        ("our fee of six euros fifty", ["6.50"]),
        ("she gets thirty-five euros and fifty cents", ["35.50"]),
        ("she should have the whole fifty-seven fifty.", ["57.50"]),
        ("nineteen ninety-nine back please", ["19.99"]),
        ("we gave Ida Holm twenty euros a fortnight ago, please add thirty euros", ["30"]),
    ],
)
def test_a_sum_in_words_is_never_a_part_of_itself_nor_one_of_the_past(text: str, sums: list[str]) -> None:
    assert _sums(text) == sums


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("one of Vera Lind's two vases is too small", [1]),
        ("she has four chairs, but three of them are too low", [3]),
        ("of the three herb pots only two made it to him", [1]),
        ("one of the two never turned up in the parcel", [1]),
        ("a colleague already put through a refund for one of them, do the remaining two", [2]),
        ("it'll never come at all", []),
    ],
)
def test_units_are_those_that_are_meant(text: str, counts: list[int]) -> None:
    assert _counts(text) == counts


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("he has been waiting for ages for the pan that he never received", ["not_received"]),
        ("the tracking has been dead for two weeks", ["not_received"]),
        ("he has apologised, but it came a week after the trip", ["late_delivery"]),
        ("let's make up for the delay with 30", ["late_delivery"]),
        ("the bank had a fault which is solved now", []),
        ("the scratch-free chair", []),
        ("please add the missing MONEY", []),
    ],
)
def test_a_reason_is_one_of_the_goods_and_the_customer(text: str, codes: list[str]) -> None:
    assert [found.code.value for found in find_reasons(text)] == codes


def test_goods_of_the_wish_go_before_those_of_the_story() -> None:
    lines = [
        LineView(id="M", sku="M", title="Yoga mat", quantity=1),
        LineView(id="B", sku="B", title="Cork block", quantity=2),
    ]
    text = "She ordered a yoga mat and two cork blocks. Nothing is packed, so please cancel a single block."
    assert [one.lines for one in meant(text, mentions_of(text, lines))] == [["B"]]
    back = "The mat came. The block is too small, so I'd like to give her the money back for that one."
    assert [one.lines for one in meant(back, mentions_of(back, lines))] == [["B"]]


def test_the_first_of_two_orders_is_the_one_that_is_meant() -> None:
    text = "He ordered twice, 4619 and 4620. The pan on the first one never arrived, so he gets it back."
    orders = [span for span in find_spans(text) if span.kind == "order"]
    assert meant_orders(text, orders) == ["4619"]


def test_counts_of_a_box_that_add_up_to_what_was_told_first_are_all_of_it() -> None:
    entry = part_of("four glasses: two are fine, one is broken, and the fourth simply is missing")
    assert entry is not None
    assert {name: entry[name] for name in ("good", "damaged", "missing")} == {
        "good": 2,
        "damaged": 1,
        "missing": 1,
    }


def test_why_less_is_paid_is_the_damage_and_no_wish() -> None:
    told = (
        "One is like new, but the other one has a big dent that wasn't there before. "
        "So it comes to 72, please get it ready"
    )
    assert why_lower(told) == "the other one has a big dent that wasn't there before"


def test_a_carrier_that_no_list_knows_is_called_by_its_name() -> None:
    assert went_with("She says it went with Instabox, there's a locker near her office") == "Instabox"
    assert went_with("no idea") == ""
