"""The shape of an order document: what it takes, and how it says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from domain.orders.document import read_document
from domain.rules import Refused
from integrations.demo.shop import ORDERS
from integrations.intake.schema import schema_text
from tests.unit.intake.papers import a_line, a_paper, paid, refusals

ROOT = Path(__file__).resolve().parents[3]


def test_every_field_that_does_not_fit_is_named_at_once_with_its_path():
    document = a_paper(currency="euro", lines=[a_line(), a_line(quantity=0, unit_price=5)], colour="red")
    with pytest.raises(Refused) as refusal:
        read_document(document)
    named = {(v.code.value, v.field) for v in refusal.value.violations}
    assert named == {
        ("field_invalid", "currency"),
        ("field_invalid", "lines[1].quantity"),
        ("field_invalid", "lines[1].unit_price"),
        ("field_invalid", "colour"),
    }


@pytest.mark.parametrize("amount", [20, 20.5, True, None, ["20"], {"minor": 2000}])
def test_an_amount_is_a_string_and_nothing_else(amount):
    assert refusals(payments=paid("20.00"), shipping=amount) == [("field_invalid", "shipping")]


@pytest.mark.parametrize("amount", ["1,50", "1e3", "", "EUR 5", "0x10", "-1", "nan"])
def test_an_amount_is_a_plain_decimal_that_is_not_negative(amount):
    assert refusals(shipping=amount) == [("field_invalid", "shipping")]


def test_more_decimals_than_the_currency_has_are_an_error_and_never_rounded():
    lines = [a_line(unit_price="10.5")]
    assert refusals(currency="JPY", lines=lines, payments=paid("10.5")) == [
        ("amount_precision", "lines[0].unit_price"),
        ("amount_precision", "payments[0].captured"),
    ]


def test_amounts_everywhere_in_the_history_are_checked_in_the_same_breath():
    found = refusals(
        shipping="1.005",
        refunds=[{"amount": "x", "lines": [{"sku": "NONE", "qty": 1, "amount": "1.001"}]}],
        returns=[{"lines": [{"sku": "CUP", "qty": 1}], "return_fee": "-1"}],
        supplier_reviews=[{"lines": ["CUP"], "kind": "adjustment", "requested": "1.111", "notes": "n"}],
    )
    assert found == [
        ("amount_precision", "shipping"),
        ("field_invalid", "refunds[0].amount"),
        ("amount_precision", "refunds[0].lines[0].amount"),
        ("field_invalid", "returns[0].return_fee"),
        ("amount_precision", "supplier_reviews[0].requested"),
        ("line_not_found", "refunds[0].lines[0].sku"),
    ]


@pytest.mark.parametrize("placed", ["2026-02-20", "2026-02-20T10:00:00", 1700000000, "yesterday"])
def test_an_instant_has_an_offset(placed):
    assert refusals(placed_at=placed) == [("field_invalid", "placed_at")]


def test_an_order_cannot_be_placed_in_the_future():
    assert refusals(placed_at="2027-01-01T00:00:00Z") == [("field_invalid", "placed_at")]


def test_an_unknown_currency_is_refused():
    assert refusals(currency="ABC") == [("field_invalid", "currency")]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_no_database_takes_is_refused(text):
    assert refusals(note=text) == [("field_invalid", "note")]


@pytest.mark.parametrize("number", ["", "  ", "#", "# "])
def test_a_number_says_something(number):
    assert refusals(number=number) == [("field_invalid", "number")]


def test_amounts_no_order_has_are_refused_before_they_reach_a_column():
    found = refusals(lines=[a_line(quantity=1_000_000_000, unit_price="999999999999.00")])
    assert found == [("field_invalid", "lines[0].unit_price")]


@pytest.mark.parametrize("value", [None, [], "text", 5])
def test_what_is_no_object_is_refused(value):
    with pytest.raises(Refused) as refusal:
        read_document(value)
    assert refusal.value.violations[0].field == "document"


def test_the_schema_in_the_documentation_is_the_one_that_is_checked():
    stored = (ROOT / "docs" / "order-document.schema.json").read_text(encoding="utf-8")
    assert stored == schema_text(), (
        "run: python -m integrations.intake.schema > docs/order-document.schema.json"
    )


def test_the_demo_orders_and_both_names_of_a_quantity_keep_to_the_schema():
    schema = jsonschema.Draft202012Validator(json.loads(schema_text()))
    for line in ORDERS.read_text(encoding="utf-8").splitlines():
        schema.validate(json.loads(line))
    short = a_paper(refunds=[{"amount": "1.00", "lines": [{"sku": "CUP", "qty": 1}]}])
    schema.validate(short)
    assert read_document(short).refunds[0].lines[0].quantity == 1


def test_the_example_in_the_documentation_is_a_good_document():
    text = (ROOT / "docs" / "orders.md").read_text(encoding="utf-8")
    example = text.split("```json\n", 1)[1].split("```", 1)[0]
    assert read_document(json.loads(example)).number == "#1042"
