"""Edit, receive, cancel, close: each rule broken alone. Order page, section 4, "Receive"."""

from __future__ import annotations

import pytest

from domain.orders.value import line_state
from domain.proposals.model import ProposalKind
from domain.refunds.model import RefundLine, RefundStatus
from domain.returns.lifecycle import close_if_done
from domain.returns.model import Inspection, Label, ReturnLine, ReturnStatus
from domain.returns.payloads import CancelReturn, CloseReturn, EditReturn, InspectedLine, ReceiveReturn
from tests.builders import BEN, NOW, a_line, a_refund, a_return, an_order, facts_of
from tests.trying import codes, done, refused, shown

EDIT, RECEIVE = ProposalKind.EDIT_RETURN, ProposalKind.RECEIVE_RETURN
CANCEL, CLOSE = ProposalKind.CANCEL_RETURN, ProposalKind.CLOSE_RETURN
ON_ITS_WAY = (ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT)


def three_mugs(status=ReturnStatus.APPROVED, seen=None, **fields):
    """Three mugs at 10.00 in a return."""
    order = an_order(lines=[a_line("mug", 1000, 3)])
    a_return(order, status, lines=[ReturnLine(line="mug", quantity=3, inspection=seen)], **fields)
    return order


def edit(**fields) -> EditReturn:
    return EditReturn.model_validate({"return_id": "return-1", **fields})


def came(good=0, damaged=0, missing=0, line="mug", **fields) -> ReceiveReturn:
    entry = InspectedLine(line=line, good=good, damaged=damaged, missing=missing)
    return ReceiveReturn(return_id="return-1", inspection=[entry], **fields)


def cancel() -> CancelReturn:
    return CancelReturn(return_id="return-1")


def close(reason: str = "") -> CloseReturn:
    return CloseReturn(return_id="return-1", reason=reason)


def refund_of(order, quantity, amount, **fields):
    lines = [RefundLine(line="mug", quantity=quantity, amount=amount)]
    return a_refund(order, amount, lines=lines, settles_return="return-1", **fields)


# Edit


def test_logistics_are_written_and_the_return_stays_approved():
    order = three_mugs()
    done(facts_of(order), EDIT, edit(carrier="DHL", tracking="1234 5678 90", return_cost=450))
    [ret] = order.returns
    assert (ret.status, ret.carrier, ret.tracking, ret.return_cost) == ("approved", "DHL", "1234567890", 450)


def test_what_is_not_named_stays_as_it_was():
    label = Label(origin="upload", sha256="a" * 64, media_type="application/pdf")
    order = three_mugs(carrier="DHL", tracking="1234567890", return_cost=450, label=label)
    done(facts_of(order), EDIT, edit(note="gate code 12"))
    [ret] = order.returns
    assert (ret.carrier, ret.tracking, ret.return_cost, ret.label) == ("DHL", "1234567890", 450, label)
    assert ret.note == "gate code 12"


def test_a_new_number_is_checked_against_the_carrier_that_is_there():
    order = three_mugs(carrier="UPS")
    assert codes(facts_of(order), EDIT, edit(tracking="12")) == ["tracking_invalid"]
    assert codes(facts_of(order), EDIT, edit(tracking="1Z999AA10123456784")) == []


def test_the_customer_sent_it_off():
    order = three_mugs()
    done(facts_of(order), EDIT, edit(in_transit=True))
    done(facts_of(order), EDIT, edit(in_transit=True, carrier="DHL"))
    assert order.returns[0].status == "in_transit"


@pytest.mark.parametrize("status", [s for s in ReturnStatus if s not in ON_ITS_WAY])
def test_only_what_is_on_its_way_is_edited_or_received(status):
    seen = Inspection(good=3) if status in ("received", "closed") else None
    code = "already_received" if seen else "action_unavailable"
    order = three_mugs(status, seen)
    assert codes(facts_of(order), EDIT, edit(carrier="DHL")) == [code]
    assert codes(facts_of(order), RECEIVE, came(good=3)) == [code]


def test_a_receipt_twice_names_where_the_return_stands():
    order = three_mugs(ReturnStatus.RECEIVED, Inspection(good=3))
    assert refused(facts_of(order), RECEIVE, came(good=3)) == [("already_received", "return", "", "received")]


def test_an_edit_of_nothing_is_refused():
    assert codes(facts_of(three_mugs()), EDIT, edit()) == ["field_invalid"]


def test_a_negative_return_cost_is_refused():
    expected = [("field_invalid", "return_cost", "0 or more", "-0.01")]
    assert refused(facts_of(three_mugs()), EDIT, edit(return_cost=-1)) == expected


def test_several_broken_rules_of_an_edit_are_reported_together():
    request = edit(tracking="12345", label="generate", return_cost=-1)
    assert codes(facts_of(three_mugs()), EDIT, request) == [
        "carrier_required",
        "label_unsupported",
        "field_invalid",
    ]


# Receive


