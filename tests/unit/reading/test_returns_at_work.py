"""Returns in daily work: fees of a card or only thought of, payouts, rejections, numbers of parcels, shared costs."""

import pytest

from agent.reading.facts.recorded import goes_out, told_behind
from agent.reading.view import LineView, OrderView, PendingView, ProposalView, TurnView
from agent.reading.words.reasons import find_reasons
from tests.unit.reading.desk_view import hear
from tests.unit.reading.heard import names

NONE = {"kind": "none"}
BOTH = ProposalView(
    kind="review_return",
    order="1043",
    write="approve_return",
    lines={"l1": 3},
    fees={"return_fee": "8.00", "restocking_fee": "9.83"},
)
CLOCK = OrderView(
    number="1043",
    currency="EUR",
    customer="Ana Lopez",
    lines=[LineView(id="l1", sku="CLOCK", title="Cuckoo clock", quantity=1, source="dropshipping")],
)


def exact(value):
    return {"kind": "exact", "value": value, "currency": None}


def share(value):
    return {"kind": "percent", "value": value}


def values(heard):
    """Everything that was heard, by slot."""
    return {name: slot.value for command in heard.commands for name, slot in command.slots.items()}


@pytest.fixture
def at_card(reader):
    """Read a message at a card with a return fee of 8 and a restocking fee of 10 percent."""

    def read(text):
        slots = {"return_fee": exact("8"), "restocking_fee": share("10")}
        return reader.read(
            TurnView(text=text, proposal=BOTH, flow="review_return", slots=slots, order=CLOCK, orders=[CLOCK])
        )

    return read


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("that 8 belonged to another customer. no return fee here, the 10% stays", {"return_fee": NONE}),
        ("she need not pay the postage, leave the 10 percent", {"return_fee": NONE}),
        ("lose the handling fee but the 8 is right", {"restocking_fee": NONE}),
        ("scrap the label fee. restocking as it was", {"return_fee": NONE}),
        ("both fees off please", {"return_fee": NONE, "restocking_fee": NONE}),
        ("dpd got dearer, make the postage 9.20", {"return_fee": exact("9.20")}),
        ("no label fee, restocking 5%", {"return_fee": NONE, "restocking_fee": share("5")}),
        (
            "restocking 12 instead of 10, drop the postage",
            {"return_fee": NONE, "restocking_fee": share("12")},
        ),
    ],
)
def test_a_fee_is_told_by_its_word_or_by_what_the_card_shows(at_card, text, changed):
    assert values(at_card(text)) == changed


@pytest.mark.parametrize("text", ["keep both fees", "the 8 is right and the 10% stands"])
def test_fees_that_stay_change_nothing(at_card, text):
    assert names(at_card(text)) == ["Affirm"]


@pytest.mark.parametrize(
    "text", ["the 8 was a mistake", "raise the postage by 1", "keep the 7, drop the rest"]
)
def test_a_fee_that_is_not_clear_leaves_no_card_to_press(at_card, text):
    heard = at_card(text)
    changes = any(getattr(command, "changes", False) for command in heard.commands)
    assert changes or not {"return_fee", "restocking_fee"} & set(values(heard))
    assert "Affirm" not in names(heard)


@pytest.mark.parametrize(
    ("text", "fees"),
    [
        ("what would she get if we keep 15% for restocking?", {"restocking_fee": share("15")}),
        ("how much is left for her after a 4 return fee?", {"return_fee": exact("4")}),
    ],
)
def test_fees_that_are_only_thought_of_are_asked_about(reader, text, fees):
    heard = hear(reader, text, "requested")
    assert [(command.name, command.topic) for command in heard.commands] == [("AskQuestion", "return_worth")]
    assert fees.items() <= values(heard).items()


@pytest.mark.parametrize(
    ("text", "fees"),
    [
        ("the lamp may come back. take 4 off for the label", {"return_fee": exact("4")}),
        ("take the lamp back, we pay for the trip", {}),
        ("approve it with 10% restocking, no other fee", {"restocking_fee": share("10")}),
        ("approve, no return fee, 10% restocking", {"return_fee": NONE, "restocking_fee": share("10")}),
    ],
)
def test_what_is_taken_off_or_costs_the_shop_is_no_refund(reader, text, fees):
    heard = values(hear(reader, text, "requested"))
    assert heard["decision"] == "approve"
    assert {name: heard[name] for name in ("return_fee", "restocking_fee") if name in heard} == fees


