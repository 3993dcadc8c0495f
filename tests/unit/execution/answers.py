"""Confirmed refunds and what providers answer about them."""

from __future__ import annotations

from typing import Any

from domain.ports import ProviderAnswer
from domain.refunds.execution import record_answer
from tests.builders import a_payment, a_refund, an_order, put_confirmed

YES, NO = ProviderAnswer("succeeded", "re_1"), ProviderAnswer("failed", "re_1", "card expired")
LATER, NOTHING = ProviderAnswer("pending", "re_1"), None


def confirmed(shelf: Any, **fields):
    """One order of 50.00 with a refund of all of it, confirmed."""
    order = an_order(**fields)
    a_refund(order)
    put_confirmed(shelf, order)
    return order


def split_over_two(shelf: Any, visa: int = 3000, gift: int = 2000):
    order = an_order(payments=[a_payment("visa", 3000), a_payment("gift", 2000)])
    a_refund(order, {"visa": visa, "gift": gift})
    put_confirmed(shelf, order)
    return order


def hear(shelf: Any, *answers, payment: str = "visa"):
    for answer in answers:
        record_answer(shelf, "order-1", "refund-1", payment, answer)
    return shelf.orders["order-1"].refund("refund-1")
