"""Approving a return request: each rule broken alone. Order page, section 4."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.identity import Role
from domain.orders.model import Fulfilment, Source
from domain.orders.value import line_state
from domain.proposals.model import ProposalKind
from domain.reasons import RefundReason
from domain.returns.model import Fee, ReturnLine, ReturnStatus
from domain.returns.payloads import ApproveReturn, Units
from tests.builders import ANA, NOW, a_line, a_return, a_staff, an_order, facts_of
from tests.trying import codes, done, refused, shown

APPROVE = ProposalKind.APPROVE_RETURN
LABEL = {"origin": "upload", "sha256": "a" * 64, "media_type": "application/pdf"}


def approving(**fields) -> ApproveReturn:
    return ApproveReturn.model_validate({"return_id": "return-1", **fields})


def two_mugs_asked_back(status=ReturnStatus.REQUESTED, **fields):
    """Two of three mugs at 9.99 each; the customer changed their mind."""
    order = an_order(lines=[a_line("mug", 999, 3)])
    given = {"reason": RefundReason.CHANGED_MIND, "requested_at": NOW, **fields}
    a_return(order, status, lines=[ReturnLine(line="mug", quantity=2)], **given)
    return order


def test_an_approval_takes_terms_and_history_down():
    order = two_mugs_asked_back()
    request = approving(
        return_fee=Fee(amount=300), carrier="UPS", tracking="1z999aa1 0123456784", label=LABEL
    )
    effects = done(facts_of(order), APPROVE, request)
    [ret] = order.returns
    assert (ret.status, ret.return_fee, ret.tracking) == ("approved", 300, "1Z999AA10123456784")
    assert ret.label is not None
    assert ret.label.sha256 == "a" * 64
    assert [(event.what, event.by) for event in ret.history] == [("approved", "ben")]
    assert effects.jobs == []


@pytest.mark.parametrize("status", [s for s in ReturnStatus if s != "requested"])
def test_only_what_is_requested_is_approved(status):
    order = two_mugs_asked_back(status)
    expected = [("return_not_requested", "return", "requested", status.value)]
    assert refused(facts_of(order), APPROVE, approving()) == expected


def test_an_unknown_return_is_refused():
    assert refused(facts_of(an_order()), APPROVE, approving()) == [
        ("return_not_found", "return_id", "", "return-1")
    ]


def test_a_viewer_approves_nothing():
    facts = facts_of(two_mugs_asked_back(), a_staff(role=Role.VIEWER))
    assert refused(facts, APPROVE, approving()) == [("not_authorised", "actor", "agent", "viewer")]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"source": Source.DIGITAL}, "digital goods do not come back"),
        ({"final_sale": True}, "it was a final sale"),
        ({"fulfilment": Fulfilment.UNFULFILLED}, "it has not been shipped"),
    ],
)
def test_lines_have_to_be_returnable(fields, why):
    order = two_mugs_asked_back()
    order.lines[0] = order.lines[0].model_copy(update=fields)
    assert refused(facts_of(order), APPROVE, approving()) == [("not_returnable", "line", why, "Mug")]


def test_a_part_of_the_request_can_be_approved_and_the_rest_is_free_again():
    order = two_mugs_asked_back()
    request = approving(lines=[Units(line="mug", quantity=1)])
    assert any(
        "1 unit of the request left out" in w for w in shown(facts_of(order), APPROVE, request).warnings
    )
    done(facts_of(order), APPROVE, request)
    assert order.returns[0].lines[0].quantity == 1
    assert line_state(order, order.lines[0]).in_open_returns == 1


def test_more_than_was_requested_is_refused():
    request = approving(lines=[Units(line="mug", quantity=3)])
    assert refused(facts_of(two_mugs_asked_back()), APPROVE, request) == [
        ("quantity_exceeds_refundable", "quantity", "2", "3")
    ]


def test_a_line_that_was_not_requested_is_refused():
    request = approving(lines=[Units(line="vase", quantity=1)])
    assert refused(facts_of(two_mugs_asked_back()), APPROVE, request) == [
        ("line_not_found", "line", "", "vase")
    ]


def test_a_reason_has_to_be_set_by_the_customer_or_by_staff():
    order = two_mugs_asked_back(reason=None)
    assert refused(facts_of(order), APPROVE, approving()) == [("return_reason_required", "reason", "", "")]
    done(facts_of(order), APPROVE, approving(reason=RefundReason.SIZE_OR_FIT))
    assert order.returns[0].reason == "size_or_fit"
    assert codes(facts_of(two_mugs_asked_back()), APPROVE, approving()) == []


def test_negative_fees_are_refused():
    facts = facts_of(two_mugs_asked_back())
    assert refused(facts, APPROVE, approving(return_fee=Fee(amount=-1))) == [
        ("fee_negative", "return_fee", "0", "-0.01")
    ]
    for fee in (Fee(percent="-5"), {"mug": Fee(percent="-5")}):
        assert refused(facts, APPROVE, approving(restocking_fee=fee)) == [
            ("fee_negative", "restocking_fee", "0", "-5%")
        ]


def test_a_percentage_that_is_none_is_refused():
    [(code, field, _, value)] = refused(
        facts_of(two_mugs_asked_back()), APPROVE, approving(restocking_fee=Fee(percent="a lot"))
    )
    assert (code, field, value) == ("field_invalid", "restocking_fee", "a lot")


def test_fees_above_the_value_are_refused_and_never_clamped():
    facts = facts_of(two_mugs_asked_back())
    request = approving(return_fee=Fee(amount=1000), restocking_fee=Fee(amount=999))
    assert refused(facts, APPROVE, request) == [("fees_exceed_refundable", "fees", "19.98", "19.99")]


def test_fees_equal_to_the_whole_value_leave_nothing_and_are_allowed():
    preview = shown(facts_of(two_mugs_asked_back()), APPROVE, approving(return_fee=Fee(amount=1998)))
    assert preview.amount_after_fees == 0
    assert any("nothing will be left" in warning for warning in preview.warnings)


def test_a_percentage_is_of_the_lines_refundable_amount_rounded_half_up():
    request = approving(restocking_fee=Fee(percent="12.5"))
    preview = shown(facts_of(two_mugs_asked_back()), APPROVE, request)
    assert preview.fees["restocking_fee"] == 250  # 12.5 % of 19.98 is 2.4975
    done(facts_of(order := two_mugs_asked_back()), APPROVE, request)
    assert order.returns[0].lines[0].restocking_fee == 250


def test_a_fee_for_a_line_that_is_not_in_the_return_is_refused():
    request = approving(restocking_fee={"vase": Fee(amount=100)})
    assert codes(facts_of(two_mugs_asked_back()), APPROVE, request) == ["line_not_found"]


def test_a_tracking_number_needs_its_carrier():
    request = approving(tracking="1Z999AA10123456784")
    assert refused(facts_of(two_mugs_asked_back()), APPROVE, request) == [
        ("carrier_required", "carrier", "", "1Z999AA10123456784")
    ]


def test_a_tracking_number_has_to_look_like_its_carriers():
    request = approving(carrier="ups", tracking="12345")
    assert refused(facts_of(two_mugs_asked_back()), APPROVE, request) == [
        ("tracking_invalid", "tracking", "UPS", "12345")
    ]


def test_a_label_has_to_be_a_stored_pdf_or_png():
    facts = facts_of(two_mugs_asked_back())
    assert codes(facts, APPROVE, approving(label={**LABEL, "media_type": "image/gif"})) == ["label_invalid"]
    assert codes(facts, APPROVE, approving(label={**LABEL, "sha256": "../etc"})) == ["label_invalid"]
    assert codes(facts, APPROVE, approving(label=LABEL)) == []


def test_a_label_is_generated_only_where_the_shop_has_an_account_with_the_carrier():
    facts = facts_of(two_mugs_asked_back(), carrier_accounts=["DHL"])
    [(code, field, limit, value)] = refused(facts, APPROVE, approving(carrier="UPS", label="generate"))
    assert (code, field, limit) == ("label_unsupported", "label", "DHL")
    assert "no account with UPS" in value
    assert codes(facts_of(two_mugs_asked_back()), APPROVE, approving(carrier="DHL", label="generate")) == [
        "label_unsupported"
    ]
    assert codes(facts, APPROVE, approving(label="generate")) == ["label_unsupported"]


def test_a_generated_label_is_work_for_after_the_commit():
    order = two_mugs_asked_back()
    facts = facts_of(order, carrier_accounts=["DHL"])
    request = approving(carrier="DHL Express", label="generate")
    assert shown(facts, APPROVE, request).label is True
    effects = done(facts, APPROVE, request)
    [job] = effects.jobs
    assert (job.kind, job.payload) == ("generate_label", {"order_id": order.id, "return_id": "return-1"})
    assert order.returns[0].label_requested


def test_logistics_may_wait_unless_the_shop_wants_them_at_approval():
    now = facts_of(two_mugs_asked_back(), logistics_at_approval=True, carrier_accounts=["DHL"])
    assert refused(now, APPROVE, approving()) == [
        ("logistics_required", "tracking", "a carrier and a tracking number", "")
    ]
    assert refused(now, APPROVE, approving(carrier="DHL")) == [
        ("logistics_required", "tracking", "a tracking number", "")
    ]
    assert codes(now, APPROVE, approving(carrier="DHL", tracking="1234567890")) == []
    assert codes(now, APPROVE, approving(carrier="DHL", label="generate")) == []


@pytest.mark.parametrize(("days", "late"), [(30, False), (31, True)])
def test_the_window_binds_the_customer_by_the_day_of_the_request(days, late):
    order = two_mugs_asked_back()
    order.placed_at = NOW - timedelta(days=days, hours=5)
    expected = [("window_closed", "window_override", "30", "31")] if late else []
    assert refused(facts_of(order), APPROVE, approving()) == expected
    asked_in_time = two_mugs_asked_back(requested_at=NOW - timedelta(days=10))
    asked_in_time.placed_at = order.placed_at
    assert codes(facts_of(asked_in_time), APPROVE, approving()) == []


def test_a_supervisor_overrides_the_window_and_is_named():
    order = two_mugs_asked_back()
    order.placed_at = NOW - timedelta(days=40)
    facts = facts_of(order, a_staff("sue", Role.SUPERVISOR))
    assert "Sue" in shown(facts, APPROVE, approving(window_override=True)).facts["Return window"]
    done(facts, APPROVE, approving(window_override=True))
    assert order.returns[0].window_override_by == "sue"
    assert "return window overridden" in [event.what for event in order.returns[0].history]


def test_an_agent_cannot_override_it():
    order = two_mugs_asked_back()
    order.placed_at = NOW - timedelta(days=40)
    assert refused(facts_of(order), APPROVE, approving(window_override=True)) == [
        ("window_closed", "window_override", "30", "40"),
        ("not_authorised", "actor", "supervisor", "agent"),
    ]


def test_an_override_nobody_needs_leaves_no_mark():
    order = two_mugs_asked_back()
    done(facts_of(order, a_staff(ANA, Role.SUPERVISOR)), APPROVE, approving(window_override=True))
    assert order.returns[0].window_override_by is None


def test_several_broken_rules_are_reported_together():
    order = two_mugs_asked_back(reason=None)
    order.placed_at = NOW - timedelta(days=40)
    request = approving(
        lines=[Units(line="mug", quantity=3)],
        return_fee=Fee(amount=-1),
        carrier="UPS",
        tracking="nonsense",
        label="generate",
    )
    assert codes(facts_of(order), APPROVE, request) == [
        "quantity_exceeds_refundable",
        "window_closed",
        "return_reason_required",
        "fee_negative",
        "tracking_invalid",
        "label_unsupported",
    ]
