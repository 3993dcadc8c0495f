"""Requests coming in, labels arriving, and what staff add to an order beside its writes."""

from __future__ import annotations

import pytest

from domain.identity import Role
from domain.orders import service as orders
from domain.orders.model import Evidence, EvidenceKind
from domain.reasons import RefundReason
from domain.returns.labels import PrintedLabel
from domain.returns.model import ReturnStatus
from domain.returns.payloads import Units
from domain.returns.service import ReturnRequest, print_label, request_return
from domain.rules import Refused
from tests.builders import ANA, NOW, a_line, a_return, a_staff, an_order, put_order
from tests.unit.returns.desk import a_desk

WORDS = "The handle broke off on the first day."


@pytest.fixture
def desk():
    desk = a_desk()
    put_order(desk, an_order(lines=[a_line("mug", 1000, 3), a_line("song", 100, source="digital")]))
    return desk


def asking(quantity=1, **fields) -> ReturnRequest:
    given = {"request_id": "web-77", "lines": [Units(line="mug", quantity=quantity)], **fields}
    return ReturnRequest.model_validate(given)


def a_photo(desk) -> str:
    return desk.files.put(b"jpeg", "image/jpeg", "mug.jpg")


def order_of(desk):
    return desk.orders.get("order-1")


# Return requests


def test_a_request_stands_on_the_order_with_all_the_customer_gave(desk):
    photo = a_photo(desk)
    request = asking(
        2,
        reason=RefundReason.DEFECTIVE,
        customer_reason="Broken",
        words=WORDS,
        photos=[photo],
        wished_outcome="refund",
    )
    ret = request_return(desk, "order-1", request)
    order = order_of(desk)
    assert order.returns == [ret]
    assert (ret.status, ret.initiated_by, ret.requested_at) == (ReturnStatus.REQUESTED, "customer", NOW)
    assert (ret.customer_reason, ret.customer_words, ret.wished_outcome) == ("Broken", WORDS, "refund")
    assert ret.customer_files == [photo]
    assert order.version == 2
    assert desk.audit.kinds(ret.id) == ["return.requested"]


def test_a_quality_reason_becomes_a_claim_and_words_and_photos_evidence(desk):
    photo = a_photo(desk)
    request_return(desk, "order-1", asking(reason=RefundReason.DEFECTIVE, words=WORDS, photos=[photo]))
    order = order_of(desk)
    [claim] = order.claims
    assert (claim.reason, claim.lines, claim.quote, claim.source) == ("defective", ["mug"], WORDS, "customer")
    assert [(item.kind, item.text) for item in order.evidence] == [("photo", ""), ("description", WORDS)]


def test_a_lines_own_quality_reason_becomes_a_claim_too(desk):
    lines = [Units(line="mug", quantity=1, reason=RefundReason.WRONG_ITEM)]
    request_return(desk, "order-1", asking(lines=lines, reason=RefundReason.CHANGED_MIND))
    assert [claim.reason for claim in order_of(desk).claims] == ["wrong_item"]


def test_a_change_of_mind_claims_nothing(desk):
    request_return(desk, "order-1", asking(reason=RefundReason.CHANGED_MIND, words=WORDS))
    assert (order_of(desk).claims, order_of(desk).evidence) == ([], [])


def test_the_same_request_twice_is_one_return(desk):
    first = request_return(desk, "order-1", asking())
    second = request_return(desk, "order-1", asking())
    assert first.id == second.id
    assert (len(order_of(desk).returns), order_of(desk).version) == (1, 2)


def test_a_request_may_ask_for_what_approval_will_refuse(desk):
    lines = [Units(line="song", quantity=1)]
    assert request_return(desk, "order-1", asking(lines=lines)).status is ReturnStatus.REQUESTED


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (asking(lines=[Units(line="sofa", quantity=1)]), ["line_not_found"]),
        (asking(4), ["quantity_exceeds_refundable"]),
        (asking(photos=["f" * 64]), ["field_invalid"]),
        (asking(4, photos=["f" * 64]), ["quantity_exceeds_refundable", "field_invalid"]),
    ],
)
def test_a_request_for_what_is_not_there_is_refused(desk, request_, expected):
    with pytest.raises(Refused) as refusal:
        request_return(desk, "order-1", request_)
    assert refusal.value.codes == expected
    assert order_of(desk).version == 1


def test_units_in_another_return_are_refused(desk):
    request_return(desk, "order-1", asking(2))
    with pytest.raises(Refused) as refusal:
        request_return(desk, "order-1", asking(2, request_id="web-78"))
    assert refusal.value.codes == ["already_in_return"]


def test_an_unknown_order_is_refused(desk):
    with pytest.raises(Refused, match="order_not_found"):
        request_return(desk, "nope", asking())


