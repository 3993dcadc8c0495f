"""Returns and suppliers in the words of people in a hurry: what the order holds says what is meant."""

import pytest

from agent.reading.answers.options import chosen_option
from agent.reading.facts.fees import fees_said, two_fees
from agent.reading.facts.inspection import with_what_came
from agent.reading.facts.inspection_lines import inspection_by_parts
from agent.reading.facts.slots import Slots
from agent.reading.facts.supplier_sums import asked_sum, share_of_cost
from agent.reading.text.wording import word
from agent.reading.values.spans import find_spans
from agent.reading.view import LineView, OptionView, OrderView, TurnView
from agent.reading.words.decisions import decision_of
from agent.reading.words.reasons import find_reasons, find_reject_reason
from agent.reading.words.signals import signals_of
from agent.reading.words.supplier_notes import notes_of, refusal_of
from tests.unit.reading.desk_view import hear, order
from tests.unit.reading.heard import values


def signals(text):
    spans = find_spans(text, "EUR", frozenset(), frozenset(), frozenset())
    return signals_of(word(text, spans, frozenset()), spans)


def dropshipped(*reviews):
    held = [{"id": f"S{at}", "status": status} for at, status in enumerate(reviews)]
    lines = [LineView(id="l1", sku="LAMP", title="Desk lamp", quantity=2, source="dropshipping")]
    return OrderView(number="1043", currency="EUR", lines=lines, supplier_reviews=held)


def heard(reader, text, *reviews):
    held = dropshipped(*reviews)
    return reader.read(TurnView(text=text, order=held, orders=[held])).commands[0]


@pytest.mark.parametrize(
    "text",
    [
        "now her money please",
        "so pay him",
        "she gets 20 back, not the whole 25",
        "refund what really came",
        "give Ana what she's owed",
        "make the payout 12",
    ],
)
def test_money_is_for_the_return_that_is_back(reader, text):
    command = hear(reader, text, "received").commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "refund")


@pytest.mark.parametrize(
    "text", ["close it without any money", "refund the third mug, goodwill", "no money for her"]
)
def test_other_money_is_not(reader, text):
    command = hear(reader, text, "received").commands[0]
    assert getattr(command, "action", None) != "refund"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("pay her out less the 5 we agreed", {"kind": "less", "value": "5", "agreed": True}),
        ("pay her out minus the fee of 5", {"kind": "less", "value": "5", "agreed": True}),
        ("pay her out 5 less, one is dented", {"kind": "less", "value": "5"}),
    ],
)
def test_a_sum_taken_off_is_told_from_the_sum_paid(reader, text, amount):
    assert values(hear(reader, text, "received").commands[0])["amount"] == amount


def test_each_line_is_counted_where_its_name_stands():
    s = signals("mug 2 ok, 1 chipped. plates 1 fine and 2 not in the box")
    found = inspection_by_parts(s, order())
    assert found is not None
    entries = {e["line"]: e for e in found.value}
    assert [entries["l1"][state] for state in ("good", "damaged", "missing")] == [2, 1, 0]
    assert [entries["l3"][state] for state in ("good", "damaged", "missing")] == [1, 0, 2]


def test_lines_without_a_state_are_asked_for():
    assert inspection_by_parts(signals("mug 2 ok, plates 3"), order()) is None


def test_fewer_units_keep_the_state_that_was_told(reader):
    before = [{"line": "l1", "good": 3, "damaged": 0, "missing": 0}]
    told = hear(reader, "one is from another customer. 2 for this one", "approved", pending="inspection")
    found = with_what_came(told.commands[0].slots["inspection"], before)
    assert found is not None
    assert found.value[0]["good"] == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("drop the restocking then, keep the 9", ("9", None)),
        ("without the handling, 9 stays", ("9", None)),
        ("no return fee, 4 restocking", (None, "4")),
    ],
)
def test_one_of_two_fees_is_dropped(text, found):
    told = two_fees(signals(text))
    assert told is not None
    both = {name: slot.value.get("value") for name, slot in told.items()}
    assert (both["return_fee"], both["restocking_fee"]) == found


def test_bare_numbers_before_both_fee_words():
    fees = {
        name: slot.value["value"]
        for name, slot in fees_said(signals("ok, 4 return and 2 restocking")).items()
    }
    assert fees == {"return_fee": "4", "restocking_fee": "2"}


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("must refuse the return", "reject"),
        ("should accept it", "approve"),
        ("let her apron come back", "approve"),
        ("the mug may come back", "approve"),
        ("must we refuse the return?", None),
        ("should we accept it", None),
    ],
)
def test_what_must_be_done_is_decided_and_what_is_asked_is_not(plain, value):
    found = decision_of(plain)
    assert (found.value if found else None) == value


