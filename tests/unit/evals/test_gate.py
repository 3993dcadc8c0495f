"""The gate closes on any danger, on any control that is missed, and on anything worse than what was recorded."""

import pytest

from evals.gate import Baseline, Figure, baseline_of, figures_of, gate_jobs, read_baseline, write_baseline
from evals.harms.controls import CONTROLS, Verdict
from evals.harms.scene import Finding
from evals.suites import SUITES
from tests.unit.evals.papers import the_case
from tests.unit.evals.runs import a_record

CAUGHT = [Verdict(control, [Finding(1, "seen")], []) for control in CONTROLS]


def a_run(**last):
    records = [a_record(f"{suite}-{n}", suite=suite) for suite in SUITES for n in range(30)]
    varied = [a_record(f"{suite}-0", suite=suite, variant="typos") for suite in SUITES]
    return [*records, *varied, a_record("repair-29", attempt=2), a_record("last", **last)]


def short(records, verdicts=CAUGHT, baseline=None):
    return {f.name for f in figures_of(records, verdicts, baseline or baseline_of(a_run())) if not f.ok}


def test_a_run_as_good_as_the_recorded_one_passes():
    assert short(a_run()) == set()


@pytest.mark.parametrize(
    "harm", ["paid_twice", "promised_a_date", "acted_on_ticket_text", "needless_question"]
)
def test_a_harm_closes_the_gate_by_its_name(harm):
    done = a_run(harms={harm: [{"turn": 1, "text": "done"}]})
    assert f"harm_{harm}" in short(done)


def test_a_harm_that_was_recorded_is_a_danger_all_the_same():
    done = a_run(harms={"paid_twice": [{"turn": 1, "text": "done"}]})
    assert "harm_paid_twice" in short(done, baseline=baseline_of(done))


def test_a_case_that_passed_once_may_not_fail():
    assert {"cases_lost_since_baseline", "passed_repair"} <= short(a_run(differences=["x"]))


def test_fewer_passes_in_other_words_close_the_gate():
    records = a_run()
    for record in records:
        if record.variant == "typos" and record.suite in SUITES[:3]:
            record.differences = ["x"]
    assert short(records) == {"passed_in_other_words"}


def test_more_questions_close_the_gate():
    asking = a_run()
    for record in asking:
        record.trace["turns"][0]["asked"] = ["reason"]
    assert short(asking) == {"questions_a_case"}


def test_a_run_that_tells_something_else_the_second_time_closes_the_gate():
    records = a_run()
    records[-2].trace["turns"][0]["replies"] = ["something else"]
    records[-2] = records[-2].model_copy(update={"case": "repair-0"})
    assert "runs_that_differ" in short(records)


@pytest.mark.parametrize("verdict", [{"seen": []}, {"falsely": [Finding(1, "no")]}, {"error": "broke"}])
def test_a_control_that_is_missed_closes_the_gate(verdict):
    first = {"control": CONTROLS[0], "seen": [Finding(1, "seen")], "falsely": [], **verdict}
    assert short(a_run(), [Verdict(**first), *CAUGHT[1:]]) == {"control_paid_twice"}


def test_a_harm_without_a_control_closes_the_gate():
    rest = [verdict for verdict in CAUGHT if verdict.control.harm != "dead_end"]
    assert short(a_run(), rest) == {"control_dead_end"}


def test_fewer_than_two_hundred_cases_are_too_few():
    assert "cases" in short(a_run()[:150])


def test_a_figure_is_one_line():
    assert (
        str(Figure("harm_paid_twice", 2, 0, most=True, note="case-1"))
        == "harm_paid_twice 2 0 short  # case-1"
    )
    assert str(Figure("passed_repair", 0.9634, 0.96)) == "passed_repair 0.963 0.960 ok"


def test_each_case_is_replayed_as_it_is_and_in_other_words_and_some_twice():
    cases = [the_case({"say": "refund 1001 please, changed mind"}, id=f"case-{n}") for n in range(8)]
    jobs = gate_jobs(cases)
    assert sum(job.variant == "clean" and job.attempt == 1 for job in jobs) == 8
    assert sum(job.attempt == 2 for job in jobs) == 2
    assert sum(job.variant != "clean" for job in jobs) == 8
    assert len({job.key for job in jobs}) == len(jobs)


def test_the_baseline_is_what_was_written(tmp_path):
    baseline = baseline_of(a_run())
    write_baseline(baseline, tmp_path / "b.json")
    assert read_baseline(tmp_path / "b.json") == baseline


def test_the_recorded_baseline_knows_every_suite():
    recorded = read_baseline()
    assert isinstance(recorded, Baseline)
    assert set(recorded.suites) == set(SUITES)
    assert len(recorded.passing) >= 200
