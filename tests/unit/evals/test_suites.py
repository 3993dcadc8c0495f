"""Our own cases: many, each about something of its own, and the real shop's made the same way every time."""

import json
from collections import Counter

import pytest

from evals.likeness import near_copies
from evals.retail.__main__ import retail_cases
from evals.suites import CASES, SUITES, case_files, read_all, suite_of
from tests.unit.evals.papers import a_case, an_order, json_lines, the_case


@pytest.fixture(scope="module")
def cases():
    return read_all([CASES])


def test_there_are_at_least_two_hundred_and_each_suite_has_its_share(cases):
    assert len(cases) >= 200
    counts = Counter(suite_of(case) for case in cases)
    assert set(counts) == set(SUITES)
    assert min(counts.values()) >= 10


def test_no_case_is_a_copy_of_another(cases):
    assert list(near_copies(cases)) == []


def test_a_case_with_everything_renamed_is_a_copy():
    line = {**an_order()["lines"][0], "sku": "HAT", "title": "Straw hat"}
    turns = [{"say": "refund one wool scarf on 1001 for Noor, changed mind"}, {"event": "confirm"}]
    one = the_case(*turns)
    renamed = [{"say": "refund one straw hat on 2002 for Omar, changed mind"}, {"event": "confirm"}]
    other = the_case(
        *renamed, id="case-2", orders=[an_order(number="#2002", customer="Omar Said", lines=[line])]
    )
    assert [pair[:2] for pair in near_copies([one, other])] == [("case-1", "case-2")]
    reason = the_case({"say": "the scarf on 1001 never came"}, {"event": "confirm"}, id="case-3")
    shipped = the_case(*turns, id="case-4", orders=[an_order(lines=[{**line, "fulfilment": "shipped"}])])
    assert list(near_copies([one, reason, shipped])) == []


def test_the_real_shops_cases_are_what_the_slice_gives():
    stored = (CASES / "credit_notes.jsonl").read_text(encoding="utf-8").splitlines()
    made = [json.dumps(case, ensure_ascii=False) for case in retail_cases()]
    assert made == stored, "run: python -m evals.retail > evals/datasets/cases/credit_notes.jsonl"
    assert len(made) >= 25


def test_a_folder_is_the_case_files_in_it(tmp_path):
    (tmp_path / "b").mkdir()
    json_lines(tmp_path / "b" / "two.jsonl", a_case(id="two"))
    json_lines(tmp_path / "one.jsonl", a_case(id="one"))
    (tmp_path / "notes.txt").write_text("no case")
    assert [path.name for path in case_files([tmp_path])] == ["two.jsonl", "one.jsonl"]
    assert [case.id for case in read_all([tmp_path])] == ["two", "one"]


def test_one_id_in_two_files_is_refused(tmp_path):
    json_lines(tmp_path / "a.jsonl", a_case())
    json_lines(tmp_path / "b.jsonl", a_case())
    with pytest.raises(ValueError, match=r"b\.jsonl:1: id: 'case-1' is a case of .*a\.jsonl too"):
        read_all([tmp_path])