def test_worn_goods_are_used():
    for plain in (
        "she wore them outside",
        "he cooked with it",
        "soles are black",
        "the hygiene strip was pulled off",
    ):
        reason = find_reject_reason(plain)
        assert reason is not None
        assert reason[0].value == "used_or_altered"


@pytest.mark.parametrize("plain", ["she doesn't like the smell", "she is not keen on the scent"])
def test_a_smell_that_is_not_liked_is_no_fault(plain):
    assert [reason.code.value for reason in find_reasons(plain)] == ["changed_mind"]


def test_a_smell_that_is_there_is_one():
    assert "defective" in [reason.code.value for reason in find_reasons("it smells burnt")]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("supplier review for product cost, half of what the clocks cost us", None),
        ("claim the lamp from the supplier, all 38, shade cracked in two", "shade cracked in two"),
        ("chase the supplier. say: arrived smashed, box too thin", "arrived smashed, box too thin"),
        ("we want our cost back, the full amount. They sent a towel instead", "They sent a towel instead"),
    ],
)
def test_a_sum_is_no_note(text, notes):
    found = notes_of(signals(text))
    assert (found.value if found else None) == notes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("they said no. batteries weren't in the scope, says the supplier", "batteries weren't in the scope"),
        ("answer is a no, they write the strap was misused", "the strap was misused"),
        ("the supplier rejected it", None),
    ],
)
def test_why_a_supplier_refused(text, why):
    found = refusal_of(signals(text))
    assert (found.value if found else None) == why


@pytest.mark.parametrize(("units", "found"), [(1, "38"), (40, None)])
def test_a_bare_figure_is_a_sum_only_where_it_cannot_count_the_goods(units, found):
    slots: Slots = {}
    asked_sum(signals("product cost, all 38, broken in two"), slots, units)
    assert (slots["review_amount"].value["value"] if slots else None) == found


def test_a_share_of_the_cost():
    share = share_of_cost(signals("a quarter of what the lamps cost us"))
    assert share is not None
    assert share.value == {"kind": "percent", "value": "25"}


@pytest.mark.parametrize(
    ("text", "reviews", "action"),
    [
        ("get back what we paid for the lamp, it cracked", (), "request"),
        ("go after the supplier, it cracked", (), "request"),
        ("now the product cost, it cracked", (), "request"),
        ("cancel that one first", ("requested",), "cancel"),
        ("well they said no, too old", ("under_review",), "verdict"),
        ("they accept, full amount", ("under_review",), "verdict"),
        ("how much did we ask for again?", ("requested",), "view"),
    ],
)
def test_a_supplier_is_heard_by_what_the_order_has(reader, text, reviews, action):
    command = heard(reader, text, *reviews)
    assert (command.flow.value, command.action) == ("supplier_review", action)


def test_a_supplier_left_alone_is_asked_nothing(reader):
    command = heard(reader, "leave the supplier alone, we carry this one ourselves", "approved")
    assert command.name in {"Greet", "Affirm"}


def test_the_newer_and_the_older_order():
    options = [
        OptionView(value="#1", label="#1", words="Ana Lopez Green mug 2026-05-20"),
        OptionView(value="#2", label="#2", words="Ana Lopez Blue mug 2026-06-11"),
    ]
    assert chosen_option("the newer order", "the newer order", options) == "#2"
    assert chosen_option("the older one", "the older one", options) == "#1"
    assert chosen_option("the newer, green one", "the newer, green one", options) is None


def test_a_parcel_number_is_no_answer_to_which_order(reader):
    options = [OptionView(value="#1", label="#1"), OptionView(value="#2", label="#2")]
    told = hear(
        reader, "dropped at USPS: 9405511899223197428490", pending="order", options=options, alone=True
    )
    assert all("order" not in command.slots for command in told.commands)


def test_a_number_told_to_be_the_right_one_is_a_tracking_number():
    spans = find_spans("tracking nr is wrong, should be 1Z123", "EUR", frozenset(), frozenset(), frozenset())
    assert [span.value for span in spans if span.kind == "tracking"] == ["1Z123"]


def test_an_ordinal_is_no_share():
    spans = find_spans("refund the third mug", "EUR", frozenset(), frozenset(), frozenset())
    assert not [span for span in spans if span.kind == "money"]
