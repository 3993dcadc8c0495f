"""Figures that take the place of others, waivers told by what led to them, and goods that only say why."""

from __future__ import annotations

import pytest

from agent.reading.answers.numbers import told_instead
from agent.reading.facts.figures_said import distinct, figures
from agent.reading.text.wording import word
from agent.reading.values.spans import find_spans
from agent.reading.words.evidence_words import waiver_of
from agent.reading.words.signals import Signals, signals_of


def _signals(text: str) -> Signals:
    spans = find_spans(text, "EUR")
    return signals_of(word(text, spans, frozenset()), spans)


@pytest.mark.parametrize(
    ("text", "value"),
    [("ah no, 3 not 30", "3"), ("not 30 but 4", "4"), ("no, three", "3"), ("sorry i meant 5", "5")],
)
def test_the_new_figure_takes_the_place_of_the_old(text: str, value: str) -> None:
    found = told_instead(_signals(text))
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("text", ["4 or 5", "she waited 3 weeks for it", "no fee"])
def test_no_figure_is_taken_where_none_takes_the_place_of_another(text: str) -> None:
    assert told_instead(_signals(text)) is None


def test_a_number_said_twice_is_one() -> None:
    assert len(distinct(figures(_signals("only 2 are bad, change to 2")))) == 1


def test_a_waiver_has_the_reason_that_led_to_it() -> None:
    assert waiver_of("I saw the crack myself on the call, so waive the evidence").value == (
        "I saw the crack myself on the call"
    )


def test_that_no_proof_comes_is_no_reason_for_a_waiver() -> None:
    assert waiver_of("she won't send any photos so waive it").value is True
