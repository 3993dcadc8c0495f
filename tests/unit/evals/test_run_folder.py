"""A run can be stopped at any moment and goes on where it was; it never goes on with something else."""

import pytest

from evals.runs.folder import NoRun, Plan, RunFolder
from tests.unit.evals.runs import a_record

PLAN = Plan(reader="local", jobs=["a | clean | 1", "b | clean | 1"], cases="x")


@pytest.fixture
def folder(tmp_path):
    place = RunFolder(tmp_path / "run")
    place.begin(PLAN, resume=False)
    return place


def test_what_was_finished_is_there_after_an_interruption(folder):
    folder.keep(a_record("b"))
    assert list(folder.begin(PLAN, resume=True)) == ["b | clean | 1"]


def test_a_line_that_was_cut_off_is_done_again(folder):
    folder.keep(a_record("b"))
    with (folder.path / "records.jsonl").open("a") as file:
        file.write('{"key": "a | clean')
    assert list(folder.begin(PLAN, resume=True)) == ["b | clean | 1"]


def test_without_resume_it_begins_anew(folder):
    folder.keep(a_record("b"))
    assert folder.begin(PLAN, resume=False) == {}
    assert folder.records() == []


def test_a_run_of_other_cases_is_not_gone_on_with(folder):
    with pytest.raises(NoRun, match="other cases or options"):
        folder.begin(PLAN.model_copy(update={"cases": "y"}), resume=True)


def test_at_the_end_records_stand_in_the_order_of_the_plan(folder):
    folder.keep(a_record("b"))
    folder.keep(a_record("a"))
    assert [record.case for record in folder.finish(PLAN)] == ["a", "b"]
    assert [record.case for record in folder.records()] == ["a", "b"]


def test_a_folder_without_a_run_is_said_so(tmp_path):
    with pytest.raises(NoRun, match="holds no run"):
        RunFolder(tmp_path).records()


def test_what_comes_after_a_cut_off_line_is_kept(folder):
    (folder.path / "records.jsonl").write_text('{"key": "a | clean')
    folder.begin(PLAN, resume=True)
    folder.keep(a_record("a"))
    assert [record.case for record in folder.records()] == ["a"]
