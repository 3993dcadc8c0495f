"""Money and units told in other words: one too many, sums that count no goods, goods and freight left alone."""

from __future__ import annotations

import pytest

from agent.reading.goods.items import mentions_of, names_pair
from agent.reading.goods.left_out import without_left_out
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView
from agent.reading.words.reasons import find_reasons

HAT = LineView(id="h", sku="HAT", title="Felt hat", quantity=2)
GLOVES = LineView(id="g", sku="GLO", title="Ski gloves", quantity=2)
SCARF = LineView(id="s", sku="SCA", title="Scarf", quantity=3)


def read(text, kind):
    return [span.value for span in find_spans(text, "EUR") if span.kind == kind]


def amounts(text):
    return [value["value"] for value in read(text, "money")]


@pytest.mark.parametrize(
    ("text", "too_many"),
    [
        ("bought two tiles but meant one", 1),
        ("she took 5 tiles though she needed only three, refund", 2),
        ("wanted 4 tiles but clicked 6", 2),
        ("unpacked 7 floor tiles, paid for nine", 2),
    ],
)
def test_what_was_not_wanted_or_not_there_is_the_rest_of_what_was_bought(text, too_many):
    assert read(text, "quantity") == [too_many]


@pytest.mark.parametrize(
    "text", ["ordered 6 tiles, received 2 cracked tiles", "ordered 6 tiles, received 2 chipped"]
)
def test_units_that_came_broken_are_not_taken_off_what_was_bought(text):
    assert read(text, "quantity") == [2]


def test_a_bare_figure_below_what_was_bought_counts_units():
    text = "bought eight tiles, changed her mind, refund 3"
    assert read(text, "quantity") == [3]
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("send her 20 today, the rest later", ["20"]),
        ("he gets 15 as price match, found it 15 cheaper", ["15"]),
        ("give her 200 yens", ["200"]),
        ("she will send 2 today", []),
        ("no half yens, 500 yen then", ["500"]),
    ],
)
def test_a_figure_of_money_counts_no_goods(text, sums):
    assert amounts(text) == sums
    assert not [value for value in read(text, "quantity") if isinstance(value, dict)]


def test_only_one_of_something_is_a_count_and_the_only_one_is_none():
    assert read("no, only one candle", "quantity") == [1]
    assert read("the only one broken", "quantity") == []


@pytest.mark.parametrize(
    "text",
    [
        "drop the hats. scarf she has and keeps",
        "hats please, the scarf stays with her",
        "refund the hats and leave the scarf alone",
    ],
)
def test_goods_that_are_left_alone_are_not_refunded(text):
    kept = without_left_out(text, mentions_of(text, [HAT, SCARF]))
    assert {line for one in kept for line in one.lines} == {"h"}


def test_goods_that_stay_are_meant_where_nothing_else_is_named():
    text = "10 off, the scarf stays with her"
    kept = without_left_out(text, mentions_of(text, [HAT, SCARF]))
    assert {line for one in kept for line in one.lines} == {"s"}


@pytest.mark.parametrize(
    ("text", "line", "both"),
    [
        ("the hats", HAT, True),
        ("refund hats", HAT, False),
        ("a hat", HAT, False),
        ("the gloves", GLOVES, False),
        ("the scarfs", SCARF, False),
    ],
)
def test_a_plural_means_both_only_where_there_are_two_of_a_thing(text, line, both):
    assert names_pair(text, line) is both


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bought two tiles but meant one", "ordered_by_mistake"),
        ("duplicate, and we said keep both", "duplicate"),
        ("it is stuck somewhere and never arrived", "not_received"),
        ("the lid is stuck", "defective"),
        ("something for the wait, it was days late", "late_delivery"),
        ("10 for the wait", "goodwill"),
        ("the ladle wasn't in the carton", "missing_item"),
        ("ordered 6 tiles but got 4", "missing_item"),
        ("not packed yet and no longer wanted", "changed_mind"),
    ],
)
def test_why_money_goes_back_is_read_from_what_happened(text, reason):
    assert find_reasons(text)[0].code.value == reason
