"""Other words for the same: facts, numbers and quoted text stay what they are."""

import pytest

from evals.runs.variants import CLEAN, VARIANTS, one_of, reordered, varied
from tests.unit.evals.papers import an_order, the_case

CASE = the_case(
    {"say": "refund 1001 in full, customer changed his mind, 1001 units were never sent"},
    {"event": "confirm"},
)


def said(case, name, at=0):
    changed = varied(case, name)
    return (changed or case).turns[at].say


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_the_same_every_time_and_changes_only_words(name):
    first, second = varied(CASE, name), varied(CASE, name)
    assert first is not None
    assert first == second
    assert first.turns[1] == CASE.turns[1]
    assert first.model_copy(update={"turns": CASE.turns}) == CASE


def test_only_numbers_of_orders_are_written_differently():
    yen = the_case({"say": "goodwill 1000 JPY on 1001, sku A-1001"}, orders=[an_order(number="1001")])
    assert said(yen, "order as ORD-1042") == "goodwill 1000 JPY on ORD-1001, sku A-1001"
    assert said(yen, "order as #1042") == "goodwill 1000 JPY on #1001, sku A-1001"


def test_facts_change_places():
    assert reordered("refund 1001, changed mind") == "changed mind, refund 1001"
    for alone in ("refund 1001", "reject 1001, note: worn, torn", "is 1001 late, or lost?"):
        assert reordered(alone) == alone


def test_a_pasted_mail_stays_as_it_was_pasted():
    case = the_case({"say": "refund 1001\n> refund 1001 twice, please"})
    assert all(varied(case, name) is None for name in VARIANTS)


def test_a_case_has_one_variant_of_its_own():
    assert one_of(CASE) in VARIANTS
    assert one_of(CASE) == one_of(CASE)
    assert one_of(the_case({"event": "confirm"})) == CLEAN
