"""What is put right, told beside something else, or asked in passing, in other words than it was first heard in."""

from __future__ import annotations

import pytest

from agent.reading.view import LineView, OrderView, PendingView, ProposalView, TurnView
from tests.unit.reading.heard import about, at_refund, entries, names, values


def order(*goods: tuple[str, int], returns: tuple[tuple[str, str], ...] = ()) -> OrderView:
    """An order of these goods with so many units each; returns as their status and the line they are of."""
    return OrderView(
        number="#8401",
        currency="EUR",
        customer="Marta Silva",
        lines=[
            LineView(id=f"l{at}", sku=f"S{at}", title=title, quantity=units)
            for at, (title, units) in enumerate(goods, 1)
        ],
        returns=[
            {"id": f"R{at}", "status": status, "lines": line} for at, (status, line) in enumerate(returns)
        ],
    )


TILES = order(("Wall tile", 5), ("Reading lamp", 1))
CLOTHES = order(("Wool gloves", 1), ("Felt hat", 1), ("Warm socks", 1))
ONE = order(("Pocket camera", 1), ("Neck strap", 1))


def told(reader, text, item, **more):
    """The slots of every command of a message, by name."""
    found: dict[str, object] = {}
    for command in about(reader, text, item, **more).commands:
        found |= values(command)
    return found


@pytest.mark.parametrize("proof", ["photos of both attached", "a picture showing both is here"])
def test_pictures_of_both_leave_the_number_of_units_as_it_was_told(reader, proof):
    text = f"3 of the 5 wall tiles broken and the reading lamp dented, {proof}. refund these"
    assert told(reader, text, TILES)["line"] == entries({"l1": 3, "l2": None})


def test_the_sum_that_two_prices_differ_by_is_the_amount(reader):
    found = told(reader, "she paid 64, it's 52 on our site now, refund the difference, 12.00", TILES)
    assert found["amount"]["value"] == "12.00"


def test_of_three_sums_that_do_not_add_up_none_is_taken(reader):
    assert "amount" not in told(reader, "she paid 64, it's 52 now, refund the difference, 15.00", TILES)


ASKED_BACK = {
    "flow": "direct_refund",
    "pending": PendingView(slot="return_needed", flow="direct_refund"),
    "slots": {"line": entries({"l1": 1}), "reason": "defective"},
}


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("yes it has to come back, only the neck strap he keeps", True),
        ("yes, but she keeps the strap", True),
        ("yes but she can keep it", False),
        ("no, she keeps the camera", False),
    ],
)
def test_what_comes_back_is_not_denied_by_other_goods_that_stay(reader, text, needed):
    found = told(reader, text, ONE, **ASKED_BACK)
    assert found["return_needed"] is needed
    assert found.get("line") in (None, entries({"l1": None}))


QUOTE = "the left buckle came off while I put it on"


@pytest.mark.parametrize(
    "text",
    [
        f'refund the camera, strap problem. customer writes: "{QUOTE}". take that as evidence, he keeps it',
        f'refund the camera, it is torn. her description: "{QUOTE}". nothing comes back',
    ],
)
def test_a_quotation_handed_on_beside_a_wish_is_its_proof(reader, text):
    assert told(reader, text, ONE)["evidence"] == {"kind": "description", "text": QUOTE}


def test_a_quotation_that_is_not_handed_on_proves_nothing(reader):
    found = told(reader, f'refund the camera, it is torn. customer writes: "{QUOTE}"', ONE)
    assert "evidence" not in found


@pytest.mark.parametrize(
    "text",
    [
        "the gloves are there, it's the hat that was missing",
        "gloves were in the box, the hat is what's missing",
        "the gloves arrived after all, the hat didn't",
    ],
)
def test_goods_that_are_there_beside_the_missing_are_not_refunded(reader, text):
    found = at_refund(reader, text, CLOTHES, {"l1": 1}, reason="missing_item", line=entries({"l1": 1}))
    assert values(found.commands[0])["line"] == entries({"l2": None})


def test_goods_that_came_broken_beside_the_missing_are_not_left_out(reader):
    found = told(reader, "8401 the gloves came broken, the hat is missing, refund both", CLOTHES)
    assert {entry["line"] for entry in found["line"]} == {"l1", "l2"}


@pytest.mark.parametrize(
    "text", ["8401 the lamp has to come back, she changed her mind", "the lamp must come back"]
)
def test_goods_that_must_come_back_want_a_return(reader, text):
    assert about(reader, text, TILES).commands[0].flow == "merchant_return"


def test_goods_of_a_return_that_came_back_want_none(reader):
    item = order(("Reading lamp", 1), returns=(("in_transit", "l1"),))
    assert about(reader, "the lamp has come back, all good", item).commands[0].flow == "return_progress"


@pytest.mark.parametrize("text", ["she filed no return, make one", "no return filed yet, create one"])
def test_none_that_was_filed_is_one_to_be_made(reader, text):
    assert about(reader, text, TILES).commands[0].flow == "merchant_return"


@pytest.mark.parametrize("text", ["got nothing from her, go on without", "proceed without"])
def test_going_on_without_answers_that_there_is_no_proof(reader, text):
    asked = PendingView(slot="evidence", flow="merchant_return")
    found = told(reader, text, TILES, flow="merchant_return", pending=asked, slots={"reason": "defective"})
    assert found["evidence"] == {"kind": "none", "text": None}


def test_goods_beside_those_of_a_return_are_no_inspection_of_it(reader):
    item = order(("Ice skates", 1), ("Spare laces", 2), returns=(("in_transit", "l1"),))
    heard = about(reader, "both pairs of laces were missing from the box on 8401. refund them", item)
    assert [command.flow for command in heard.commands] == ["direct_refund"]


