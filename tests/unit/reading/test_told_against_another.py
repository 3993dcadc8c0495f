"""Figures that are told against others: a price against what was paid, what came against what should have."""

import pytest

from agent.reading.answers.options import other_reason
from agent.reading.text.spelled import spelled
from agent.reading.values.short_counts import short_of
from agent.reading.view import LastView, LineView, OptionView, OrderView, PendingView, ProposalView, TurnView
from tests.unit.reading.heard import about, values

TENT = OrderView(
    number="#8137",
    currency="SEK",
    customer="Elin Berg",
    captured="2495.00",
    lines=[LineView(id="l1", sku="TENT", title="Three-person tent", quantity=1)],
)
VASES = OrderView(
    number="#8153",
    currency="EUR",
    customer="Max Vey",
    captured="75.00",
    lines=[
        LineView(id="v", sku="VASE", title="Vase", quantity=2),
        LineView(id="b", sku="BOWL", title="Bowl", quantity=1),
    ],
)


@pytest.fixture
def heard(reader):
    """The commands of a message about an order."""
    return lambda text, order, **more: about(reader, text, order, **more).commands


@pytest.fixture
def slots(heard):
    """The slots of the first command, by name."""
    return lambda text, order, **more: values(heard(text, order, **more)[0])


@pytest.mark.parametrize(
    "text",
    [
        "elin saw her tent for 2195 in our sale, she gets what she overpaid",
        "8137: tent spotted at 2195 on our site today, pay her what she paid too much",
        "refund elin the difference on 8137, the tent is listed at 2195 on our site now",
    ],
)
def test_a_price_of_today_is_what_the_amount_comes_down_to_and_no_order(slots, text):
    told = slots(text, TENT)
    assert (told["amount"]["kind"], told["amount"]["value"]) == ("down_to", "2195")
    assert told["reason"] == "price_adjustment"


def test_a_price_put_right_at_the_card_moves_the_amount(slots):
    card = ProposalView(
        kind="direct_refund", order="#8137", amount="300.00", write="refund", reason="price_adjustment"
    )
    given = {"amount": {"kind": "down_to", "value": "2195", "currency": None}}
    for text in ("wrong tag, the sale price was 2295", "sorry, actual price is 2295"):
        told = slots(text, TENT, proposal=card, slots=given)
        assert told["amount"] == {"kind": "down_to", "value": "2295", "currency": None}, text


def test_an_order_that_is_really_named_is_no_price(heard):
    first = heard("refund the tent on 8137 and have a look at 2195", TENT)
    assert [c.slots["order"].value for c in first if "order" in c.slots][-1] == "2195"


def test_a_sum_that_is_sent_goes_before_a_percentage_that_is_told(slots):
    told = slots("the tent on 8137 is at 50% now so send 1250.5 back to match the new price", TENT)
    assert told["amount"] == {"kind": "exact", "value": "1250.5", "currency": None}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("9 candles inside instead of 12", 3),
        ("jo got 4 mugs in the box rather than 6", 2),
        ("counted five in it and not six", 1),
        ("there were only 9 of them", None),
        ("she wants 2 instead of 3", None),
        ("make it 2 instead of 3", None),
        ("12 in the box instead of 9", None),
    ],
)
def test_what_is_in_the_box_against_what_should_be_tells_what_is_missing(text, missing):
    counts = [span.value for span in short_of(text) if span.kind == "quantity"]
    assert counts == ([] if missing is None else [missing])


def test_the_same_again_on_another_order_takes_as_many_of_such_goods(slots):
    last = LastView(
        order="#8152", flow="direct_refund", reason="changed_mind", lines=["x"],
        goods={"VASE": 1},
    )  # fmt: skip
    told = slots("max wants the same again on 8153", VASES, last=last)
    assert told["line"] == [{"line": "v", "quantity": 1, "amount": None}]
    assert told["reason"] == "changed_mind"


@pytest.mark.parametrize("goods", [{"VASE": 3}, {"JUG": 1}])
def test_the_same_again_takes_no_goods_that_the_other_order_does_not_have(slots, goods):
    last = LastView(order="#8152", flow="direct_refund", reason="changed_mind", lines=["x"], goods=goods)
    assert "line" not in slots("max wants the same again on 8153", VASES, last=last)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("nothing in your list fits, put other", ""),
        ("none of those applies", ""),
        ("none of these, she was promised a hood", "she was promised a hood"),
        ("just say other", ""),
        ("the other one came late", None),
        ("nothing came", None),
    ],
)
def test_other_is_said_in_many_ways_and_what_follows_is_the_note(text, note):
    assert other_reason(text) == note


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("return shipping 15 is on him", "return fee 15 is on him"),
        ("return postage 6 she pays", "return fee 6 she pays"),
        ("return shipping 15 back to him", "return shipping 15 back to him"),
        ("only the courier charge", "only the shipping charge"),
        ("courier lost it", "courier lost it"),
    ],
)
def test_what_carriage_costs_is_a_fee_where_the_customer_pays_it(text, written):
    assert spelled(text).text == written


def test_goods_that_are_liked_are_left_out_where_only_the_shipping_is_paid(slots):
    asked = PendingView(slot="quantity", flow="direct_refund", options=[OptionView(value=1, label="1 of 2")])
    case = {"flow": "direct_refund", "slots": {"reason": "late_delivery"}, "pending": asked}
    told = slots("vases are fine, just the courier charge back", VASES, **case)
    assert told == {"shipping": {"kind": "full", "only": True}}


def test_a_nod_is_taken_note_of_and_the_question_stays(heard):
    asked = PendingView(slot="quantity", flow="direct_refund", options=[OptionView(value=1, label="1 of 2")])
    for text in ("thought so. ok", "good to know", "figures"):
        (command,) = heard(text, VASES, flow="direct_refund", pending=asked)
        assert (command.name, command.slots) == ("SetSlot", {}), text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("max typed 6 instead of 2 on 8153, refund all but two vases", "ordered_by_mistake"),
        ("the bowl on 8153 is nowhere to be found, customer got nothing, refund it", "not_received"),
        ("parcel 8153 was short, the bowl is missing, refund it", "missing_item"),
        ("a red bowl went out in place of the green one, 8153, refund it", "wrong_item"),
    ],
)
def test_why_is_told_by_what_came_and_what_was_meant(slots, text, reason):
    assert slots(text, VASES)["reason"] == reason


@pytest.mark.parametrize("text", ["oops mixed up the digits, its 8153", "sorry, mixed up the numbers. 8153"])
def test_an_order_mixed_up_is_no_wrong_item(reader, text):
    card = ProposalView(kind="direct_refund", order="#8137", amount="19.00", write="refund", lines={"l1": 1})
    view = TurnView(text=text, order=TENT, orders=[TENT, VASES], proposal=card, flow="direct_refund")
    (command,) = reader.read(view).commands
    assert (command.slots["order"].value, "reason" in command.slots) == ("8153", False)


def test_everything_with_its_postage_takes_the_postage_too(slots):
    told = slots("8153 never got to him, so the whole thing incl. postage goes back", VASES)
    assert (told["amount"], told["shipping"]) == ({"kind": "full"}, {"kind": "full"})
