"""The figures of a run: shares, pass^k, percentiles, and what a summary counts."""

import doctest

import pytest

from evals.runs import statistics
from evals.runs.comparing import compared
from evals.runs.same import different
from evals.runs.statistics import pass_hat, pass_hat_interval, percentile, wilson
from evals.runs.summary import summed_up
from tests.unit.evals.runs import CONFIRM, a_record, a_refund, a_trace, a_turn

HARM = {"paid_twice": [{"turn": 1, "text": "twice"}]}
MISSED = ["executed: False, wanted True"]


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(statistics).failed == 0


@pytest.mark.parametrize(
    ("passed", "count", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_wilsons_interval_is_the_textbooks(passed, count, low, high):
    assert list(wilson(passed, count)) == pytest.approx([low, high], abs=1e-4)


def test_nothing_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)
    assert percentile([], 0.5) == 0


def test_pass_hat_k_is_the_chance_that_all_k_pass():
    assert [pass_hat(3, 4, k) for k in (1, 2, 3, 4)] == [0.75, 0.5, 0.25, 0.0]


def test_the_interval_of_pass_hat_k_is_the_same_every_time():
    cases = [(4, 4)] * 15 + [(2, 4)] * 5
    mean, low, high = pass_hat_interval(cases, 2)
    assert (mean, low, high) == pass_hat_interval(cases, 2)
    assert low < mean < high
    assert mean == pytest.approx((15 + 5 / 6) / 20)


def test_a_summary_counts_each_case_once():
    turns = [
        a_turn(asked=["reason", "line"]),
        a_turn(proposals=[a_refund()]),
        a_turn(CONFIRM, proposals=[a_refund(state="executed")]),
    ]
    summary = summed_up(
        [
            a_record("a", trace=a_trace(*turns)),
            a_record("b", differences=MISSED, suite="limits and four eyes"),
            a_record("b", attempt=2, suite="limits and four eyes"),
            a_record("a", variant="typos", differences=MISSED),
        ]
    )
    assert (summary.cases, summary.replays, summary.share.passed) == (2, 4, 1)
    assert [suite.suite for suite in summary.suites] == ["repair", "limits and four eyes"]
    assert summary.failed == ["b"]
    assert summary.figures.questions == 1.0
    assert summary.figures.turns_to_resolution == 3
    typos = summary.variants[0]
    assert (typos.variant, typos.drop, typos.lost) == ("typos", 1.0, ["a"])
    assert [told.k for told in summary.passes] == [1]


def test_a_harm_is_counted_wherever_it_was_done():
    summary = summed_up([a_record("a"), a_record("a", variant="typos", harms=HARM)])
    assert {harm.harm: harm.jobs for harm in summary.harms}["paid_twice"] == ["a | typos | 1"]
    assert summary.share.passed == 1


def test_costs_add_up_where_every_call_has_one():
    def used(cost):
        usage = {"calls": 1, "prompt_tokens": 700, "completion_tokens": 30, "cost": cost}
        return {"usage": usage, "turn_seconds": [0.1]}

    both = summed_up([a_record("a", beside=used("0.0010")), a_record("b", beside=used("0.0003"))]).figures
    assert (both.calls, both.prompt_tokens, both.completion_tokens, both.cost) == (2, 1400, 60, "0.0013")
    assert (
        summed_up([a_record("a", beside=used("0.0010")), a_record("b", beside=used(None))]).figures.cost
        is None
    )


def test_a_comparison_shows_what_flipped_and_why():
    before = [a_record("a"), a_record("b", differences=MISSED), a_record("c")]
    after = [a_record("a", harms=HARM), a_record("b"), a_record("d")]
    found = compared(before, after)
    assert [flip.key for flip in found.broke] == ["a | clean | 1"]
    assert found.broke[0].reasons == ["paid_twice: twice"]
    assert [(flip.key, flip.reasons) for flip in found.mended] == [("b | clean | 1", MISSED)]
    assert found.new_harms == ["paid_twice in a | clean | 1"]
    assert (found.only_before, found.only_after) == (["c | clean | 1"], ["d | clean | 1"])
    assert found.is_worse
    assert not compared(after, after).is_worse


def test_two_replays_differ_by_anything_but_their_seconds():
    first, second = a_record("a"), a_record("a", attempt=2)
    second.trace["seconds"] = 99
    assert different([first, second]) == []
    second.trace["turns"][0]["replies"] = ["something else"]
    assert different([first, second]) == ["a | clean"]
