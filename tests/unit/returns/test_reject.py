"""Rejecting a return request: each rule broken alone. Order page, section 4."""

from __future__ import annotations

import pytest

from domain.identity import Role
from domain.orders.model import LogEntry
from domain.orders.value import line_state
from domain.proposals.model import ProposalKind
from domain.reasons import RejectReason
from domain.returns.model import ReturnStatus
from domain.returns.payloads import RejectReturn
from tests.builders import NOW, a_return, a_staff, an_order, facts_of
from tests.trying import codes, done, refused, shown

REJECT = ProposalKind.REJECT_RETURN


def rejecting(**fields) -> RejectReturn:
    given = {
        "return_id": "return-1",
        "reason": RejectReason.USED_OR_ALTERED,
        "explanation": "The mug has been used.",
        "communication": {"channel": "email", "text": "Sorry, the mug has been used."},
        **fields,
    }
    return RejectReturn.model_validate(given)


def requested(status=ReturnStatus.REQUESTED, **fields):
    order = an_order(**fields)
    a_return(order, status)
    return order


def test_a_rejection_is_written_with_its_reason_words_and_record():
    order = requested()
    done(facts_of(order), REJECT, rejecting())
    [ret] = order.returns
    assert (ret.status, ret.reject_reason, ret.explanation) == (
        "rejected",
        "used_or_altered",
        "The mug has been used.",
    )
    [entry] = order.communication_log
    assert (entry.channel, entry.direction, entry.text) == ("email", "out", "Sorry, the mug has been used.")
    assert line_state(order, order.lines[0]).in_open_returns == 0


def test_the_card_shows_what_the_customer_reads():
    preview = shown(facts_of(requested()), REJECT, rejecting())
    assert (preview.reason, preview.explanation) == ("used_or_altered", "The mug has been used.")
    assert preview.facts["Written to the log"] == "email: Sorry, the mug has been used."


@pytest.mark.parametrize("status", [s for s in ReturnStatus if s != "requested"])
def test_only_what_is_requested_is_rejected(status):
    expected = [("return_not_requested", "return", "requested", status.value)]
    assert refused(facts_of(requested(status)), REJECT, rejecting()) == expected


def test_an_unknown_return_is_refused():
    assert codes(facts_of(an_order()), REJECT, rejecting()) == ["return_not_found"]


def test_a_viewer_rejects_nothing():
    facts = facts_of(requested(), a_staff(role=Role.VIEWER))
    assert codes(facts, REJECT, rejecting()) == ["not_authorised"]


def test_a_reason_code_is_required():
    assert refused(facts_of(requested()), REJECT, rejecting(reason=None)) == [
        ("reason_required", "reason", "", "")
    ]


def test_the_customer_needs_an_explanation():
    assert refused(facts_of(requested()), REJECT, rejecting(explanation="  ")) == [
        ("explanation_required", "explanation", "", "")
    ]


def test_a_record_is_written_with_it_or_exists_already():
    expected = [("communication_required", "communication", "", "")]
    assert refused(facts_of(requested()), REJECT, rejecting(communication=None)) == expected
    empty = {"channel": "email", "text": " "}
    assert refused(facts_of(requested()), REJECT, rejecting(communication=empty)) == expected
    heard = LogEntry(channel="email", direction="in", text="Why?", at=NOW, by="Maya Lind")
    order = requested(communication_log=[heard])
    assert refused(facts_of(order), REJECT, rejecting(communication=None)) == expected
    told = LogEntry(channel="phone", text="told her", at=NOW, by="ana")
    order = requested(communication_log=[told])
    done(facts_of(order), REJECT, rejecting(communication=None))
    assert order.communication_log == [told]


def test_several_broken_rules_are_reported_together():
    request = rejecting(reason=None, explanation="", communication=None)
    assert codes(facts_of(requested()), REJECT, request) == [
        "reason_required",
        "explanation_required",
        "communication_required",
    ]
