"""What the state machine meets too seldom to rely on it."""

from __future__ import annotations

from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundLineRequest, RefundRequest
from tests.builders import a_line, an_order, facts_of
from tests.trying import done


def test_the_last_third_of_a_line_takes_what_rounding_left_of_its_tax():
    order = an_order(lines=[a_line("mug", price=200, tax=100)])
    for number in range(3):
        part = RefundLineRequest(line="mug", quantity=0, amount=100)
        asked = RefundRequest(lines=[part], currency="EUR", reason=RefundReason.GOODWILL)
        done(facts_of(order, new_id=f"prop_{number}"), ProposalKind.REFUND, asked)
    assert [refund.tax for refund in order.refunds] == [33, 33, 34]
