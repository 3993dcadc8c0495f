"""What hurried colleagues write in short, and what it does to the goods that a card or a case has."""

import pytest

from agent.reading.answers.options import chosen_option
from agent.reading.text.language import language_code
from agent.reading.values.short_counts import came_well, short_of
from agent.reading.view import LineView, OptionView, OrderView, PendingView, ProposalView, TurnView

ORDER = OrderView(
    number="#6200",
    currency="EUR",
    customer="Ravi Menon",
    lines=[
        LineView(id="l1", sku="COAT", title="Rain coat", quantity=1),
        LineView(id="l2", sku="GLOVE", title="Fleece gloves", quantity=3),
        LineView(id="l3", sku="RAIL", title="Clip rail", quantity=1),
    ],
)


def card(write="refund", amount="95.00", **lines):
    return ProposalView(
        kind="direct_refund", order="#6200", write=write, amount=amount, lines=lines, reason="goodwill"
    )


@pytest.fixture
def at(reader):
    """Read a message at a card: the slots of its commands, or what it is taken for."""

    def read(shown, text, **slots):
        chosen = [{"line": line, "quantity": n, "amount": None} for line, n in shown.lines.items()]
        flow = "merchant_return" if shown.write == "create_return" else "direct_refund"
        view = TurnView(
            text=text, order=ORDER, orders=[ORDER], proposal=shown, flow=flow, slots={"line": chosen, **slots}
        )
        heard = reader.read(view)
        return heard.commands[0].name, {n: s.value for c in heard.commands for n, s in c.slots.items()}

    return read


def units(slots):
    return {entry["line"]: entry["quantity"] for entry in slots["line"]}


@pytest.mark.parametrize(
    "text", ["add the coat too", "+ coat", "n the coat as well pls", "coat too, forgot that"]
)
def test_goods_that_are_added_come_on_top_of_those_of_the_card(at, text):
    name, slots = at(card(l2=2), text)
    assert (name, units(slots)) == ("CorrectSlot", {"l2": 2, "l1": None})


@pytest.mark.parametrize(
    "text", ["the coat instead", "not the gloves, the coat", "wrong one, should be the coat"]
)
def test_goods_that_take_the_place_of_others_do_not_come_on_top(at, text):
    name, slots = at(card(l2=2), text)
    assert name == "Clarify" or set(units(slots)) == {"l1"}


@pytest.mark.parametrize(
    "text",
    [
        "no gloves actually",
        "leave the gloves out",
        "take the gloves off",
        "w/o the gloves",
        "gloves are fine, coat only",
    ],
)
def test_goods_that_are_taken_off_are_gone_and_the_others_stay(at, text):
    name, slots = at(card(l1=1, l2=2), text)
    assert (name, units(slots)) == ("CorrectSlot", {"l1": 1})


def test_so_many_as_are_taken_off_are_gone(at):
    assert units(at(card(l1=1, l2=3), "drop 1 pair of gloves")[1]) == {"l1": 1, "l2": 2}


def test_what_the_customer_keeps_is_off_a_return_and_unclear_on_a_refund_that_leaves_all_there(at):
    assert units(at(card("create_return", l1=1, l2=2), "she keeps the gloves")[1]) == {"l1": 1}
    assert at(card(l1=1, l2=2), "she keeps the gloves", return_needed=False)[0] == "Clarify"


def test_a_thing_that_is_called_like_proof_is_goods(at):
    name, slots = at(card(l1=1, l3=1), "no clip rail")
    assert (name, units(slots)) == ("CorrectSlot", {"l1": 1})


@pytest.mark.parametrize("text", ["one more pair of gloves", "another pair of gloves pls"])
def test_one_more_of_what_the_card_shows_is_counted_on_top(at, text):
    assert at(card(l2=1), text)[1] == {"quantity": {"more": 1}}


@pytest.mark.parametrize("text", ["nah 250 is plenty", "too generous, 250 will do", "boss says 250"])
def test_a_number_that_is_no_orders_is_a_sum_at_a_refunds_card(at, text):
    name, slots = at(card(amount="340.00", l1=1), text)
    assert (name, slots["amount"]["value"]) == ("CorrectSlot", "250")


def test_a_number_to_be_looked_up_is_an_order_even_at_a_card(at):
    assert "amount" not in at(card(amount="3400.00", l1=1), "check 2501 first")[1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("only 3 came, 1 short", [("told", None), ("quantity", 1)]),
        ("3 arrvd, rfnd the rest", [("quantity", {"all_but": 3})]),
        ("1 short, rfnd", [("quantity", 1)]),
        ("3 came back, 1 missing a lid", []),
        ("3 came broken, rfnd those", []),
    ],
)
def test_what_did_not_come_is_told_by_what_did(text, found):
    assert [(span.kind, span.value) for span in short_of(text)] == found


def test_what_came_well_counts_nothing_beside_what_did_not():
    assert [span.text for span in came_well("4 came ok, 2 smashed")] == ["4"]
    assert came_well("4 came ok") == []


@pytest.mark.parametrize(
    "text", ["8219 rtn goes w/ ups, trk 1Z999AA10123456784", "rtn w/ dhl pls", "cx rfnd z1 w/o lbl"]
)
def test_shorthand_is_english(text):
    assert language_code(text) == "en"


@pytest.mark.parametrize(
    ("said", "value"),
    [("big one", "b"), ("the smaller", "a"), ("the one in blue", None), ("not the big one", None)],
)
def test_a_size_chooses_among_the_goods_that_are_offered(said, value):
    options = [OptionView(value="a", label="Basket small"), OptionView(value="b", label="Basket large")]
    assert chosen_option(said, said, options) == value


def test_never_mind_before_what_holds_instead_takes_only_that_back(reader):
    shown = ProposalView(kind="return_progress", order="#6200", write="edit_return", lines={"l1": 1})
    view = TurnView(
        text="forget that, its dhl 00340434161094042557",
        order=ORDER,
        orders=[ORDER],
        proposal=shown,
        flow="return_progress",
    )
    (command,) = reader.read(view).commands
    assert (command.name, command.slots["carrier"].value) == ("CorrectSlot", "DHL")


def test_never_mind_with_the_photo_that_came_is_proof(reader):
    asked = PendingView(slot="evidence")
    view = TurnView(
        text="nvm he sent one after all",
        order=ORDER,
        orders=[ORDER],
        pending=asked,
        flow="direct_refund",
        attachments=["image/png"],
    )
    assert [command.name for command in reader.read(view).commands] != ["CancelCase"]


def test_never_mind_without_anything_else_still_drops_the_case(reader):
    view = TurnView(text="nvm, shes keeping it", order=ORDER, orders=[ORDER], flow="direct_refund")
    assert "CancelCase" in [command.name for command in reader.read(view).commands]


def test_so_many_that_are_fine_are_no_yes_and_come_off_where_the_card_shows_them_all(at):
    assert at(card(l2=3), "2 were ok she says")[1] == {"quantity": {"more": -2}}
    assert at(card(l2=2), "1 was ok she says")[0] == "Clarify"
    assert at(card(l2=3), "looks ok")[0] == "Affirm"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("whats my limit in usd?", "own_limit"),
        ("how much can i do w/o a second person", "own_limit"),
        ("whats she get net of the fee?", "return_worth"),
        ("how much after the restocking fee", "return_worth"),
    ],
)
def test_a_question_for_one_figure_is_told_by_its_topic(reader, text, topic):
    (command,) = reader.read(TurnView(text=text, order=ORDER, orders=[ORDER])).commands
    assert (command.name, command.topic) == ("AskQuestion", topic)