def test_goods_of_a_return_are_inspected(reader):
    item = order(("Ice skates", 1), ("Spare laces", 2), returns=(("in_transit", "l2"),))
    heard = about(reader, "the laces are back, both good", item)
    assert heard.commands[0].flow == "return_progress"


RETURN_CARD = {
    "flow": "merchant_return",
    "proposal": ProposalView(
        kind="merchant_return",
        order="#8401",
        amount="30.00",
        write="create_return",
        lines={"l2": 1},
        reason="changed_mind",
    ),
    "slots": {"line": entries({"l2": 1}), "return_reason": "changed_mind"},
}


def test_a_return_that_is_only_on_the_card_is_dropped(reader):
    assert names(about(reader, "scrap the return", TILES, **RETURN_CARD)) == ["CancelCase"]


def test_a_return_that_is_only_on_the_card_gives_way_to_a_refund(reader):
    heard = about(reader, "scrap the return, she keeps it, just refund her 20", TILES, **RETURN_CARD)
    assert [command.flow for command in heard.commands] == ["direct_refund"]
    assert values(heard.commands[0])["return_needed"] is False
    assert values(heard.commands[0])["amount"]["value"] == "20"


@pytest.mark.parametrize("text", ["back from lunch, ok go ahead with 8401 now", "yes go ahead with 8401"])
def test_going_ahead_with_the_order_of_the_card_shows_it_again(reader, text):
    assert names(at_refund(reader, text, TILES, {"l2": 1})) == ["Affirm"]


def test_going_ahead_with_another_order_does_not(reader):
    other = TILES.model_copy(update={"number": "#7733"})
    card = ProposalView(kind="direct_refund", order="#8401", amount="30.00", write="refund", lines={"l2": 1})
    view = TurnView(
        text="ok go ahead with 7733 now",
        order=TILES,
        orders=[TILES, other],
        proposal=card,
        flow="direct_refund",
        slots={"line": entries({"l2": 1})},
    )
    assert "Affirm" not in names(reader.read(view))


@pytest.mark.parametrize(
    "text", ["how much do we have in reserve right now?", "what's in our available balance?"]
)
def test_what_the_shop_holds_is_looked_up_at_a_card(reader, text):
    assert at_refund(reader, text, TILES, {"l2": 1}).commands[0].flow == "balance"


def test_what_the_card_does_to_the_balance_is_asked_of_the_card(reader):
    heard = at_refund(reader, "what does it do to our balance?", TILES, {"l2": 1})
    assert names(heard) == ["AskQuestion"]


def test_half_of_what_was_copied_is_no_fee(reader):
    card = ProposalView(
        kind="review_return", order="#8401", amount="30.00", write="approve_return", lines={"l2": 1}
    )
    item = order(("Wall tile", 5), ("Reading lamp", 1), returns=(("requested", "l2"),))
    view = TurnView(
        text="I copied only half of it, the UPS number is 1Z84F6E20347219053",
        order=item,
        orders=[item],
        proposal=card,
        flow="review_return",
        slots={"decision": "approve", "carrier": "UPS"},
    )
    assert values(reader.read(view).commands[0]) == {"carrier": "UPS", "tracking": "1Z84F6E20347219053"}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("return is back, four tiles announced, three in the box: two good, one damaged", (2, 1, 0)),
        ("return is back, 4 expected, 3 came, 2 good 1 damaged", (2, 1, 0)),
    ],
)
def test_announced_units_are_none_that_came(reader, text, counts):
    item = order(("Wall tile", 5), ("Reading lamp", 1), returns=(("approved", "l1"),))
    seen = told(reader, text, item)["inspection"][0]
    assert (seen["good"], seen["damaged"], seen["missing"]) == counts


def test_named_goods_in_full_without_shipping_are_only_those(reader):
    assert told(reader, "refund the lamp in full, without the shipping", TILES)["line"] == entries(
        {"l2": None}
    )


def test_all_of_it_in_full_without_shipping_is_every_line(reader):
    found = told(reader, "full refund on 8401, keep the shipping", TILES)
    assert {entry["line"] for entry in found["line"]} == {"l1", "l2"}


@pytest.mark.parametrize("text", ["the camera does not focus any more", "the camera won't record anymore"])
def test_what_does_not_work_any_more_is_a_defect_and_no_proof(reader, text):
    found = told(reader, text, ONE)
    assert found["reason"] == "defective"
    assert "evidence" not in found


def test_what_is_not_wanted_any_more_is_no_defect(reader):
    assert told(reader, "8401 she doesn't want the camera any more", ONE).get("reason") == "changed_mind"


@pytest.mark.parametrize(
    "text",
    [
        'reject it, final sale. write him by email: "Goods of the final sale stay sold."',
        "reject it, final sale. email him that goods of the final sale stay sold",
    ],
)
def test_words_for_the_customer_beside_a_rejection_are_its_text_and_record(reader, text):
    item = order(("Reading lamp", 1), returns=(("requested", "l1"),))
    heard = about(reader, text, item)
    assert len(heard.commands) == 1
    found = values(heard.commands[0])
    assert found["explanation"].lower().startswith("goods of the final sale stay sold")
    assert found["communication_record"] == found["explanation"]


@pytest.mark.parametrize(
    "text",
    ["And for how many minutes does a card stay open before it expires?", "when does a proposal expire"],
)
def test_how_long_a_card_is_open_is_a_question_about_the_rules(reader, text):
    heard = reader.read(TurnView(text=text))
    assert [(command.name, command.topic) for command in heard.commands] == [("AskQuestion", "policy")]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("I received refund. Thanks", "greet"), ("customer says she got her refund", "lookup_order")],
)
def test_a_refund_that_came_is_no_wish_for_one(reader, text, intent):
    assert reader.read(TurnView(text=text)).intent == intent
