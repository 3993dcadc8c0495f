"""What is left of an order without its customer, field by field, so that a new field cannot be forgotten."""

from datetime import UTC, datetime
from enum import Enum
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from domain.orders.erasure import erase_customer, on_its_way, plain_method
from domain.orders.model import Order
from domain.proposals.registry import WRITES
from domain.proposals.words import CODES, WORDED_REASONS, WORDS, without_words
from domain.refunds.model import RefundStatus
from domain.returns.model import ReturnStatus
from domain.supplier_reviews.model import ReviewStatus
from tests.builders import a_refund, a_return, a_review, an_order

KEPT = {
    # ids, codes, hashes, and names of things and of the shop's own people
    "id", "merchant_id", "number", "currency", "sku", "title", "variant", "supplier", "carrier", "provider",
    "provider_ref", "line", "lines", "payment", "evidence", "account", "settles_return", "proposed_by",
    "confirmed_by", "sha256", "media_type", "source", "added_by", "made_by", "retracted_by", "initiated_by",
    "window_override_by", "requested_by",
}  # fmt: skip


def filled(kind: Any, name: str = "") -> Any:
    """A value of that type with the field's name in every text."""
    origin, arguments = get_origin(kind), [a for a in get_args(kind) if a is not type(None)]
    if origin is list:
        return [filled(arguments[0], name)]
    if origin is dict:
        return {}
    if arguments:
        return filled(arguments[0], name)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind(**{key: filled(field.annotation, key) for key, field in kind.model_fields.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    simple = {str: f"canary {name}", int: 1, bool: False, datetime: datetime(2026, 1, 1, tzinfo=UTC)}
    return simple[kind]


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for part in value.values() for found in texts(part)]
    if isinstance(value, list):
        return [found for part in value for found in texts(part)]
    return [value] if isinstance(value, str) else []


def test_only_ids_codes_and_names_of_things_are_left():
    order = filled(Order)
    assert "canary address" in texts(order.model_dump(mode="json"))
    erase_customer(order)
    left = {text.removeprefix("canary ") for text in texts(order.model_dump(mode="json")) if "canary" in text}
    assert left - {"method"} - KEPT == set()


def test_erasing_twice_is_erasing_once():
    order = filled(Order)
    erase_customer(order)
    once = order.model_copy(deep=True)
    erase_customer(order)
    assert order == once


@pytest.mark.parametrize(
    ("method", "plain"),
    [
        ("Visa ending 4242", "Visa"),
        ("Visa ending in 4242", "Visa"),
        ("Mastercard **** 5100", "Mastercard"),
        ("Amex •••• 1005", "Amex"),
        ("SEPA direct debit", "SEPA direct debit"),
        ("4242 4242 4242 4242", "card"),
    ],
)
def test_a_payment_method_loses_its_digits(method, plain):
    assert plain_method(method) == plain


def test_what_is_on_its_way_is_named():
    order = an_order()
    assert on_its_way(order) == []
    a_refund(order, status=RefundStatus.UNKNOWN)
    a_return(order, ReturnStatus.IN_TRANSIT)
    a_review(order, ReviewStatus.UNDER_REVIEW)
    assert on_its_way(order) == [
        "a refund is unknown",
        "a return is in_transit",
        "a supplier review is under_review",
    ]


def text_fields(model: type[BaseModel]) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        kinds = [field.annotation, *get_args(field.annotation)]
        kinds += [inner for kind in kinds for inner in get_args(kind)]
        if str in kinds:
            found.add(name)
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                found |= text_fields(kind)
    return found


@pytest.mark.parametrize("kind", WRITES, ids=lambda kind: kind.value)
def test_every_text_of_a_payload_is_either_somebodys_words_or_a_code(kind):
    unsorted = text_fields(WRITES[kind].payload) - WORDS - CODES
    assert unsorted == set(), "enter these in domain/proposals/words.py"


def test_the_trail_keeps_figures_and_codes_and_says_how_long_the_words_were():
    payload = {
        "amount": 5,
        "reason": "other",
        "note": "she is called Zoë",
        "waiver": {"by": "sam", "note": "ok"},
    }
    kept = {
        "amount": 5,
        "reason": "other",
        "note": "[17 characters]",
        "waiver": {"by": "sam", "note": "[2 characters]"},
    }
    assert without_words("refund", payload) == kept
    assert {without_words(kind, {"reason": "Zoë"})["reason"] for kind in WORDED_REASONS} == {"[3 characters]"}
