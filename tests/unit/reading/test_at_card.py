"""What is said while a card is open, and where a text is asked for."""

import pytest

from agent.commands import SlotValue
from agent.reading.view import LineView, OptionView, OrderView, PendingView, ProposalView, TurnView
from tests.unit.reading.heard import names

ORDER = OrderView(
    number="#6100",
    currency="EUR",
    customer="Hanna Weiss",
    lines=[
        LineView(id="l1", sku="MITT", title="Oven mitts", quantity=6),
        LineView(id="l2", sku="TRAY", title="Baking tray", quantity=2),
    ],
    returns=[{"id": "R1", "status": "approved"}],
)
REFUND = ProposalView(
    kind="direct_refund", order="#6100", write="refund", amount="40.00", lines={"l1": 5}, reason="goodwill"
)
FEES = ProposalView(
    kind="review_return", order="#6100", write="approve_return", lines={"l1": 5}, fees={"return_fee": "9.50"}
)
RECEIPT = ProposalView(kind="return_progress", order="#6100", write="receive_return", lines={"l1": 5})
VERDICT = ProposalView(kind="supplier_review", order="#6100", write="supplier_verdict", lines={"l1": 5})


def values(heard):
    """Everything that was heard, by slot."""
    return {name: slot.value for command in heard.commands for name, slot in command.slots.items()}


@pytest.fixture
def at(reader):
    """Read a message at a card."""

    def read(card, text, **slots):
        view = TurnView(text=text, order=ORDER, orders=[ORDER], proposal=card, flow=card.kind, slots=slots)
        return reader.read(view)

    return read


@pytest.fixture
def asked(reader):
    """Read a message where a text of a rejection is asked for."""

    def read(slot, text, options=()):
        pending = PendingView(slot=slot, flow="review_return", options=list(options))
        view = TurnView(text=text, order=ORDER, orders=[ORDER], pending=pending, flow="review_return")
        return reader.read(view)

    return read


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("whoops, 3 pairs and not 5", 3),
        ("just four", 4),
        ("I miscounted, it was two", 2),
        ("2 pairs, not 5", 2),
        ("shouldn't it be three?", 3),
        ("can you make it 4", 4),
        ("one more", {"more": 1}),
        ("two fewer please", {"more": -2}),
    ],
)
def test_another_number_of_units_is_read_whatever_counts_them(at, text, quantity):
    assert values(at(REFUND, text)) == {"quantity": quantity}


@pytest.mark.parametrize("text", ["so everything on the order", "no, the whole order", "the lot please"])
def test_everything_is_the_order_and_not_the_line_of_the_card(at, text):
    assert values(at(REFUND, text))["line"] == "everything"


@pytest.mark.parametrize(
    "text", ["leave the postage out", "goods only", "without the shipping cost", "take off the shipping fee"]
)
def test_shipping_left_out_is_a_change(at, text):
    assert values(at(REFUND, text))["shipping"]["value"] == "0"


@pytest.mark.parametrize(
    "text",
    [
        "no, that is not right",
        "hmm",
        "just a sec",
        "not the oven mitts",
        "that's not what she wants",
        "2 hats instead",
    ],
)
def test_a_change_that_is_not_understood_holds_the_card(at, text):
    (command,) = at(REFUND, text).commands
    assert command.name == "Clarify"
    assert command.changes


@pytest.mark.parametrize(
    "text",
    [
        "gtg, fire away",
        "good 2 go",
        "crack on",
        "the figures add up",
        "everything in order",
        "leave it as it was",
    ],
)
def test_yes_in_other_words_is_no_change(at, text):
    assert names(at(REFUND, text)) == ["Affirm"]


@pytest.mark.parametrize(
    "text",
    ["let it go, she sorted it out herself", "I take that back", "we won't be refunding this", "tear it up"],
)
def test_no_in_other_words_withdraws(at, text):
    assert names(at(REFUND, text)) == ["CancelCase"]


@pytest.mark.parametrize("text", ["two photos of the crack came in", "screenshot attached, parcel lost"])
def test_proof_that_comes_in_corrects_nothing(at, text):
    assert list(values(at(REFUND, text))) == ["evidence"]


@pytest.mark.parametrize(
    "text", ["when did it arrive?", "what is her address?", "up to which sum may I sign off on my own"]
)
def test_a_question_changes_nothing(at, text):
    assert not {"CorrectSlot", "SetSlot"} & set(names(at(REFUND, text)))
    assert not any(getattr(command, "changes", False) for command in at(REFUND, text).commands)