# Labels


class Printer:
    def __init__(self):
        self.asked = []

    def print(self, order):
        self.asked.append(order)
        return PrintedLabel(b"%PDF-1.4 %%EOF", "application/pdf", order.tracking or "JJD000111222333")


def test_a_generated_label_arrives_once_with_the_carriers_number(desk):
    order = order_of(desk)
    a_return(order, ReturnStatus.APPROVED, carrier="DHL", label_requested=True)
    desk.orders.save(order)
    printer = Printer()
    for _ in range(2):
        ret = print_label(desk, printer, "order-1", "return-1")
    assert ret is not None
    assert ret.label is not None
    assert (ret.tracking, ret.label.origin) == ("JJD000111222333", "generated")
    assert desk.files[ret.label.sha256][1] == "application/pdf"
    assert len(printer.asked) == 1
    assert printer.asked[0].sender_name == "Maya Lind"
    assert order_of(desk).version == 2


@pytest.mark.parametrize("status", [ReturnStatus.CANCELLED, ReturnStatus.CLOSED])
def test_no_label_is_drawn_for_a_return_that_has_ended(desk, status):
    order = order_of(desk)
    a_return(order, status, carrier="DHL", label_requested=True)
    desk.orders.save(order)
    printer = Printer()
    print_label(desk, printer, "order-1", "return-1")
    assert printer.asked == []


def test_a_label_for_nothing_is_nothing(desk):
    assert print_label(desk, Printer(), "order-1", "nope") is None
    assert print_label(desk, Printer(), "nope", "nope") is None


# Evidence, claims, what was said


def a_picture(**fields) -> Evidence:
    given = {"sha256": "a" * 64, "kind": EvidenceKind.PHOTO, "added_by": "?", "added_at": NOW, **fields}
    return Evidence.model_validate(given)


def test_evidence_is_added_once_in_the_actors_name_and_leaves_the_version_alone(desk):
    orders.add_evidence(desk, a_staff(), "order-1", a_picture())
    orders.add_evidence(desk, a_staff(), "order-1", a_picture(lines=["mug"]))
    [item] = order_of(desk).evidence
    assert (item.added_by, item.added_at, item.lines) == (ANA, NOW, [])
    assert order_of(desk).version == 1
    assert desk.audit.kinds("order-1") == ["evidence.added"]


def test_the_same_picture_of_a_second_line_shows_both(desk):
    orders.add_evidence(desk, a_staff(), "order-1", a_picture(lines=["mug"]))
    orders.add_evidence(desk, a_staff(), "order-1", a_picture(lines=["song"]))
    [item] = order_of(desk).evidence
    assert item.lines == ["mug", "song"]


def test_an_issue_is_claimed_once_and_taken_back_by_staff(desk):
    for _ in range(2):
        orders.claim_issue(desk, a_staff(), "order-1", RefundReason.DAMAGED, ["mug"], "it cracked")
    assert len(order_of(desk).claims) == 1
    assert orders.retract_issue(desk, a_staff(), "order-1", ["song"]) == []
    [claim] = orders.retract_issue(desk, a_staff(), "order-1", ["mug"])
    assert (claim.retracted_by, claim.retracted_at) == (ANA, NOW)
    assert orders.retract_issue(desk, a_staff(), "order-1") == []
    assert order_of(desk).version == 1
    assert desk.audit.kinds("order-1") == ["claim.made", "claim.retracted"]


def test_only_a_quality_reason_is_a_defect(desk):
    with pytest.raises(Refused, match="field_invalid"):
        orders.claim_issue(desk, a_staff(), "order-1", RefundReason.GOODWILL)


def test_what_was_said_is_logged_once(desk):
    for _ in range(2):
        orders.log_communication(desk, a_staff(), "order-1", "email", " We sent you a label. ")
    [entry] = order_of(desk).communication_log
    assert (entry.text, entry.direction, entry.by) == ("We sent you a label.", "out", ANA)
    with pytest.raises(Refused, match="field_invalid"):
        orders.log_communication(desk, a_staff(), "order-1", "email", " ")


def test_a_viewer_adds_nothing_and_lines_have_to_exist(desk):
    viewer = a_staff(role=Role.VIEWER)
    for act in (
        lambda actor: orders.add_evidence(desk, actor, "order-1", a_picture(lines=["sofa"])),
        lambda actor: orders.claim_issue(desk, actor, "order-1", RefundReason.DAMAGED, ["sofa"]),
        lambda actor: orders.retract_issue(desk, actor, "order-1", ["sofa"]),
    ):
        with pytest.raises(Refused, match="not_authorised"):
            act(viewer)
        with pytest.raises(Refused, match="line_not_found"):
            act(a_staff())
