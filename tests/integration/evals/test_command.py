"""`desk evals`: traces in case order, files that do not fit refused, runs kept, gone on with, reported and compared."""

import json
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from evals.cli import app
from evals.gate import Baseline
from tests.unit.evals.papers import a_case, json_lines

REFUSED = {"proposal": None, "refused_with": "proposal_not_found"}
NOTHING_SHOWN = {"event": "confirm"}
REFUND = {"say": "refund one wool scarf on 1001, he changed his mind"}


def evals(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


def ran(*arguments):
    return evals("run", *arguments)


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


def test_traces_of_cases_with_expectations_of_somebody_elses_are_printed(tmp_path):
    path = json_lines(tmp_path / "cases.jsonl", a_case(NOTHING_SHOWN, expect={"theirs": 1}))
    assert ran(path, "--json").exit_code == 0
    assert ran(path, "--out", tmp_path / "run").exit_code == 2


def test_a_run_says_how_many_came_out_as_expected_and_leaves_its_report(cases, tmp_path):
    out = tmp_path / "run"
    result = ran(cases, "--jobs", 1, "--out", out)
    assert result.exit_code == 0
    assert "4 of 4" in result.stdout
    assert json.loads((out / "summary.json").read_text())["share"]["passed"] == 4
    assert ElementTree.parse(out / "junit.xml").getroot().get("tests") == "4"
    assert (out / "report.html").read_text().startswith("<!doctype html>")


def test_a_case_that_comes_out_differently_fails_the_run(tmp_path):
    path = json_lines(tmp_path / "cases.jsonl", a_case(NOTHING_SHOWN, expect={"executed": True}))
    result = ran(path, "--out", tmp_path / "run")
    assert result.exit_code == 1
    assert "executed: False" in result.stdout


def test_a_file_that_does_not_fit_is_refused_and_nothing_runs(tmp_path):
    path = json_lines(tmp_path / "cases.jsonl", a_case(), a_case(id="case-2", colour="red"))
    result = ran(path, "--json")
    assert result.exit_code == 2
    assert f"{path}:2: colour: " in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    result = ran(tmp_path / "none.jsonl", "--out", tmp_path / "run")
    assert result.exit_code == 2
    assert "none.jsonl: No such file" in result.stderr


@pytest.mark.parametrize("arguments", [["--url", "http://127.0.0.1:1"], ["--reader", "model"]])
@pytest.mark.parametrize("form", ["--json", "--out"])
def test_what_a_run_cannot_do_is_said_before_anything_runs(cases, tmp_path, arguments, form):
    result = ran(cases, *([form] if form == "--json" else [form, tmp_path / "run"]), *arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [["--json", "--repeat", 2], ["--vary", "nonsense"]])
def test_options_that_do_not_go_together_are_refused(cases, arguments, tmp_path):
    assert ran(cases, "--out", tmp_path / "run", *arguments).exit_code == 2


def test_repeats_and_other_words_are_told_apart_and_the_same_twice(tmp_path):
    expect = {"executed": True, "paid": {"EUR": "32.00"}}
    path = json_lines(tmp_path / "cases.jsonl", a_case(REFUND, NOTHING_SHOWN, expect=expect))
    result = ran(path, "--repeat", 2, "--vary", "order of facts", "--jobs", 1, "--out", tmp_path / "run")
    assert result.exit_code == 0, result.stdout
    lines = (tmp_path / "run" / "records.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert [(r["variant"], r["attempt"]) for r in records] == [
        ("clean", 1),
        ("clean", 2),
        ("order of facts", 1),
        ("order of facts", 2),
    ]
    traces = [{**r["trace"], "seconds": 0} for r in records]
    assert traces[0] == traces[1]
    assert traces[2]["turns"][0]["input"]["say"] == "he changed his mind, refund one wool scarf on 1001"
    assert "pass^2  1.000" in result.stdout


def test_a_run_goes_on_where_it_was_stopped(cases, tmp_path):
    out = tmp_path / "run"
    assert ran(cases, "--jobs", 1, "--out", out).exit_code == 0
    kept = (out / "records.jsonl").read_text().splitlines()
    marked = json.loads(kept[0])
    marked["trace"]["reader"] = "kept from before"
    (out / "records.jsonl").write_text(json.dumps(marked) + "\n" + kept[1][:40])
    assert ran(cases, "--jobs", 1, "--out", out, "--resume").exit_code == 0
    records = [json.loads(line) for line in (out / "records.jsonl").read_text().splitlines()]
    assert [record["case"] for record in records] == [f"case-{n}" for n in range(4)]
    assert [record["trace"]["reader"] for record in records] == [
        "kept from before",
        "local",
        "local",
        "local",
    ]
    other = json_lines(tmp_path / "other.jsonl", a_case(NOTHING_SHOWN, id="other"))
    assert ran(other, "--out", out, "--resume").exit_code == 2


def test_two_runs_are_compared_case_by_case(cases, tmp_path):
    before, after = tmp_path / "a", tmp_path / "b"
    ran(cases, "--jobs", 1, "--out", before)
    lines = cases.read_text().replace("proposal_not_found", "proposal_expired", 1)
    cases.write_text(lines)
    ran(cases, "--jobs", 1, "--out", after)
    result = evals("compare", before, after)
    assert result.exit_code == 1
    assert "1 broke" in result.stdout
    assert "case-0 | clean | 1" in result.stdout
    mended = evals("compare", after, before, "--json")
    assert mended.exit_code == 0
    assert [flip["key"] for flip in json.loads(mended.stdout)["mended"]] == ["case-0 | clean | 1"]
    assert evals("compare", before, tmp_path / "none").exit_code == 2


def test_the_gate_tells_a_figure_a_line_and_records_only_when_told_to(tmp_path, monkeypatch):
    from evals.cli import gating

    (tmp_path / "cases").mkdir()
    json_lines(tmp_path / "cases" / "c.jsonl", a_case(NOTHING_SHOWN, theme="conversation", expect=REFUSED))
    recorded: list[Baseline] = []
    nothing = Baseline(passing=[], suites={}, questions=9, turns_to_resolution=9, varied=0, quality={})
    monkeypatch.setattr(gating, "CASES", tmp_path / "cases")
    monkeypatch.setattr(gating, "try_all", lambda reader: iter(()))
    monkeypatch.setattr(gating, "read_baseline", lambda: nothing)
    monkeypatch.setattr(gating, "write_baseline", recorded.append)
    result = evals("gate", "--out", tmp_path / "gate", "--jobs", 1)
    assert result.exit_code == 1
    assert "\ncases 1 200 short\n" in result.stdout
    assert "\nharm_paid_twice 0 0 ok\n" in result.stdout
    assert "\ncontrol_paid_twice 0 1 short  # no control\n" in result.stdout
    assert recorded == []
    evals("gate", "--out", tmp_path / "gate", "--jobs", 1, "--record")
    assert [baseline.passing for baseline in recorded] == [["case-1"]]


def test_the_schema_is_printed():
    assert json.loads(evals("schema").stdout)["title"] == "CaseShape"
