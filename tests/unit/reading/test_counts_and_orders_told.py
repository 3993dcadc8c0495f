"""Figures told beside another, goods and orders that are named and not meant."""

from __future__ import annotations

import pytest

from agent.reading.goods.items import mentions_of
from agent.reading.goods.meant import meant
from agent.reading.values.orders_meant import meant_orders, parts_by_order
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView
from agent.reading.words.reasons import find_reasons

KNOWN = frozenset({"6300", "6301"})
LINES = [
    LineView(id="h", sku="HAT", title="Felt hat", quantity=1),
    LineView(id="b", sku="BRU", title="Hat brush", quantity=1),
    LineView(id="s", sku="SCA", title="Scarf", quantity=2),
]


def read(text, kind):
    return [span.value for span in find_spans(text, "EUR", KNOWN) if span.kind == kind]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("he ordered nine tiles, just six in the crate", 3),
        ("paid for 4, got 3", 1),
        ("10 tiles bought but only 7 arrived", 3),
    ],
)
def test_what_did_not_come_is_what_was_bought_less_what_came(text, missing):
    assert read(text, "quantity") == [missing]


@pytest.mark.parametrize("text", ["she ordered 9 tiles, 2 were chipped", "9 tiles ordered, 2 came cracked"])
def test_how_many_were_bought_counts_no_units_beside_those_it_happened_to(text):
    assert read(text, "quantity") == [2]


def test_a_number_bought_too_many_stays_a_count():
    assert read("she ordered 3 tiles by mistake", "quantity") == [3]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("paid 80.00, it is 65.50 now, refund the difference", ["14.50"]),
        ("65.50 today and she paid 80.00 last week, give her the difference", ["14.50"]),
        ("bought 2 tiles at 80.00, now 65.50, refund the difference", []),
    ],
)
def test_the_difference_of_two_prices_is_given_where_it_is_of_one_thing(text, amounts):
    assert [value["value"] for value in read(text, "money")] == amounts


def test_a_figure_that_repeats_a_count_is_no_amount():
    assert read("four scarves too short, refund 4", "money") == []


@pytest.mark.parametrize(
    "text", ["450 back on 6300", "all 450 to her on 6300", "refund the full 450 on 6300"]
)
def test_a_sum_given_back_is_no_order(text):
    assert read(text, "order") == ["6300"]


def named(text):
    return sorted({line for one in meant(text, mentions_of(text, LINES)) for line in one.lines})


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("the scarf never came, the brush did. money for the scarf", ["s"]),
        ("scarf and brush came late. refund the scarf", ["s"]),
        ("just the brush then, the scarf is out", ["b"]),
        ("the scarf is fine but the brush broke", ["b"]),
        ("scarf and brush never came", ["b", "s"]),
        ("the scarf is torn. refund the brush too", ["b", "s"]),
    ],
)
def test_goods_that_are_only_told_of_are_not_meant(text, lines):
    assert named(text) == lines


def test_a_thing_is_called_by_what_it_is():
    assert [mention.lines for mention in mentions_of("refund the hat", LINES)] == [["h"]]


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("6300 stays, refund 6301", ["6301"]),
        ("6301 is a copy of 6300, refund it", ["6301"]),
        ("6300 and 6301 are the same. void 6300", ["6300"]),
        ("6300 and 6301 are duplicates, refund the second one", ["6301"]),
        ("refund 6300 and 6301", ["6300", "6301"]),
        ("6300 never came, refund. 6301 too late, refund", ["6300", "6301"]),
    ],
)
def test_an_order_that_stays_is_not_meant(text, orders):
    spans = [span for span in find_spans(text, "EUR", KNOWN) if span.kind == "order"]
    assert meant_orders(text, spans) == orders


def test_every_order_has_its_own_part_of_the_message():
    text = "6300 never came, full refund. 6301 8 off as goodwill"
    assert parts_by_order(text, find_spans(text, "EUR", KNOWN)) == [text.index("6301")]
    both = "refund 6300 and 6301. both late"
    assert parts_by_order(both, find_spans(both, "EUR", KNOWN)) == []


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ("he's gone off the scarf", "changed_mind"),
        ("the milk has gone off", "defective"),
        ("it's huge on her", "size_or_fit"),
        ("parcel was a scarf short", "missing_item"),
        ("got a navy scarf, she'd ordered the green", "wrong_item"),
    ],
)
def test_reasons_in_idioms(plain, code):
    assert find_reasons(plain)[0].code.value == code


def test_a_mix_up_of_mails_is_no_wrong_item():
    assert find_reasons("bit of a mix up with our emails") == []
