"""What staff mean in everyday words: money back for goods, a size that is wrong, a note, a case gone back to."""

import pytest

from agent.reading.view import LineView, OrderView, TurnView
from tests.unit.reading.desk_view import CASES, hear, order
from tests.unit.reading.heard import names, values


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1043: 1 mug and 2 plates back to rosa, changed her mind", [("l1", 1), ("l3", 2)]),
        ("one dinner plate back on 1043, wrong size for him", [("l3", 1)]),
    ],
)
def test_goods_back_to_her_are_money_back(reader, text, lines):
    command = hear(reader, text).commands[0]
    assert (command.name, command.flow.value) == ("StartFlow", "direct_refund")
    assert [(entry["line"], entry["quantity"]) for entry in values(command)["line"]] == lines


@pytest.mark.parametrize("text", ["one mug came back on 1043, refund it"])
def test_goods_that_come_back_are_a_return_under_way(reader, text):
    command = hear(reader, text, "approved").commands[0]
    assert command.flow.value == "return_progress"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("refund the mug on 1043, wrong size", "size_or_fit"),
        ("refund the mug on 1043, the customer ordered the wrong size", "size_or_fit"),
        ("refund the mug on 1043, the size is wrong for her", "size_or_fit"),
        ("refund the mug on 1043, we sent the wrong size", "wrong_item"),
        ("refund the mug on 1043, wrong size arrived", "wrong_item"),
        ("refund the mug on 1043, ordered the wrong size by mistake", "ordered_by_mistake"),
    ],
)
def test_a_wrong_size_is_ours_only_where_we_sent_it(reader, text, reason):
    said = values(hear(reader, text).commands[0])
    assert said["reason"] == reason
    assert ("issue" in said) == (reason == "wrong_item")


def test_a_note_asks_for_nothing(reader):
    text = "close the return on 1043, note: he took a voucher in the store instead"
    command = hear(reader, text, "approved").commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "close")
    assert values(command)["note"] == "he took a voucher in the store instead"


def test_the_words_of_a_title_are_no_defect(reader):
    line = LineView(id="l1", sku="22960", title="JAM MAKING SET WITH JARS", quantity=6)
    jam = OrderView(
        number="549918", currency="GBP", lines=[line, LineView(id="l2", sku="1", title="Rug", quantity=1)]
    )
    text = "3 of the jam making set with jars on 549918 came broken, nothing to send back, refund them"
    command = reader.read(TurnView(text=text, order=jam, orders=[jam])).commands[0]
    assert (command.name, command.flow.value) == ("StartFlow", "direct_refund")
    said = values(command)
    assert (said["reason"], said["return_needed"]) == ("damaged", False)
    assert said["line"] == [{"line": "l1", "quantity": 3, "amount": None}]


def test_going_back_keeps_what_is_said_with_it(reader):
    view = TurnView(text="back to 2201, he changed his mind", orders=[order(number="2201")], cases=CASES)
    heard = reader.read(view)
    assert names(heard) == ["ResumeCase", "SetSlot"]
    assert values(heard.commands[1]) == {"reason": "changed_mind"}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("refund all of 1043, late delivery", {"kind": "full"}),
        ("refund 1043 entirely as goodwill", {"kind": "full"}),
        ("give maren 10% off her order 1043 as an apology", {"kind": "percent", "value": "10"}),
        ("give june 10 EUR for the late parcel on 1043", {"kind": "exact", "value": "10", "currency": "EUR"}),
    ],
)
def test_how_much_is_heard_beside_other_words(reader, text, amount):
    assert values(hear(reader, text).commands[0])["amount"] == amount


def test_a_new_report_with_its_photos_is_a_report(reader):
    command = hear(reader, "1043: lamp arrived smashed, pics attached, she keeps it", alone=True).commands[0]
    said = values(command)
    assert (command.name, said["reason"], said["return_needed"]) == ("StartFlow", "damaged", False)
    assert said["evidence"]["kind"] == "attached"


def test_why_a_return_is_cancelled_cancels_nothing_else(reader):
    heard = hear(reader, "cancel the return on 1043, she keeps it after all", "approved")
    assert [(c.name, c.action) for c in heard.commands] == [("StartFlow", "cancel")]


@pytest.mark.parametrize("text", ["what can I do on 1043", "1043: what can we do here?"])
def test_what_is_possible_is_a_question_about_the_order(reader, text):
    command = hear(reader, text).commands[0]
    assert (command.name, command.topic) == ("AskQuestion", "order")


def test_whether_it_can_still_come_back_is_a_question(reader):
    command = hear(reader, "can she still return this").commands[0]
    assert (command.name, command.topic) == ("AskQuestion", "create_return")


def test_less_than_was_asked_is_a_partial_verdict(reader):
    said = values(hear(reader, "the supplier granted only 7.50 on 1043").commands[0])
    assert (said["verdict"], said["review_amount"]["value"]) == ("partially_approved", "7.50")


@pytest.mark.parametrize(
    ("text", "flow"),
    [("r/t lamp 1043 chg mind", "merchant_return"), ("s/r 1043 lamp", "supplier_review")],
)
def test_two_letters_with_a_stroke_are_read(reader, text, flow):
    assert hear(reader, text).commands[0].flow.value == flow


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("1043 15% gw 4 late dlvry", {"amount": {"kind": "percent", "value": "15"}, "reason": "goodwill"}),
        ("rfnd shpg 1043", {"shipping": {"kind": "full"}}),
        ("1043 dup ord, cancl & rfnd all", {"amount": {"kind": "full"}, "reason": "duplicate"}),
    ],
)
def test_shorthand_says_what_it_says_and_no_more(reader, text, slots):
    (command,) = hear(reader, text, alone=True).commands
    said = values(command)
    assert (command.name, said.pop("order")) == ("StartFlow", "1043")
    assert said == slots


def test_a_return_request_of_an_order_is_named_by_the_order(reader):
    said = values(hear(reader, "rtn req 1043 appr, 5 eur fee", "requested").commands[0])
    assert (said["order"], "return_id" in said) == ("1043", False)


def test_a_refund_that_is_split_is_not_damaged(reader):
    assert "reason" not in values(hear(reader, "refund mug + lamp on 1043 split 10/20").commands[0])


def test_goods_that_are_left_out_are_never_what_is_chosen(reader):
    said = values(hear(reader, "refund 1043 but not the mug, not the lamp, not the plate").commands[0])
    chosen = {entry["line"] for entry in said.get("line", [])}
    assert "l1" not in chosen
    only = OrderView(
        number="1044", currency="EUR", lines=[LineView(id="l1", sku="CUP", title="Coffee mug", quantity=3)]
    )
    heard = reader.read(
        TurnView(text="refund 5 on 1044 but not the mug, goodwill", order=only, orders=[only])
    )
    assert "line" not in values(heard.commands[0])