@pytest.mark.parametrize("status", ON_ITS_WAY)
def test_units_are_received_one_by_one(status):
    order = three_mugs(status)
    done(facts_of(order), RECEIVE, came(good=1, damaged=1, missing=1))
    [ret] = order.returns
    assert ret.status == "received"
    assert ret.lines[0].inspection == Inspection(good=1, damaged=1, missing=1)
    assert line_state(order, order.lines[0]).returned == 2


def test_all_good_in_two_words():
    order = three_mugs()
    done(facts_of(order), RECEIVE, ReceiveReturn(return_id="return-1", all_good=True))
    assert order.returns[0].lines[0].inspection == Inspection(good=3)


def test_the_card_shows_what_came_back_is_worth_after_fees():
    preview = shown(facts_of(three_mugs(return_fee=250)), RECEIVE, came(good=1, damaged=1, missing=1))
    assert (preview.amount, preview.amount_after_fees) == (2000, 1750)
    assert preview.facts["Inspection of MUG"] == "1 good, 1 damaged, 1 missing"
    assert preview.offers == ["refund_return"]


def test_more_than_was_approved_is_refused():
    facts = facts_of(three_mugs())
    expected = [("received_exceeds_approved", "inspection", "3", "4")]
    assert refused(facts, RECEIVE, came(good=4)) == expected
    assert refused(facts, RECEIVE, came(good=2, damaged=1, missing=1)) == expected


def test_the_same_line_twice_is_added_up():
    request = came(good=2)
    request.inspection.append(InspectedLine(line="mug", good=2))
    assert codes(facts_of(three_mugs()), RECEIVE, request) == ["received_exceeds_approved"]


def test_a_line_that_is_not_in_the_return_is_refused():
    assert codes(facts_of(three_mugs()), RECEIVE, came(good=1, line="vase")) == ["line_not_found"]


def test_an_inspection_of_nothing_is_refused():
    assert codes(facts_of(three_mugs()), RECEIVE, came()) == ["field_invalid"]


def test_a_negative_count_is_no_count():
    with pytest.raises(ValueError, match="greater than or equal to 0"):
        came(good=-1)


def test_several_broken_rules_of_a_receipt_are_reported_together():
    request = came(good=4, return_cost=-1)
    request.inspection.append(InspectedLine(line="vase", good=1))
    assert codes(facts_of(three_mugs()), RECEIVE, request) == [
        "line_not_found",
        "received_exceeds_approved",
        "field_invalid",
    ]


def test_a_return_of_which_nothing_came_back_closes_by_itself_and_frees_its_units():
    order = three_mugs()
    assert any("closes by itself" in w for w in shown(facts_of(order), RECEIVE, came(missing=3)).warnings)
    done(facts_of(order), RECEIVE, came(missing=3))
    assert order.returns[0].status == "closed"
    assert [event.what for event in order.returns[0].history] == [
        "received 0, missing 3",
        "closed: nothing is left to refund",
    ]
    assert line_state(order, order.lines[0]).refundable_quantity == 3


def test_missing_units_stay_claimed_until_the_return_closes():
    order = three_mugs()
    done(facts_of(order), RECEIVE, came(good=2, missing=1))
    assert order.returns[0].status == "received"
    assert line_state(order, order.lines[0]).refundable_quantity == 0


def test_fees_that_take_everything_close_the_return_without_a_refund():
    order = three_mugs(return_fee=3000)
    done(facts_of(order), RECEIVE, came(good=3))
    assert order.returns[0].status == "closed"


def test_fees_agreed_for_more_than_came_back_are_said_to_be_cut():
    preview = shown(facts_of(three_mugs(return_fee=1500)), RECEIVE, came(good=1, missing=2))
    assert preview.amount_after_fees == 0
    assert any("cut by 5.00 EUR" in warning for warning in preview.warnings)


def test_units_that_are_still_awaited_keep_the_return_open():
    order = three_mugs(return_fee=3000)
    preview = shown(facts_of(order), RECEIVE, came(good=2))
    assert "1 unit neither received nor missing." in preview.warnings
    done(facts_of(order), RECEIVE, came(good=2))
    assert order.returns[0].status == "received"


def test_a_return_refunded_before_receipt_closes_when_it_arrives():
    order = three_mugs(ReturnStatus.IN_TRANSIT)
    refund_of(order, 3, 3000, status=RefundStatus.SUCCEEDED)
    done(facts_of(order), RECEIVE, came(good=3))
    assert order.returns[0].status == "closed"


# Closing by itself


@pytest.mark.parametrize(
    ("status", "closes"),
    [
        (RefundStatus.SUCCEEDED, True),
        (RefundStatus.PENDING, False),
        (RefundStatus.UNKNOWN, False),
        (RefundStatus.FAILED, False),
    ],
)
def test_it_closes_once_its_refund_has_succeeded(status, closes):
    order = three_mugs(ReturnStatus.RECEIVED, Inspection(good=3))
    refund_of(order, 3, 3000, status=status)
    assert close_if_done(order, order.returns[0], NOW, BEN) is closes
    assert (order.returns[0].status == "closed") is closes
    assert close_if_done(order, order.returns[0], NOW, BEN) is False


def test_it_does_not_close_before_it_is_received():
    order = three_mugs()
    assert close_if_done(order, order.returns[0], NOW, BEN) is False