@pytest.mark.parametrize(
    "text",
    [
        "pay out whats due to her",
        "now the money that's owed",
        "transfer what she's entitled to",
        "pay out the lot",
    ],
)
def test_what_is_due_is_the_payout_of_the_return_that_is_back(reader, text):
    command = hear(reader, text, "received").commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "refund")


def test_nothing_is_paid_out_that_is_denied(reader):
    heard = hear(reader, "don't pay out the lot", "received")
    assert not any(getattr(command, "action", "") == "refund" for command in heard.commands)


def test_why_a_sum_is_lower_stays_with_it(reader):
    heard = values(hear(reader, "refund 40 for the mugs because of the chips she made", "received"))
    assert heard["note"] == "the chips she made"
    assert "note" not in values(hear(reader, "refund 40 for the mugs because of the chips she made"))


def test_the_damaged_one_too_counts_no_goods_of_its_own(reader):
    text = "the full price for the cracked one too, refund"
    assert "line" not in values(hear(reader, text, "received"))
    assert "line" in values(hear(reader, "the full price for the cracked lamp too, refund", "received"))


def reason_asked(reader, text):
    pending = PendingView(slot="reject_reason", flow="review_return")
    return reader.read(
        TurnView(text=text, order=CLOCK, orders=[CLOCK], pending=pending, flow="review_return")
    )


def test_a_rejections_reason_words_and_record_are_heard_together(reader):
    text = "far too late. write her that the period was over by then. goes by email, note it down"
    words = "the period was over by then."
    told = {"reject_reason": "outside_window", "explanation": words, "communication_record": words}
    assert values(reason_asked(reader, text)) == told


def test_an_approval_after_all_is_no_reason(reader):
    heard = reason_asked(reader, "approve it then and tell her that she can send it back")
    assert "reject_reason" not in values(heard)


@pytest.mark.parametrize(
    "sentence",
    ["goes out by mail", "Email goes out with the rejection, log it", "logged as email", "put it on record"],
)
def test_words_that_go_out_are_their_own_record(sentence):
    assert goes_out(sentence)
    assert told_behind(f"We only take back unworn boots. {sentence}") is not None


@pytest.mark.parametrize(
    "sentence", ["goods go back by mail", "you can send it by mail", "the mail goes unread"]
)
def test_words_of_the_text_itself_are_no_record(sentence):
    assert not goes_out(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "customer gave the tracking no for his parcel back to us: 3318810025",
        "the lamp travels under 3318810025",
    ],
)
def test_a_parcels_number_is_of_the_return_that_waits(reader, text):
    command = hear(reader, text, "approved").commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "logistics")
    assert command.slots["tracking"].value == "3318810025"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("we carry 5 and ask the supplier for the rest, wrong clock packed", {"kind": "less", "value": "5"}),
        ("they pay 12, the rest is on us. wrong clock packed", {"kind": "exact", "value": "12"}),
        ("ask the supplier for all but 5, wrong clock packed", {"kind": "less", "value": "5"}),
    ],
)
def test_shop_and_supplier_share_the_cost(reader, text, amount):
    heard = reader.read(TurnView(text=text, order=CLOCK, orders=[CLOCK]))
    assert amount.items() <= values(heard)["review_amount"].items()


@pytest.mark.parametrize(
    "text", ["she clicked on the wrong lamp herself", "he took the wrong colour himself"]
)
def test_who_took_the_wrong_one_ordered_by_mistake(text):
    assert [reason.code.value for reason in find_reasons(text)] == ["ordered_by_mistake"]


@pytest.mark.parametrize(
    "text", ["how much of it have we not given back yet?", "how much hasn't been refunded"]
)
def test_what_was_not_given_back_is_a_question_about_the_order(reader, text):
    command = hear(reader, text).commands[0]
    assert (command.name, command.topic) == ("AskQuestion", "refundable")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("make it a flat 4 instead", {"restocking_fee": exact("4")}),
        ("no wait, restocking 15 then", {"restocking_fee": share("15")}),
        ("sorry, 12 not 10", {"restocking_fee": share("12")}),
        ("sorry, 2 units", {"line": [{"line": "l1", "quantity": 2, "amount": None}]}),
    ],
)
def test_a_number_put_right_while_a_request_is_reviewed_is_its_fee_unless_units_are_named(reader, text, told):
    asked = PendingView(slot="return_reason", flow="review_return")
    case = {"decision": "approve", "restocking_fee": share("10")}
    order = CLOCK.model_copy(update={"returns": [{"id": "R1", "status": "requested"}]})
    view = TurnView(text=text, order=order, orders=[order], flow="review_return", pending=asked, slots=case)
    assert values(reader.read(view)) == told
