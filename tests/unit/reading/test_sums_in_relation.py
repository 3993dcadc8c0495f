"""Figures and words that only make sense beside another, and words written so short that figures hang on them."""

from __future__ import annotations

from typing import Any

import pytest

from agent.reading.text.spelled import spelled
from agent.reading.values.spans import find_spans
from agent.reading.words.supplier_notes import notes_of
from tests.unit.reading.test_repaired_words import _signals


def _money(text: str) -> list[tuple[str, str]]:
    return [(s.value["kind"], s.value.get("value", "")) for s in find_spans(text) if s.kind == "money"]


def _units(text: str) -> list[Any]:
    return [s.value for s in find_spans(text) if s.kind == "quantity"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("she needs only one skein of it, not four, money back for the others", 3),
        ("wanted two lamps and not five", 3),
        ("meant just 1, instead of 3", 2),
    ],
)
def test_what_was_wanted_and_not_counts_what_is_too_many(text: str, units: int) -> None:
    assert _units(text)[:1] == [units]


@pytest.mark.parametrize(
    "text",
    [
        "give her back 3... no wait, it's only two she doesn't want",
        "give her back 4, hang on, sorry, two units",
        "refund 3 – no, make that two of them",
    ],
)
def test_a_figure_that_is_taken_back_at_once_is_no_sum(text: str) -> None:
    assert _money(text) == []
    assert 2 in _units(text)


def test_of_those_that_are_not_wanted_nothing_came_less() -> None:
    assert _units("bought five, it's only three she doesn't want") == [3]
    assert _units("bought five, only three came") == [2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("now 69 on the site, give her the difference", [("down_to", "69")]),
        ("it's 45 in the sale now, refund the difference please", [("down_to", "45")]),
        ("she paid 60, refund the difference", []),
        ("give her the difference of 12", [("exact", "12")]),
        ("he paid 89 and two days later it's 74 on our own site, send him the difference", [("exact", "15")]),
    ],
)
def test_a_price_of_today_says_what_a_price_fell_to(text: str, told: list[tuple[str, str]]) -> None:
    assert _money(text) == told


def test_short_words_are_written_out_and_their_place_is_known() -> None:
    heard = spelled("rfnd evrythg incl shpg, sry 8 nt 5")
    assert heard.text == "rfnd everything incl shipping, sorry 8 not 5"
    assert heard.back("everything incl shipping") == "evrythg incl shpg"
    assert heard.back("8 not 5") == "8 nt 5"
    assert heard.back("rfnd") == "rfnd"
    assert heard.back("what was never said") == "what was never said"


def test_names_and_addresses_are_no_short_words() -> None:
    assert spelled("mail bth@shop.example about dat/7").places == ()


@pytest.mark.parametrize(
    "text",
    [
        "speaker is refunded, now I'd like our product cost back from the supplier, the full 31.40",
        "9120 lamp: want our money bk frm supplier, prod cost, all 14.30",
    ],
)
def test_a_wish_is_no_note_for_the_supplier(text: str) -> None:
    assert notes_of(_signals(text)) is None


def test_what_happened_is_the_note_for_the_supplier() -> None:
    told = notes_of(
        _signals("9120 lamp, product cost back from the supplier, all 14.30, base came in two pieces")
    )
    assert told is not None
    assert told.value == "base came in two pieces"
