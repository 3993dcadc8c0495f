"""`desk evals run` prints traces in case order, refuses files that do not fit, and fails where a case does."""

import json

import pytest
from typer.testing import CliRunner

from evals.cli import app
from tests.unit.evals.papers import a_case, json_lines

REFUSED = {"proposal": None, "refused_with": "proposal_not_found"}
NOTHING_SHOWN = {"event": "confirm"}


def ran(*arguments):
    return CliRunner().invoke(app, ["run", *map(str, arguments)])


@pytest.fixture
def cases(tmp_path):
    made = [a_case(NOTHING_SHOWN, id=f"case-{n}", expect=REFUSED) for n in range(4)]
    return json_lines(tmp_path / "cases.jsonl", *made)


@pytest.mark.parametrize("jobs", [1, 2])
def test_traces_stand_in_the_order_of_the_cases(cases, jobs):
    result = ran(cases, "--json", "--jobs", jobs)
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [f"case-{n}" for n in range(4)]
    assert "4/4 case-3" in result.stderr


def test_the_table_says_how_many_came_out_as_expected(cases):
    result = ran(cases, "--jobs", 1)
    assert result.exit_code == 0
    assert "4 of 4" in result.stdout


def test_a_case_that_comes_out_differently_fails_the_run(tmp_path):
    path = json_lines(tmp_path / "cases.jsonl", a_case(NOTHING_SHOWN, expect={"executed": True}))
    result = ran(path)
    assert result.exit_code == 1
    assert "executed: False" in result.stdout


def test_a_file_that_does_not_fit_is_refused_and_nothing_runs(tmp_path):
    path = json_lines(tmp_path / "cases.jsonl", a_case(), a_case(id="case-2", colour="red"))
    result = ran(path, "--json")
    assert result.exit_code == 2
    assert f"{path}:2: colour: " in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    assert ran(tmp_path / "none.jsonl").exit_code == 2


@pytest.mark.parametrize("arguments", [["--url", "http://127.0.0.1:1"], ["--reader", "model"]])
def test_what_a_run_cannot_do_is_said_before_anything_runs(cases, arguments):
    result = ran(cases, "--json", *arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert result.stdout == ""
