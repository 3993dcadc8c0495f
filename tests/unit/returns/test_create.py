"""Merchant-initiated returns: each rule broken alone. Order page, section 4."""

from __future__ import annotations

import pytest

from domain.identity import Role
from domain.orders.model import Dispute, Fulfilment, Source
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.refunds.model import RefundLine
from domain.returns.model import Fee, Inspection, ReturnLine, ReturnStatus
from domain.returns.payloads import CreateReturn, Units
from tests.builders import a_line, a_payment, a_refund, a_return, a_staff, an_order, facts_of
from tests.trying import codes, done, refused, shown

CREATE = ProposalKind.CREATE_RETURN


def of_mugs(quantity: int = 1, **fields) -> CreateReturn:
    lines = [Units(line="mug", quantity=quantity)]
    return CreateReturn.model_validate({"lines": lines, "reason": RefundReason.SIZE_OR_FIT, **fields})


def mugs(quantity: int = 2, **fields):
    """Mugs at 10.00 each, delivered."""
    return an_order(lines=[a_line("mug", 1000, quantity, **fields)])


def test_it_starts_approved_and_holds_its_units():
    order = mugs()
    done(facts_of(order), CREATE, of_mugs())
    [ret] = order.returns
    assert (ret.id, ret.status, ret.initiated_by) == ("ret_1", ReturnStatus.APPROVED, "merchant")
    assert [event.what for event in ret.history] == ["created by the shop"]
    assert codes(facts_of(order, new_id="prop_2"), CREATE, of_mugs(2)) == ["already_in_return"]


def test_the_card_shows_value_fees_and_what_would_be_left():
    request = of_mugs(2, return_fee=Fee(amount=300), restocking_fee=Fee(percent="10"))
    preview = shown(facts_of(mugs()), CREATE, request)
    assert (preview.amount, preview.amount_after_fees) == (2000, 1500)
    assert preview.fees == {"return_fee": 300, "restocking_fee": 200}
    assert (preview.return_id, preview.reason) == ("ret_1", "size_or_fit")


def test_the_card_warns_about_a_disputed_payment():
    order = an_order(lines=[a_line("mug", 1000)], payments=[a_payment(captured=1000, dispute=Dispute.OPEN)])
    assert any("disputed" in warning for warning in shown(facts_of(order), CREATE, of_mugs()).warnings)


def test_a_viewer_creates_nothing():
    facts = facts_of(mugs(), a_staff(role=Role.VIEWER))
    assert refused(facts, CREATE, of_mugs()) == [("not_authorised", "actor", "agent", "viewer")]


def test_a_shop_that_starts_no_returns_names_the_flow_that_is_there():
    facts = facts_of(mugs(), merchant_initiated_returns=False)
    [(code, _, _, value)] = refused(facts, CREATE, of_mugs())
    assert code == "action_unavailable"
    assert "review the customer's request" in value


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"source": Source.DIGITAL}, "digital goods do not come back"),
        ({"final_sale": True}, "it was a final sale"),
        ({"fulfilment": Fulfilment.UNFULFILLED}, "it has not been shipped"),
        ({"fulfilment": Fulfilment.PROCESSING}, "it has not been shipped"),
        ({"fulfilment": Fulfilment.CANCELLED}, "it was cancelled"),
    ],
)
def test_what_cannot_come_back_is_refused(fields, why):
    order = mugs(**fields)
    order.lines.append(a_line("vase", 0))
    assert refused(facts_of(order), CREATE, of_mugs()) == [("not_returnable", "line", why, "Mug")]


@pytest.mark.parametrize("source", [Source.OWN, Source.DROPSHIPPING, Source.PRINT_ON_DEMAND])
def test_goods_of_every_other_source_can_come_back(source):
    assert codes(facts_of(mugs(source=source)), CREATE, of_mugs()) == []


def test_refunded_units_do_not_come_back():
    order = mugs(1)
    a_refund(order, 1000)
    order.lines.append(a_line("vase", 0))
    why = "every unit was refunded or returned already"
    assert refused(facts_of(order), CREATE, of_mugs()) == [("not_returnable", "line", why, "Mug")]


def test_units_of_a_failed_refund_do_come_back():
    order = mugs(1)
    a_refund(order, 1000, status="failed")
    assert codes(facts_of(order), CREATE, of_mugs()) == []


def test_more_units_than_the_customer_holds_are_refused():
    order = mugs(3)
    a_refund(order, 1000, lines=[RefundLine(line="mug", quantity=1, amount=1000)])
    assert refused(facts_of(order), CREATE, of_mugs(3)) == [
        ("quantity_exceeds_refundable", "quantity", "2", "3")
    ]


def test_units_in_another_open_return_are_refused():
    order = mugs(3)
    a_return(order, ReturnStatus.REQUESTED, lines=[ReturnLine(line="mug", quantity=2)])
    assert refused(facts_of(order), CREATE, of_mugs(2)) == [("already_in_return", "quantity", "1", "2")]


def test_units_that_came_back_with_a_closed_return_do_not_come_back_twice():
    order = mugs(2)
    line = ReturnLine(line="mug", quantity=2, inspection=Inspection(good=1, missing=1))
    a_return(order, ReturnStatus.CLOSED, lines=[line])
    assert refused(facts_of(order), CREATE, of_mugs(2)) == [
        ("quantity_exceeds_refundable", "quantity", "1", "2")
    ]


def test_a_line_of_another_order_is_refused():
    request = of_mugs(lines=[Units(line="sofa", quantity=1)])
    assert refused(facts_of(mugs()), CREATE, request) == [("line_not_found", "line", "", "sofa")]


def test_no_unit_at_all_is_refused():
    assert refused(facts_of(mugs()), CREATE, of_mugs(lines=[])) == [
        ("field_invalid", "lines", "name at least one unit", "none")
    ]


def test_the_same_line_twice_is_added_up_before_the_check():
    request = of_mugs(lines=[Units(line="mug", quantity=2), Units(line="mug", quantity=1)])
    assert refused(facts_of(mugs()), CREATE, request) == [
        ("quantity_exceeds_refundable", "quantity", "2", "3")
    ]


def test_a_reason_is_required_and_evidence_is_not():
    assert refused(facts_of(mugs()), CREATE, of_mugs(reason=None)) == [
        ("return_reason_required", "reason", "", "")
    ]
    assert codes(facts_of(mugs()), CREATE, of_mugs(reason=RefundReason.DAMAGED)) == []


def test_the_return_window_does_not_bind_the_shop():
    order = mugs()
    order.placed_at = order.placed_at.replace(year=2024)
    assert codes(facts_of(order), CREATE, of_mugs()) == []


def test_several_broken_rules_are_reported_together():
    lines = [Units(line="mug", quantity=3), Units(line="sofa", quantity=1)]
    request = of_mugs(lines=lines, reason=None, return_fee=Fee(amount=-1), tracking="1Z", return_cost=-5)
    assert codes(facts_of(mugs()), CREATE, request) == [
        "quantity_exceeds_refundable",
        "line_not_found",
        "return_reason_required",
        "fee_negative",
        "carrier_required",
        "field_invalid",
    ]
