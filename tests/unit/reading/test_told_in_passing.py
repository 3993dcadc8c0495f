"""What is told in passing: sums and goods that are none of the wish, and what only their place tells."""

import pytest

from agent.commands import CorrectSlot, StartFlow
from agent.reading.facts.recorded import told_behind
from agent.reading.text.quoting import split_quoted
from agent.reading.view import LastView, LineView, OptionView, OrderView, PendingView, TurnView
from tests.unit.reading.heard import about, at_refund, values

SOAPS = OrderView(
    number="#6420",
    currency="GBP",
    customer="Jess Carr",
    lines=[
        LineView(id="l1", sku="SOAP", title="Soap bar lavender", quantity=6),
        LineView(id="l2", sku="DISH", title="Soap dish", quantity=1),
    ],
)
MICE = OrderView(
    number="#5801",
    currency="EUR",
    customer="Mateo Ruiz",
    lines=[LineView(id="l1", sku="MOUSE", title="Wireless mouse", quantity=2)],
)
SHIRTS = OrderView(
    number="#2718",
    currency="JPY",
    customer="Yuto Abe",
    lines=[
        LineView(id="l1", sku="B", title="T-shirt black M", quantity=2),
        LineView(id="l2", sku="G", title="T-shirt grey M", quantity=1),
    ],
)
MUGS = OrderView(
    number="#3178",
    currency="EUR",
    customer="Nele Jansen",
    lines=[LineView(id="l1", sku="MUG", title="Blue mug", quantity=4)],
)


@pytest.fixture
def slots(reader):
    """The slots of the first command, by name."""
    return lambda text, order, **more: values(about(reader, text, order, **more).commands[0])


@pytest.fixture
def at_card(reader):
    """The first command of a message at a refund's card with these units."""
    return lambda text, order, units, **told: at_refund(reader, text, order, units, **told).commands[0]


def _units(found):
    return {entry["line"]: entry["quantity"] for entry in found["line"]}


@pytest.mark.parametrize(
    "text",
    [
        "refund three soaps on 6420, rash",
        "6420 money back for 3 soaps",
        "6420: 4 of the soaps, changed her mind",
    ],
)
def test_so_many_are_of_the_one_line_that_has_so_many(slots, text):
    assert set(_units(slots(text, SOAPS))) == {"l1"}


@pytest.mark.parametrize(
    "text", ["and the other three soaps as well, same reason", "the other 3 soaps too, same reason"]
)
def test_the_others_are_more_of_the_same_where_no_other_line_has_so_many(slots, text):
    last = LastView(order="#6420", flow="direct_refund", reason="other", lines=["l1"])
    assert _units(slots(text, SOAPS, last=last)) == {"l1": 3}


def test_plurals_that_no_ending_tells_name_their_line(slots):
    assert _units(slots("5801 both mice refund, ordered by mistake", MICE)) == {"l1": 2}


@pytest.mark.parametrize(
    "text",
    [
        "2718 got a white one instead of one of his black T-shirts, refund one black",
        "she got two grey ones instead of the black, 2718, refund",
        "2718: grey ones were sent instead of black ones, refund",
    ],
)
def test_goods_that_others_came_in_place_of_are_those_meant(slots, text):
    assert set(_units(slots(text, SHIRTS))) == {"l1"}


def test_goods_denied_in_favour_of_others_are_still_not_meant(slots):
    assert set(_units(slots("2718 refund the grey instead of the black, late", SHIRTS))) == {"l2"}


@pytest.mark.parametrize(
    "text", ["went off the blue mugs, refund 4, 3178", "3178 blue mugs, refund 4, changed her mind"]
)
def test_a_bare_figure_behind_goods_in_the_plural_counts_them(slots, text):
    found = slots(text, MUGS)
    assert _units(found) == {"l1": 4}
    assert "amount" not in found


def test_a_bare_figure_above_what_was_ordered_stays_a_sum(slots):
    assert slots("3178 the mugs came late, refund 9", MUGS)["amount"]["value"] == "9"


@pytest.mark.parametrize(
    "text",
    [
        "3178 he did get everything. 10 as goodwill",
        "3178 she received everything but late, give 10",
        "3178 we sent her everything, 10 goodwill",
    ],
)
def test_everything_that_somebody_got_is_no_sum(slots, text):
    assert slots(text, MUGS)["amount"]["value"] == "10"


def test_everything_back_is_the_whole(slots):
    assert slots("3178 she gets everything back, never arrived", MUGS)["amount"] == {"kind": "full"}


def test_what_a_voucher_was_is_no_sum(slots):
    assert "amount" not in slots("3178 refund a mug, mind her 5 euro voucher, changed her mind", MUGS)


def test_units_paid_back_before_are_not_those_meant(slots):
    text = "3178 one of her mugs was refunded last week. the other two never came, pay those back"
    assert _units(slots(text, MUGS)) == {"l1": 2}


def test_shipping_goes_with_the_sum_behind_it(slots):
    found = slots("3178 came late, refund her the shipping, 9 euro", MUGS)
    assert found["shipping"]["value"] == "9"
    assert "amount" not in found


def test_a_sum_before_the_shipping_is_of_the_goods(slots):
    found = slots("3178 refund the mugs, 20 euro, and shipping", MUGS)
    assert (found["amount"]["value"], found["shipping"]) == ("20", {"kind": "full"})


