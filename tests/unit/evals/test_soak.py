"""What a soak's samples say: growth after the warm-up is seen, and a warm-up or one odd sample is not taken for it."""

from __future__ import annotations

import pytest

from evals.bench.process import Holding
from evals.soak.judge import Sample, TooShort, judged

MB = 1_000_000


def samples(memory, files=lambda at: 40, threads=lambda at: 11, errors=lambda at: 0, count=60):
    return [
        Sample(
            30.0 * at, Holding(int(memory(at) * MB), files(at), threads(at), 0), turns=9, errors=errors(at)
        )
        for at in range(count)
    ]


def short(found):
    return [figure.name for figure in judged(found) if not figure.ok]


def test_a_run_that_stays_where_it_is_after_its_warm_up_is_fine():
    assert short(samples(lambda at: 200 + 20 * min(at, 8))) == []


def test_memory_that_grows_evenly_by_a_sixth_in_the_run_is_short():
    assert short(samples(lambda at: 300 + at)) == ["soak_memory_ratio"]


def test_one_sample_in_the_middle_of_something_is_not_taken_for_growth():
    assert short(samples(lambda at: 900 if at in (45, 59) else 300)) == []


def test_memory_that_grows_late_for_good_is_short():
    assert short(samples(lambda at: 300 if at < 42 else 360)) == ["soak_memory_ratio"]


@pytest.mark.parametrize(("kind", "figure"), [("files", "soak_more_files"), ("threads", "soak_more_threads")])
def test_six_more_files_or_threads_at_the_end_are_short_and_five_are_not(kind, figure):
    assert short(samples(lambda at: 300, **{kind: lambda at: 40 if at < 40 else 46})) == [figure]
    assert short(samples(lambda at: 300, **{kind: lambda at: 40 if at < 40 else 45})) == []


def test_a_single_error_and_a_run_without_turns_are_short():
    assert short(samples(lambda at: 300, errors=lambda at: int(at == 3))) == ["soak_errors"]
    silent = [Sample(each.second, each.held) for each in samples(lambda at: 300)]
    assert short(silent) == ["soak_turns"]


def test_too_few_samples_are_refused():
    with pytest.raises(TooShort, match="11 samples"):
        judged(samples(lambda at: 300, count=11))
