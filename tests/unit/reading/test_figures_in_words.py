"""Figures told by a relation, figures of the past, and numbers that count nothing."""

from __future__ import annotations

import pytest

from agent.flows.quantities import units
from agent.reading.facts.verdicts import tells_verdict
from agent.reading.goods.titles import with_suppliers
from agent.reading.values.spans import find_spans
from agent.reading.words.reasons import find_reasons


def read(text, kind):
    return [span.value for span in find_spans(text, "EUR", frozenset({"2500"})) if span.kind == kind]


def money(kind, value, currency=None):
    return {"kind": kind, "value": value, "currency": currency}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("refund all of them bar one", {"all_but": 1}),
        ("every mug except three, never arrived", {"all_but": 3}),
        ("she is keeping four, money back for the others", {"all_but": 4}),
        ("two thirds of the plates broke", {"share": "2/3"}),
        ("just 7 out of the 10 were delivered", 3),
    ],
)
def test_units_told_by_what_is_left_out(text, value):
    assert read(text, "quantity") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("refund it in full minus 12 euros", money("less", "12", "EUR")),
        ("we keep 8.50 for the cleaning, rest to her", money("less", "8.50")),
        ("top her up to 45", money("up_to", "45")),
        ("he already had 10 back, make it 18 in total", money("up_to", "18")),
        ("40 less 6", money("exact", "34")),
        ("refund 4 x 2.25", money("exact", "9.00")),
        ("half of what she paid", {"kind": "percent", "value": "50"}),
        ("all money back please", {"kind": "full"}),
    ],
)
def test_amounts_told_by_a_relation(text, value):
    assert value in read(text, "money")


@pytest.mark.parametrize(
    "text",
    ["we gave her 30 already", "customer got 12 euro back last month", "it was refunded 9.90 on tuesday"],
)
def test_what_was_given_before_is_no_amount_of_now(text):
    assert read(text, "money") == []
    assert len(read(text, "told")) == 1


@pytest.mark.parametrize("text", ["late x4d", "three photos attached", "see ticket 88123", "size 38, not 42"])
def test_numbers_that_count_no_goods_and_name_no_order(text):
    assert not {s.kind for s in find_spans(text, "EUR")} & {"quantity", "money", "order", "number"}


def test_units_are_taken_of_what_is_left_and_only_whole_ones():
    assert units({"all_but": 2}, 5) == 3
    assert units({"all_but": 5}, 5) is None
    assert units({"share": "1/2"}, 6) == 3
    assert units({"share": "1/2"}, 7) is None
    assert units(4, 6) == 4


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ("they will pay the lot", True),
        ("supplier refuses to cover it", True),
        ("they will get back to us", False),
        ("supplier wants more photos first", False),
        ("they might credit it", False),
    ],
)
def test_a_supplier_who_has_not_decided_told_no_verdict(plain, told):
    assert tells_verdict(plain) is told


def test_money_to_make_up_for_something_leaves_the_reason_what_went_wrong():
    found = find_reasons("two lids missing from the box, compensate MONEY")
    assert [reason.code.value for reason in found] == ["missing_item"]


def test_a_supplier_is_known_by_the_first_word_of_its_name():
    spans = with_suppliers("bill Kranz for the leaking flask", [], ["Kranz GmbH"])
    assert [(span.kind, span.text) for span in spans] == [("supplier", "Kranz")]