def test_nothing_but_the_shipping_is_a_wish_of_its_own(reader):
    text = (
        "nele paid for express on 3178 and it took nine days lol. just the shipping cost back, goods are ok"
    )
    command = reader.read(TurnView(text=text, order=MUGS, orders=[MUGS])).commands[0]
    assert isinstance(command, StartFlow)
    assert command.slots["shipping"].value == {"kind": "full"}


def test_the_rest_that_has_not_left_is_meant_and_not_what_the_customer_has(slots):
    desk = LineView(id="l1", sku="DESK", title="Standing desk", quantity=1)
    chair = LineView(id="l2", sku="CHAIR", title="Office chair", quantity=2, unsent=True)
    order = OrderView(number="#6633", currency="USD", customer="Janelle Ortiz", lines=[desk, chair])
    text = "6633 she has the desk already but changed her mind about all the rest that hasn't shipped, pay that back"
    assert set(_units(slots(text, order))) == {"l2"}


@pytest.mark.parametrize("text", ["and the shipping on top pls", "plus the shipping"])
def test_shipping_on_top_keeps_the_goods_of_the_card(at_card, text):
    command = at_card(text, MUGS, {"l1": 3})
    assert isinstance(command, CorrectSlot)
    assert _units({"line": command.slots["line"].value}) == {"l1": 3}


def test_the_shipping_alone_takes_the_place_of_the_goods(at_card):
    assert "line" not in at_card("just the shipping then", MUGS, {"l1": 3}).slots


def test_more_kept_than_the_card_leaves_is_of_all_that_were_bought(at_card):
    line = [{"line": "l1", "quantity": 3, "amount": None}]
    assert at_card("no sorry she keeps two", MUGS, {"l1": 3}, line=line).slots["quantity"].value == {
        "all_but": 2
    }


def test_how_many_are_not_wanted_says_no_reason(at_card):
    slots = at_card(
        "sorry i misread. it's two he doesnt want", MUGS, {"l1": 1}, reason="ordered_by_mistake"
    ).slots
    assert slots["quantity"].value == 2
    assert "reason" not in slots


@pytest.mark.parametrize("text", ["make it 3, and klarna first", "make it 3 please, klarna first"])
def test_which_payment_goes_first_is_heard_beside_another_change(at_card, text):
    assert at_card(text, MUGS, {"l1": 2}).slots["payment"].value == "klarna"


def test_you_know_what_asks_nothing(at_card):
    told = {"kind": "exact", "value": "10", "currency": None}
    command = at_card(
        "you know what, make that 12, she was patient", MUGS, {"l1": 0}, shown="10.00", amount=told
    )
    assert command.slots["amount"].value["value"] == "12"


@pytest.mark.parametrize(
    "text", ["that goes to his gift card first, right?", "which card does it go back to?"]
)
def test_over_which_payment_it_goes_is_a_question(at_card, text):
    assert at_card(text, MUGS, {"l1": 2}).topic == "payment"


@pytest.mark.parametrize("text", ["which account will it come from?", "what account is that taken from?"])
def test_which_of_our_accounts_pays_is_a_question_about_the_balance(at_card, text):
    assert at_card(text, MUGS, {"l1": 2}).topic == "balance"


@pytest.mark.parametrize(
    "text", ["back from lunch. ok lets do the one for nele", "ok back from the meeting, let's go on"]
)
def test_whoever_is_back_goes_on_and_opens_no_return(at_card, text):
    assert at_card(text, MUGS, {"l1": 2}).name in {"ResumeCase", "Affirm"}


def test_no_bare_yes_makes_a_gesture_the_whole(slots):
    asked = PendingView(slot="amount", flow="direct_refund")
    for reason, whole in (("price_adjustment", False), ("goodwill", False), ("changed_mind", True)):
        found = slots("yes thats right", MUGS, pending=asked, flow="direct_refund", slots={"reason": reason})
        assert (found.get("amount") == {"kind": "full"}) is whole, reason


def test_the_first_part_of_an_answer_says_which_order(reader):
    options = [
        OptionView(value="#6413", label="#6413, Ivo Kral", words="Ivo Kral Wood glue"),
        OptionView(value="#6414", label="#6414, Ivo Kral", words="Ivo Kral Belt sander Sanding paper"),
    ]
    asked = PendingView(slot="order", flow="direct_refund", options=options)
    view = TurnView(
        text="the one with the sander. it went dead after a day", pending=asked, flow="direct_refund"
    )
    assert reader.read(view).commands[0].slots["order"].value == "#6414"


def test_what_leads_to_quoted_words_leaves_a_sentence_of_its_own():
    own, quoted = split_quoted("6425 is broken but here's what he wrote:\n> It crackles.\nrefund the radio")
    assert own.replace("\n", " ") == "6425 is broken. refund the radio"
    assert quoted == ["It crackles."]


def test_quoted_words_settle_what_proof_was_said_not_to_be_there_for(reader):
    told = {"reason": "defective", "evidence": {"kind": "none", "text": None}}
    text = 'ok he writes me now in a mail: "I press the button and nothing happens, the light stays dark"'
    view = TurnView(text=text, order=MUGS, orders=[MUGS], flow="direct_refund", slots=told)
    assert reader.read(view).commands[0].slots["evidence"].value["kind"] == "description"


def test_that_the_customer_knows_stands_behind_a_comma_too():
    assert told_behind("Worn boots cannot be taken back, she was told by phone") == (
        "Worn boots cannot be taken back",
        "she was told by phone",
    )
