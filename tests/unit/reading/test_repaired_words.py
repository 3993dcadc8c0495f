"""Figures that tell a fall in price, lists of orders, papers that follow, and waivers told with a wish."""

from __future__ import annotations

from typing import Any

import pytest

from agent.commands import SlotValue
from agent.reading.clauses.split import split_clauses
from agent.reading.facts.slots import fact_slots
from agent.reading.facts.waivers import waived
from agent.reading.text.wording import word
from agent.reading.values.quantities import left_over
from agent.reading.values.spans import find_order_refs, find_spans
from agent.reading.words.act import Open
from agent.reading.words.signals import Signals, signals_of

_KNOWN = frozenset({"3301", "3302", "3303"})


def _signals(text: str) -> Signals:
    spans = find_spans(text)
    return signals_of(word(text, spans, frozenset()), spans)


def _amounts(text: str) -> list[str]:
    return [s.value["value"] for s in find_spans(text) if s.kind == "money" and s.value["kind"] == "exact"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("the rug is 15 less on our site now, match the price", ["15"]),
        ("the quilt is 9 cheaper since yesterday", ["9"]),
        ("paid 60, now it is 15 cheaper, refund the difference", ["15"]),
        ("20 cheaper elsewhere, give 10 as goodwill", ["10"]),
        ("pay her the 10 price difference", ["10"]),
    ],
)
def test_how_far_a_price_fell_is_an_amount_and_counts_no_goods(text: str, amounts: list[str]) -> None:
    assert _amounts(text) == amounts
    assert not [span for span in find_spans(text) if span.kind == "quantity"]


@pytest.mark.parametrize("text", ["three less, please", "5 less than before", "two fewer"])
def test_a_number_of_units_less_is_no_fall_in_price(text: str) -> None:
    assert not _amounts(text)


def test_so_before_a_small_number_names_no_sales_order() -> None:
    assert find_order_refs("it went down to 50, so 14 back") == []
    assert find_order_refs("look at SO 4711") == ["4711"]


def test_orders_of_a_list_share_the_wish_said_around_them() -> None:
    text = "shipping cost back on 3301, 3302 and 3303 pls, all three late. only the shipping"
    clauses = split_clauses(text, find_spans(text, known=_KNOWN), frozenset(), Open())
    assert len(clauses) == 1


def test_five_of_six_that_came_leave_one_whatever_the_place_of_only() -> None:
    spans = find_spans("he took six bowls, five only were in the box")
    assert [span.value for span in spans if span.kind == "quantity"] == [1]


def test_what_the_customer_needs_leaves_the_rest_in_words_too() -> None:
    assert [span.value for span in left_over("she only needs four of the six, give her two back")] == [2]


@pytest.mark.parametrize(
    "text", ["carrier and label later", "the return label comes later", "label to follow"]
)
def test_papers_that_follow_are_asked_for_by_nobody_now(text: str) -> None:
    assert "label" not in fact_slots(_signals(text))


def test_goods_thrown_away_are_no_refused_proof_where_a_defect_is_told() -> None:
    assert "evidence" not in fact_slots(_signals("mirror arrived shattered, full refund, she threw it away"))
    both = fact_slots(_signals("arrived shattered, she threw it away so there are no photos"))
    assert both["evidence"].value["kind"] == "none"
    assert fact_slots(_signals("she threw it away"))["evidence"].value["kind"] == "none"


def _facts(**slots: Any) -> dict[str, SlotValue]:
    return {name: SlotValue(value=value, span=span) for name, (value, span) in slots.items()}


def test_a_waiver_keeps_its_reason_and_hands_on_what_the_last_sentence_wishes() -> None:
    text = "I waive it myself: customer since 2015. Nothing comes back, pay the full amount"
    facts = _facts(return_needed=(False, "Nothing comes back"), amount=({"kind": "full"}, "full amount"))
    told = waived(text, facts)
    assert told["waiver_note"].value == "customer since 2015"
    assert set(told) == {"waiver_note", "return_needed", "amount"}


def test_a_sum_in_the_reason_of_a_waiver_is_no_amount() -> None:
    text = "has spent 4000 with us over the years. a fine customer"
    told = waived(text, _facts(amount=({"kind": "exact", "value": "4000", "currency": None}, "4000")))
    assert set(told) == {"waiver_note"}
