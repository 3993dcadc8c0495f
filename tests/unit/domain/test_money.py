"""Money in whole minor units. Order page, section 1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import (
    EXPONENTS,
    AmountFormat,
    AmountPrecision,
    Money,
    UnknownCurrency,
    format_minor,
    parse_minor,
    percent_of,
    round_half_up,
    share_out,
)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("4800", "JPY", 4800),
        ("1.234", "KWD", 1234),
        ("10.00", "JPY", 10),
        ("-0.5", "USD", -50),
    ],
)
def test_a_decimal_text_is_read_to_the_minor_unit(text, currency, minor):
    assert parse_minor(text, currency) == minor


@pytest.mark.parametrize(("text", "currency"), [("10.5", "JPY"), ("1.005", "USD"), ("0.0001", "KWD")])
def test_more_decimals_than_the_currency_has_are_an_error_and_never_rounded(text, currency):
    with pytest.raises(AmountPrecision):
        parse_minor(text, currency)


@pytest.mark.parametrize("text", ["", "12,50", "1e3", "NaN", "inf", "0x10", "1 000", "--1", "12.", "1" * 16])
def test_what_is_no_plain_decimal_is_an_error(text):
    with pytest.raises(AmountFormat):
        parse_minor(text, "EUR")


def test_an_unknown_currency_is_an_error():
    with pytest.raises(UnknownCurrency):
        Money.parse("1", "XYZ")


@given(st.integers(-(10**12), 10**12), st.sampled_from(sorted(EXPONENTS)))
def test_what_is_written_is_read_again(minor, currency):
    assert parse_minor(format_minor(minor, currency), currency) == minor


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_shares_add_up_and_each_is_within_one_of_its_part(total, weights):
    shares = share_out(total, weights)
    assert sum(shares) == total
    whole = sum(weights) or len(weights)
    for share, weight in zip(shares, weights if sum(weights) else [1] * len(weights), strict=True):
        assert abs(share * whole - total * weight) < whole


def test_ties_go_to_the_earlier_one():
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(5, [0, 0]) == [3, 2]
    assert share_out(-5, [1, 1]) == [-3, -2]
    assert share_out(5, []) == []


@pytest.mark.parametrize(
    ("percent", "of", "expected"), [("12.5", 100, 13), ("12.4", 100, 12), ("50", 1, 1), ("0", 9, 0)]
)
def test_a_percentage_is_rounded_half_up(percent, of, expected):
    assert percent_of(of, percent) == expected


def test_a_percentage_is_a_plain_decimal():
    with pytest.raises(AmountFormat):
        percent_of(100, "10%")


def test_halves_go_up():
    assert [round_half_up(n, 2) for n in (1, 2, 3)] == [1, 1, 2]
    assert round_half_up(1, 0) == 0
