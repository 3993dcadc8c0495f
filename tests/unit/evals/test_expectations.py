"""What a case may expect is written down; what nobody can mean is refused with file, line and field."""

import jsonschema
import pytest
import yaml

from evals.beside import Beside
from evals.case_files import BadCaseFile, read_cases
from evals.cases import case_schema
from evals.expect import differences, steps_of
from evals.suites import CASES, case_files
from tests.unit.evals.papers import a_case, json_lines
from tests.unit.evals.runs import CONFIRM, a_refund, a_trace, a_turn, an_end, paid

BESIDE = Beside.model_validate(
    {
        "audit": [
            {"kind": "proposal.opened", "subject": "p1", "actor": "actor"},
            {"kind": "proposal.confirmed", "subject": "p1", "actor": "actor"},
        ],
        "paid": [{"refund": "p1", "key": "p1", "amount": "32.00", "currency": "EUR", "status": "succeeded"}],
    }
)
TRACE = a_trace(
    a_turn(
        tools=[{"name": "find_order", "kind": "READ", "ok": True}],
        asked=["reason"],
        refused=[{"code": "note_required"}],
    ),
    a_turn(proposals=[a_refund()], drafts=["Dear Noor"], handoff="supervisor"),
    a_turn(CONFIRM, proposals=[a_refund(state="executed")]),
    end=an_end(paid(), proposals={"executed": 1}),
)
STEPS = [
    "tool:find_order", "refused:note_required", "asked:reason", "opened:refund", "draft", "handoff:supervisor",
    "executed:refund",
]  # fmt: skip


def problems(path):
    with pytest.raises(BadCaseFile) as caught:
        read_cases(path)
    return {problem.field: problem for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("expect", "field"),
    [
        ({"propsal": None}, "expect.propsal"),
        ({"proposal": {"ammount": "1.00"}}, "expect.proposal.ammount"),
        ({"proposal": {"amount": 1.0}}, "expect.proposal.amount"),
        ({"proposal": {"kind": "gift"}}, "expect.proposal.kind"),
        ({"refused_with": "no_such_rule"}, "expect.refused_with"),
        ({"commands": ["Confirm"]}, "expect.commands[0]"),
        ({"steps": ["refunds it"]}, "expect.steps[0]"),
        ({"turns": [{"turn": 2, "drafts": 1}]}, "expect.turns[0].turn"),
        ({"turns": [{"turn": 1, "db": {}}]}, "expect.turns[0].db"),
        ({"states": {"done": 1}}, "expect.states.done"),
    ],
)
def test_an_expectation_nobody_can_mean_is_refused(tmp_path, expect, field):
    case = a_case({"say": "x"}, expect=expect)
    found = problems(json_lines(tmp_path / "c.jsonl", a_case(id="fine"), case))
    assert field in found, found
    assert found[field].line == 2
    assert str(found[field]).startswith(f"{tmp_path / 'c.jsonl'}:2: {field}: ")


def test_in_yaml_it_is_refused_at_its_own_line(tmp_path):
    path = tmp_path / "c.yaml"
    written = yaml.safe_dump([a_case({"say": "x"}, expect={"executed": True})], sort_keys=False)
    path.write_text(written.replace("executed: true", "exekuted: true"))
    line = path.read_text().splitlines().index("    exekuted: true") + 1
    found = problems(path)["expect.exekuted"]
    assert (found.line, found.message) == (line, "no such expectation")


def test_a_case_of_somebody_elses_is_read_whatever_it_expects(tmp_path):
    path = json_lines(tmp_path / "c.jsonl", a_case(expect={"theirs": 1}))
    assert read_cases(path, judged=False)[0].expect == {"theirs": 1}


def test_the_published_schema_takes_our_cases_and_refuses_a_misspelt_expectation():
    check = jsonschema.Draft202012Validator(case_schema())
    for path in case_files([CASES]):
        for case in read_cases(path):
            check.validate(case.model_dump(mode="json", exclude_unset=True, by_alias=True))
    assert not check.is_valid(a_case({"say": "x"}, expect={"propsal": None}))
    assert check.is_valid(a_case({"say": "x"}, expect={"proposal": None}))


def test_steps_are_told_in_order():
    assert list(steps_of(TRACE["turns"])) == STEPS


@pytest.mark.parametrize(
    "expect",
    [
        {"steps": ["asked:reason", "opened:refund", "executed:refund"]},
        {"tools": ["find_order"], "must_not_tool": ["propose_refund"]},
        {"audit": ["proposal.opened", "proposal.confirmed"]},
        {"paid": {"EUR": "32.00"}},
    ],
)
def test_what_came_as_expected_has_no_differences(expect):
    assert differences(expect, TRACE, BESIDE) == []


@pytest.mark.parametrize(
    "expect",
    [
        {"steps": ["opened:refund", "asked:reason"]},
        {"steps": ["executed:refund", "executed:refund"]},
        {"tools": ["propose_refund"]},
        {"must_not_tool": ["find_order"]},
        {"audit": ["proposal.confirmed", "proposal.opened"]},
        {"paid": {}},
        {"paid": {"EUR": "64.00"}},
    ],
)
def test_what_came_otherwise_is_told(expect):
    assert len(differences(expect, TRACE, BESIDE)) == 1
