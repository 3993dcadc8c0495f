"""The return that a refund settles."""

from __future__ import annotations

import pytest

from domain.refunds.model import RefundLine
from domain.returns.model import Inspection, ReturnLine, ReturnStatus
from tests.builders import a_line, a_refund, a_return, an_order, put_confirmed
from tests.unit.execution.answers import LATER, NO, NOTHING, YES, hear


def settled(shelf, lines=None, units: int = 1, status=ReturnStatus.RECEIVED):
    order = an_order(lines=[a_line(price=2500, quantity=2)])
    given = {"lines": lines} if lines else {}
    a_return(order, status, **given)
    part = RefundLine(line="mug", quantity=units, amount=2500 * units)
    a_refund(order, 2500 * units, lines=[part], settles_return="return-1")
    put_confirmed(shelf, order)
    return order


def after(shelf, *answers):
    hear(shelf, *answers)
    return shelf.orders["order-1"].find_return("return-1")


def test_it_closes_when_its_refund_succeeds(shelf):
    settled(shelf)
    ret = after(shelf, NOTHING, YES)
    assert ret.status is ReturnStatus.CLOSED
    assert [event.what for event in ret.history] == ["closed: received and refunded"]
    assert "return.closed" in shelf.audit.kinds("return-1")


@pytest.mark.parametrize("answer", [NOTHING, NO, LATER])
def test_it_stays_open_until_then(shelf, answer):
    settled(shelf)
    assert after(shelf, answer).status is ReturnStatus.RECEIVED


def test_missing_units_do_not_keep_it_open(shelf):
    settled(shelf, [ReturnLine(line="mug", quantity=2, inspection=Inspection(good=1, missing=1))])
    assert after(shelf, YES).status is ReturnStatus.CLOSED


def test_units_not_seen_yet_keep_it_open(shelf):
    settled(shelf, [ReturnLine(line="mug", quantity=2, inspection=Inspection(good=1))])
    assert after(shelf, YES).status is ReturnStatus.RECEIVED


def test_units_not_refunded_yet_keep_it_open(shelf):
    settled(shelf, [ReturnLine(line="mug", quantity=2, inspection=Inspection(good=2))])
    assert after(shelf, YES).status is ReturnStatus.RECEIVED


def test_one_refunded_before_receipt_waits_for_the_goods(shelf):
    settled(shelf, status=ReturnStatus.IN_TRANSIT)
    assert after(shelf, YES).status is ReturnStatus.IN_TRANSIT
