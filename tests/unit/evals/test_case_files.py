"""Case files are read as they are meant, or refused with everything that is wrong."""

import json
from pathlib import Path

import pytest
import yaml

from evals.case_files import BadCaseFile, read_cases
from evals.cases import Confirm, Say, case_schema
from tests.unit.evals.papers import a_case, an_order, json_lines

ROOT = Path(__file__).resolve().parents[3]
OWN = sorted((ROOT / "evals" / "datasets" / "cases").iterdir())


def problems_of(path):
    with pytest.raises(BadCaseFile) as caught:
        read_cases(path)
    return {problem.field: problem for problem in caught.value.problems}


def test_json_lines_and_yaml_say_the_same(tmp_path):
    case = a_case({"say": "refund it"}, {"event": "confirm", "proposal": 1})
    lines = json_lines(tmp_path / "cases.jsonl", case)
    written = tmp_path / "cases.yaml"
    written.write_text(yaml.safe_dump([case]), encoding="utf-8")
    assert read_cases(lines) == read_cases(written)
    assert [type(turn) for turn in read_cases(lines)[0].turns] == [Say, Confirm]


def test_blank_lines_are_no_cases(tmp_path):
    path = json_lines(tmp_path / "cases.jsonl", a_case())
    path.write_text("\n" + path.read_text() + "\n\n")
    assert len(read_cases(path)) == 1


def test_every_problem_is_named_with_file_line_and_field(tmp_path):
    broken = a_case({"say": 5}, {"event": "dance"}, extra=1, actor={"role": "boss"})
    path = json_lines(tmp_path / "cases.jsonl", a_case(), broken)
    found = problems_of(path)
    assert set(found) == {"turns[0].say", "turns[1]", "extra", "actor.role"}
    assert {problem.line for problem in found.values()} == {2}
    assert str(found["extra"]).startswith(f"{path}:2: extra: ")


def test_in_yaml_the_line_is_the_fields_own(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(
        "- id: x\n  theme: t\n  actor:\n    role: agent\n    hat: red\n  orders: []\n  turns: []\n"
    )
    found = problems_of(path)
    assert found["actor.hat"].line == 5
    assert found["orders"].line == 6


def test_a_null_is_as_good_as_nothing(tmp_path):
    assert read_cases(
        json_lines(tmp_path / "a.jsonl", a_case(ticket=None, merchant=None, orders=[an_order(note=None)]))
    ) == read_cases(json_lines(tmp_path / "b.jsonl", a_case()))


def test_amounts_are_texts_and_never_numbers(tmp_path):
    order = an_order(payments=[{"method": "visa", "captured": 64.0}])
    assert "orders[0].payments[0].captured" in problems_of(
        json_lines(tmp_path / "c.jsonl", a_case(orders=[order]))
    )


def test_decimals_that_the_currency_does_not_have_are_refused(tmp_path):
    order = an_order(currency="JPY", payments=[{"method": "visa", "captured": "10.5"}])
    found = problems_of(json_lines(tmp_path / "c.jsonl", a_case(orders=[order])))
    assert "orders[0].payments[0].captured" in found


def test_prior_refunds_are_named_as_the_file_names_them(tmp_path):
    refund = {"amount": "1.00", "status": "succeeded", "lines": [{"sku": "HAT", "qty": 1}]}
    found = problems_of(json_lines(tmp_path / "c.jsonl", a_case(orders=[an_order(prior_refunds=[refund])])))
    assert set(found) == {"orders[0].prior_refunds[0].lines[0].sku"}


def test_a_setting_that_does_not_exist_is_refused(tmp_path):
    path = json_lines(tmp_path / "c.jsonl", a_case(merchant={"settings": {"be_nice": True}}))
    assert set(problems_of(path)) == {"merchant.settings.be_nice"}


def test_a_photo_threshold_is_an_amount_like_any_other(tmp_path):
    settings = {"settings": {"photo_required_above": {"EUR": "50.00"}}}
    assert read_cases(json_lines(tmp_path / "c.jsonl", a_case(merchant=settings)))


def test_a_change_names_an_order_of_the_case_and_is_one_change(tmp_path):
    other = {"event": "order_changed", "order": "#2", "change": {"address": "x"}}
    two = {"event": "order_changed", "order": "#1001", "change": {"address": "x", "fulfilment": {}}}
    path = json_lines(tmp_path / "c.jsonl", a_case(two), a_case(other, id="case-2"))
    assert set(problems_of(path)) == {"turns[0].change", "turns[0].order"}


def test_two_cases_of_one_id_are_refused(tmp_path):
    assert set(problems_of(json_lines(tmp_path / "c.jsonl", a_case(), a_case()))) == {"id"}


def test_a_key_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "a", "id": "b"}\n')
    assert set(problems_of(path)) == {"id"}


@pytest.mark.parametrize("text", ["{", "[]", '"case"', "\x00"])
def test_what_is_no_case_is_refused(tmp_path, text):
    path = tmp_path / "c.jsonl"
    path.write_text(text)
    assert problems_of(path)


def test_a_history_the_page_would_refuse_is_no_fault_of_the_file(tmp_path):
    refund = {"amount": "100.00", "status": "succeeded", "lines": []}
    assert read_cases(json_lines(tmp_path / "c.jsonl", a_case(orders=[an_order(prior_refunds=[refund])])))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_own_case_files_fit(path):
    assert read_cases(path)


def test_no_two_of_our_own_cases_have_the_same_id():
    ids = [case.id for path in OWN for case in read_cases(path)]
    assert len(ids) == len(set(ids))


def test_each_of_our_own_cases_expects_something():
    assert [case.id for path in OWN for case in read_cases(path) if not case.expect] == []


def test_the_published_schema_is_the_models():
    stored = (ROOT / "docs" / "cases.schema.json").read_text(encoding="utf-8")
    assert json.loads(stored) == case_schema(), "run: python -m evals.cases > docs/cases.schema.json"