@pytest.mark.parametrize(
    "text", ["that is too late for her", "wait, a different thing", "wait, give her only 2 of the mitts"]
)
def test_single_words_are_no_reason(at, text):
    assert "reason" not in values(at(REFUND, text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rather 7", {"return_fee": {"kind": "exact", "value": "7", "currency": None}}),
        ("7 not 9.50", {"return_fee": {"kind": "exact", "value": "7", "currency": None}}),
        ("and 2 for restocking", {"restocking_fee": {"kind": "exact", "value": "2", "currency": None}}),
        ("half of that", {"return_fee": {"kind": "times", "value": "0.5"}}),
        ("2 less", {"return_fee": {"kind": "less", "value": "2"}}),
        ("ship it with GLS instead of DHL", {"carrier": "GLS"}),
    ],
)
def test_a_figure_at_the_card_of_a_return_is_a_fee(at, text, found):
    assert values(at(FEES, text)) == found


def test_a_figure_that_may_be_either_fee_is_asked_about(at):
    both = FEES.model_copy(update={"fees": {"return_fee": "4.00", "restocking_fee": "2.50"}})
    (command,) = at(both, "make it 3").commands
    assert command.name == "Clarify"
    assert command.changes


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("one has a hairline crack", {"good": 0, "damaged": 1, "missing": 0, "rest": "good"}),
        ("two are missing actually", {"good": 0, "damaged": 0, "missing": 2, "rest": "good"}),
        ("just three came", {"good": 3, "damaged": 0, "missing": 0, "rest": "missing"}),
        ("only 3 so far", {"good": 3, "damaged": 0, "missing": 0}),
        ("sorry, 3 good, 2 torn", {"good": 3, "damaged": 2, "missing": 0}),
        ("all of them are scratched", {"good": 0, "damaged": 0, "missing": 0, "rest": "damaged"}),
    ],
)
def test_what_came_back_is_told_anew(at, text, seen):
    assert values(at(RECEIPT, text))["inspection"] == [{"line": "l1", **seen}]


def test_all_but_one_is_no_all_good(at):
    (command,) = at(RECEIPT, "they were all fine except one").commands
    assert command.name == "Clarify"
    assert command.changes


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("no, they declined, tracking shows delivered", "rejected"),
        ("wait, only 10 of it", "partially_approved"),
    ],
)
def test_a_verdict_is_corrected_and_the_card_not_dropped(at, text, verdict):
    assert values(at(VERDICT, text, verdict="approved"))["verdict"] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "hold on",
        "hm wait",
        "hang on, what did she write?",
        "can we see the photos first",
        "make it a fee instead",
    ],
)
@pytest.mark.parametrize("slot", ["explanation", "communication_record", "note"])
def test_what_is_no_text_is_not_taken_for_one(asked, slot, text):
    assert slot not in values(asked(slot, text))


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, our return window has passed.",
        "The coat has been worn outside.",
        "Wait until next season is no option for us: the coat was worn.",
        "no photos were sent and the base is scratched",
    ],
)
def test_a_text_is_taken_as_it_stands(asked, text):
    assert values(asked("explanation", text)) == {"explanation": text}


@pytest.mark.parametrize("text", ["not yet", "nobody told her", "will do it later", "they were", "no"])
def test_no_record_is_made_of_words_that_tell_of_none(asked, text):
    assert "communication_record" not in values(asked("communication_record", text))


@pytest.mark.parametrize(
    "text", ["told her on the phone", "email of 3 May", "we wrote: “it was used, sorry”"]
)
def test_a_record_says_how_the_customer_was_told(asked, text):
    assert values(asked("communication_record", text)) == {"communication_record": text}


def test_the_offered_text_is_used_where_it_is_left_to_the_desk(asked):
    offered = [OptionView(value="It was used.", label="Use this text")]
    assert values(asked("explanation", "no idea, you write it", offered)) == {"explanation": "It was used."}


def test_a_change_of_mind_approves(asked):
    (command,) = asked("explanation", "wait no. my boss says take it back, 20% restocking").commands
    assert command.slots["decision"] == SlotValue(value="approve", span=command.slots["decision"].span)
    assert command.slots["restocking_fee"].value == {"kind": "percent", "value": "20"}


@pytest.mark.parametrize(
    "text",
    [
        "there is nothing wrong with it, forget the tear. wrong size",
        "it isn't torn, she just changed her mind",
    ],
)
def test_a_defect_taken_back_is_no_proof_of_one(reader, text):
    pending = PendingView(slot="evidence", flow="direct_refund")
    view = TurnView(
        text=text,
        order=ORDER,
        orders=[ORDER],
        pending=pending,
        flow="direct_refund",
        slots={"reason": "damaged"},
    )
    found = values(reader.read(view))
    assert found["retract_issue"] is True
    assert "evidence" not in found


@pytest.mark.parametrize(
    "text", ["actually only the shipping", "no, just the postage please", "just refund the shipping"]
)
def test_the_shipping_alone_takes_the_place_of_the_goods(at, text):
    assert values(at(REFUND, text))["shipping"] == {"kind": "full", "only": True}


def test_not_only_the_shipping_keeps_the_goods(at):
    assert "only" not in values(at(REFUND, "not only the shipping")).get("shipping", {})
