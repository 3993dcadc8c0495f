"""The rows of refunds, reversals and supplier recoveries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.balances.model import Account
from domain.balances.postings import refund_postings, reversal_postings, supplier_recovery_posting
from domain.balances.settlement import payment_settlement
from domain.refunds.model import Funding
from tests.builders import NOW, a_payment, a_refund, an_order


def a_funded_refund():
    order = an_order(payments=[a_payment("visa", 5000)])
    refund = a_refund(order, 5000)
    refund.funding = [
        Funding(account=Account.PENDING_SETTLEMENT, amount=3000, payment="visa"),
        Funding(account=Account.AVAILABLE, amount=2000),
    ]
    return order, refund


def test_each_funding_part_leaves_its_account_under_its_own_key():
    order, refund = a_funded_refund()
    pairs = [(p.key, p.source, p.target, p.amount) for p in refund_postings(order, refund, NOW)]
    assert pairs == [
        ("refund:refund-1:0", Account.PENDING_SETTLEMENT, Account.CUSTOMERS, 3000),
        ("refund:refund-1:1", Account.AVAILABLE, Account.CUSTOMERS, 2000),
    ]


def test_only_the_sales_own_unsettled_money_lowers_its_settlement():
    order, refund = a_funded_refund()
    settlement = payment_settlement(order, order.payments[0])
    assert [p.settlement_id for p in refund_postings(order, refund, NOW)] == [settlement, None]


def test_a_reversal_is_the_same_rows_the_other_way_round():
    order, refund = a_funded_refund()
    rows = reversal_postings(order, refund, NOW)
    assert {(p.reverses, p.source, p.target, p.amount) for p in rows} == {
        ("refund:refund-1:0", Account.CUSTOMERS, Account.PENDING_SETTLEMENT, 3000),
        ("refund:refund-1:1", Account.CUSTOMERS, Account.AVAILABLE, 2000),
    }


def test_a_part_goes_back_to_the_newest_funding_first():
    order, refund = a_funded_refund()
    rows = reversal_postings(order, refund, NOW, 2500)
    assert [(p.key, p.amount) for p in rows] == [("reversal:refund-1:1", 2000), ("reversal:refund-1:0", 500)]


def test_money_of_a_sale_that_has_settled_since_goes_back_to_available():
    order, refund = a_funded_refund()
    later = reversal_postings(order, refund, NOW + timedelta(days=30))
    assert [(p.target, p.settlement_id) for p in later] == [(Account.AVAILABLE, None)] * 2


def test_more_than_was_funded_cannot_be_reversed():
    order, refund = a_funded_refund()
    with pytest.raises(ValueError, match="1 more to reverse"):
        reversal_postings(order, refund, NOW, 5001)


def test_a_supplier_pays_into_the_fund_account():
    order, _ = a_funded_refund()
    row = supplier_recovery_posting(order, "SR1", 720, NOW)
    assert (row.key, row.source, row.target) == (
        "supplier:order-1:SR1",
        Account.SUPPLIERS,
        Account.FUND,
    )
