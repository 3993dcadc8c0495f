import pytest

from agent.reading.view import OptionView
from tests.unit.reading.heard import names, values


def line(name, quantity=None):
    return {"line": name, "quantity": quantity, "amount": None}


@pytest.mark.parametrize(
    ("pending", "text", "value"),
    [
        ("return_needed", "yes", True),
        ("return_needed", "no", False),
        ("return_needed", "keep it", False),
        ("return_needed", "no need to send it back", False),
        ("return_needed", "let her keep it", False),
        ("return_needed", "has to send it back", True),
        ("return_needed", "yes it must come back", True),
        ("quantity", "2", 2),
        ("quantity", "just one", 1),
        ("quantity", "all 3", 3),
        ("amount", "20", {"kind": "exact", "value": "20", "currency": None}),
        ("amount", "1.234,56", {"kind": "exact", "value": "1234.56", "currency": None}),
        ("amount", "half", {"kind": "percent", "value": "50"}),
        ("amount", "all", {"kind": "full"}),
        ("amount", "whatever is left", {"kind": "full"}),
        ("reason", "she changed her mind", "changed_mind"),
        ("reason", "late", "late_delivery"),
        ("reason", "other", "other"),
        ("reason", "too small", "size_or_fit"),
        ("evidence", "here is the pic", {"kind": "attached", "text": None}),
        ("evidence", "in the ticket", {"kind": "ticket", "text": None}),
        ("evidence", "no", {"kind": "none", "text": None}),
        ("line", "the lamp", [line("l3")]),
        ("line", "MUG-R", [line("l2")]),
        ("line", "the blue one", [line("l1")]),
        ("line", "both mugs", [line("l1"), line("l2")]),
        ("line", "2 red mugs", [line("l2", 2)]),
        ("line", "the second one", [line("l2")]),
        ("restocking_fee", "no", {"kind": "none"}),
        ("restocking_fee", "10%", {"kind": "percent", "value": "10"}),
        ("tracking", "1Z999AA10123456784", "1Z999AA10123456784"),
        ("carrier", "dhl", "DHL"),
        ("label", "she prints her own", "none"),
        ("label", "generate one", "generate"),
        ("decision", "reject", "reject"),
        ("reject_reason", "past 30 days", "outside_window"),
        ("inspection", "all good", "all_good"),
        ("inspection", "1 broken 1 fine", [{"line": None, "good": 1, "damaged": 1, "missing": 0}]),
        ("verdict", "they paid half", "partially_approved"),
        ("order", "1043", "1043"),
    ],
)
def test_a_short_answer_fills_the_slot_that_is_asked_for(say, pending, text, value):
    heard = say(text, pending=pending)
    assert heard.commands[0].name == "Answer"
    assert values(heard.commands[0]) == {pending: value}


def test_all_units_is_a_number_where_the_line_is_known(say):
    heard = say("all", pending="quantity", slots={"line": [line("l1")]})
    assert values(heard.commands[0]) == {"quantity": 3}


@pytest.mark.parametrize("text", ["the second one", "2", "Red lamp", "red"])
def test_an_option_is_meant_by_label_or_place(say, text):
    options = [OptionView(value="A", label="Blue lamp"), OptionView(value="B", label="Red lamp")]
    heard = say(text, pending="clarify", options=options)
    assert values(heard.commands[0]) == {"clarify": "B"}


@pytest.mark.parametrize(
    "slot", ["note", "explanation", "communication_record", "review_notes", "waiver_note"]
)
@pytest.mark.parametrize(
    "text", ["loyal customer, refund agreed on the phone", "she asked for a return but we said no"]
)
def test_a_note_is_taken_as_it_stands(say, slot, text):
    heard = say(text, pending=slot)
    assert names(heard) == ["Answer"]
    assert values(heard.commands[0]) == {slot: text}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cancel", "CancelCase"),
        ("forget it", "CancelCase"),
        ("what is our balance?", "AskQuestion"),
        ("sorry, 2 units not 3", "CorrectSlot"),
        ("hold that, check 5521 first", "SelectOrder"),
    ],
)
def test_a_note_is_not_what_clearly_is_something_else(say, text, name):
    assert names(say(text, pending="note")) == [name]


def test_an_answer_brings_other_facts_along(say):
    heard = say("here is the pic, no need to send it back", pending="evidence")
    assert names(heard) == ["Answer", "SetSlot"]
    assert values(heard.commands[1]) == {"return_needed": False}


def test_files_alone_are_evidence(say):
    heard = say("", attachments=["image/png"])
    assert values(heard.commands[0])["evidence"]["kind"] == "attached"


def test_doubt_never_cancels_an_open_case(say):
    assert "CancelCase" not in names(say("dont know", pending="reason"))
