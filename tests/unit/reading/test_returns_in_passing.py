"""Returns decided, paid and claimed for in passing; goods that come back or are there."""

from __future__ import annotations

import pytest

from agent.reading.view import PendingView, ProposalView, TurnView
from tests.unit.reading.heard import about, at_refund, entries, names, values
from tests.unit.reading.test_put_right_in_passing import order, told

STOOL = order(("Piano stool", 1))


REVIEWED = order(("Piano stool", 1), returns=(("requested", "l1"),))


def test_a_named_reason_is_no_text_for_the_customer(reader):
    found = told(reader, "kindly reject the return request on order #8401, reason: final sale.", REVIEWED)
    assert found["reject_reason"] == "final_sale"
    assert "explanation" not in found


def test_what_the_customer_was_written_is_text_and_record(reader):
    asked = PendingView(slot="explanation", flow="review_return")
    text = "wrote her by email: You exchanged the stool with us already."
    found = told(reader, text, REVIEWED, flow="review_return", pending=asked, slots={"decision": "reject"})
    assert found["explanation"] == "You exchanged the stool with us already."
    assert found["communication_record"] == text


def test_a_rejection_that_is_only_thought_of_keeps_its_reason_and_decides_nothing(reader):
    found = told(reader, "can we reject the return on 8401? no evidence, I asked for a photo twice", REVIEWED)
    assert found["reject_reason"] == "no_evidence"
    assert "decision" not in found


@pytest.mark.parametrize("text", ["8401 return ok. return fee 6", "8401 rma approved, return fee 6"])
def test_a_return_that_is_ok_is_approved(reader, text):
    assert told(reader, text, REVIEWED)["decision"] == "approve"


@pytest.mark.parametrize(
    "text", ["please prepare the payout; my supervisor will release it", "pay out the two that came"]
)
def test_money_for_a_return_that_is_back_is_its_payout(reader, text):
    item = order(("Glass vase", 2), returns=(("received", "l1"),))
    command = about(reader, text, item).commands[0]
    assert (command.flow, command.action) == ("return_progress", "refund")


@pytest.mark.parametrize(
    "text", ["what did we pay them for the kite again?", "how much is our product cost?"]
)
def test_what_the_shop_paid_is_asked_of_the_supplier_and_not_of_the_customer(reader, text):
    item = order(("Stunt kite", 1))
    item.lines[0].source = "dropshipping"
    assert about(reader, text, item).commands[0].topic == "supplier_cost"


def test_what_she_will_get_once_it_is_back_is_what_the_return_is_worth(reader):
    item = order(("Glass vase", 2), returns=(("approved", "l1"),))
    assert (
        about(reader, "what will she get for the vases once we have them?", item).commands[0].topic
        == "return_worth"
    )


def test_what_the_supplier_should_pay_is_that_sum(reader):
    item = order(("Table grill", 1))
    item.lines[0].source = "dropshipping"
    found = told(reader, "#8401 supplier should pay 40 for the grill, it got lost on their side", item)
    assert (found["review_amount"]["kind"], found["review_amount"]["value"]) == ("exact", "40")


def test_pictures_that_are_not_sent_are_no_goods_that_come_back(reader):
    asked = PendingView(slot="evidence", flow="direct_refund")
    slots = {"reason": "defective", "return_needed": False, "line": entries({"l1": 1})}
    found = told(
        reader,
        "he has no pics and isn't going to send any",
        STOOL,
        flow="direct_refund",
        pending=asked,
        slots=slots,
    )
    assert found == {"evidence": {"kind": "none", "text": None}}


@pytest.mark.parametrize("text", ["her limit isn't enough either. asking Pierre", "I'll ask Pierre"])
def test_somebody_else_who_is_asked_to_press_leaves_the_card(reader, text):
    assert names(at_refund(reader, text, STOOL, {"l1": 1})) == ["Affirm"]


@pytest.mark.parametrize("text", ["the stool must come back to us", "the stool needs to go back to the shop"])
def test_goods_that_must_come_back_turn_a_refunds_card_into_a_return(reader, text):
    assert values(at_refund(reader, text, STOOL, {"l1": 1}).commands[0])["return_needed"] is True


def test_what_goes_back_to_the_customer_is_no_return(reader):
    found = at_refund(
        reader, "that's fine, the stool still needs to go back to her as I said", STOOL, {"l1": 1}
    )
    assert all("return_needed" not in command.slots for command in found.commands)


def test_the_one_thing_that_was_there_is_told_last_and_not_refunded(reader):
    item = order(("City map", 1), ("Map frame", 1), ("Brass pins", 2))
    text = "please refund the map on #8401, it wasn't in the parcel, only the frame was"
    assert told(reader, text, item)["line"] == entries({"l1": None})
    assert "line" not in told(reader, "8401 it wasn't in the parcel, only the frame was, refund it", item)


def test_another_order_that_is_forgotten_leaves_this_card(reader):
    other = STOOL.model_copy(update={"number": "#7733"})
    card = ProposalView(kind="direct_refund", order="#8401", amount="30.00", write="refund", lines={"l1": 1})
    view = TurnView(
        text="forget 7733, she doesn't need a refund",
        order=STOOL,
        orders=[STOOL, other],
        proposal=card,
        flow="direct_refund",
        slots={"line": entries({"l1": 1})},
    )
    assert names(reader.read(view)) == ["Affirm"]


def test_a_refund_that_is_not_wanted_any_more_is_dropped(reader):
    assert names(at_refund(reader, "forget it, he doesn't want the refund after all", STOOL, {"l1": 1})) == [
        "CancelCase"
    ]


def test_what_has_not_left_yet_is_refunded(reader):
    item = order(("Harbour poster", 1), ("Walnut frame", 2))
    item.lines[1].unsent = True
    found = told(reader, "8401 he changed his mind, refund whatever hasn't gone out yet", item)
    assert [entry["line"] for entry in found["line"]] == ["l2"]


@pytest.mark.parametrize(
    ("text", "explanation", "reason"),
    [
        (
            "I wrote him by email this morning that worn shoes cannot be taken back.",
            "worn shoes cannot be taken back.",
            None,
        ),
        (
            "my mistake, it wasn't final sale. it is months old, so reject it for being outside the return window."
            " What she should read: Your order is past our return window.",
            "Your order is past our return window.",
            "outside_window",
        ),
    ],
)
def test_only_the_words_for_the_customer_are_the_explanation(reader, text, explanation, reason):
    asked = PendingView(slot="explanation", flow="review_return")
    slots = {"decision": "reject", "reject_reason": "final_sale"}
    found = told(reader, text, REVIEWED, flow="review_return", pending=asked, slots=slots)
    assert found["explanation"] == explanation
    assert found.get("reject_reason") == reason
