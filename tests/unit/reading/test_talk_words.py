"""Answers, choices, going back, questions, corrections and suppliers, in more than one wording."""

import pytest

from agent.reading.view import OptionView
from tests.unit.reading.desk_view import CASES, hear
from tests.unit.reading.heard import names, values

REASONS = [
    OptionView(value="damaged", label="Damaged on arrival"),
    OptionView(value="late_delivery", label="Arrived late"),
    OptionView(value="other", label="Something else"),
]
WAYS = [
    OptionView(value="direct_refund", label="Refund money"),
    OptionView(value="merchant_return", label="Open a return"),
]


@pytest.mark.parametrize("text", ["no need to send it back", "she can keep it", "no return needed"])
def test_keeping_it_says_nothing_about_proof(reader, text):
    heard = hear(reader, text, pending="evidence")
    assert names(heard) == ["SetSlot"]
    assert values(heard.commands[0]) == {"return_needed": False}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("her words: the glass arrived with a long crack", "the glass arrived with a long crack"),
        ("customer says the handle came off in her hand", "the handle came off in her hand"),
        ("she wrote that the lamp does not switch on", "the lamp does not switch on"),
        ("he told us by mail that the plate split in two", "the plate split in two"),
    ],
)
def test_the_customers_words_without_what_leads_to_them(reader, text, words):
    answer = hear(reader, text, pending="evidence").commands[0]
    assert values(answer) == {"evidence": {"kind": "description", "text": words}}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("pics in the ticket", "attached"),
        ("photos are in the ticket", "attached"),
        ("see attachment", "attached"),
        ("use what she wrote", "ticket"),
        ("use her own words", "ticket"),
        ("her description is enough", "ticket"),
    ],
)
def test_where_the_proof_is(reader, text, kind):
    answer = hear(reader, text, pending="evidence").commands[0]
    assert values(answer) == {"evidence": {"kind": kind, "text": None}}


@pytest.mark.parametrize(
    "text", ["why do you need that?", "why is that required?", "wait, why do we need this?"]
)
def test_why_it_is_asked_for(reader, text):
    command = hear(reader, text, pending="evidence").commands[0]
    assert (command.name, command.topic) == ("AskQuestion", "policy")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("waive it, seen on video call", "seen on video call"),
        ("waive the photos because she is a loyal customer", "she is a loyal customer"),
        ("skip the evidence, agreed with finance", "agreed with finance"),
        ("waive the evidence", True),
        ("waive it", True),
    ],
)
def test_a_waiver_is_its_reason(reader, text, note):
    assert values(hear(reader, text, pending="evidence").commands[0]) == {"waiver_note": note}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "something else, customer got two emails and was annoyed",
            "customer got two emails and was annoyed",
        ),
        ("other: agreed with the ceo", "agreed with the ceo"),
        ("none of these, she is a friend of the shop", "she is a friend of the shop"),
    ],
)
def test_another_reason_brings_its_note(reader, text, note):
    heard = hear(reader, text, pending="reason", options=REASONS)
    assert [values(command) for command in heard.commands] == [{"reason": "other"}, {"note": note}]


@pytest.mark.parametrize(
    ("pending", "options", "text", "value"),
    [
        ("clarify", WAYS, "second one", "merchant_return"),
        ("clarify", WAYS, "the first", "direct_refund"),
        ("clarify", WAYS, "Open a return", "merchant_return"),
        ("clarify", WAYS, "yes", "direct_refund"),
        ("clarify", WAYS, "the lower one", "merchant_return"),
        ("reason", REASONS, "number 3", "other"),
        ("reason", REASONS, "the middle one", "late_delivery"),
        (
            "return_needed",
            [OptionView(value=True, label="Back"), OptionView(value=False, label="Keep")],
            "2",
            False,
        ),
        (
            "note",
            [OptionView(value="A", label="Late"), OptionView(value="B", label="Lost")],
            "second one",
            "B",
        ),
        ("quantity", [OptionView(value=n, label=str(n)) for n in (1, 2, 3)], "2", 2),
    ],
)
def test_a_choice_by_its_place(reader, pending, options, text, value):
    answer = hear(reader, text, pending=pending, options=options).commands[0]
    assert (answer.name, values(answer)) == ("Answer", {pending: value})


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("back to the Prado refund", "Prado"),
        ("back to Prado", "Prado"),
        ("and the kuhn one?", "kuhn"),
        ("ok now Prado again", "Prado"),
        ("continue with miguel", "miguel"),
        ("where were we with the lamp", "lamp"),
    ],
)
def test_going_back_by_name_or_goods(reader, text, query):
    command = hear(reader, text, cases=CASES).commands[0]
    assert command.name == "ResumeCase"
    assert command.confidence >= 0.8
    assert values(command) == {"order_query": query}


@pytest.mark.parametrize(
    ("text", "topic", "slots"),
    [
        ("what happened on 1053?", "history", {"order": "1053"}),
        ("who did that?", "history", {}),
        ("what was done here", "history", {}),
        ("what would refunding 20 do to our payout?", "payout", {"amount": {"kind": "exact", "value": "20"}}),
        ("does this touch my payout", "payout", {}),
        ("how long does a refund take?", "policy", {}),
        ("why can't I refund 1053?", "refund", {"order": "1053"}),
        ("why is receive not available on 1053?", "receive_return", {"order": "1053"}),
    ],
)
def test_questions_with_their_topic(reader, text, topic, slots):
    command = hear(reader, text).commands[0]
    assert (command.name, command.topic) == ("AskQuestion", topic)
    found = values(command)
    if "amount" in found:
        found["amount"].pop("currency")
    assert found == slots


@pytest.mark.parametrize("text", ["the usual", "same as before", "do the thing", "do the needful"])
def test_nothing_to_go_by_names_no_item(reader, text):
    command = hear(reader, text, alone=True).commands[0]
    assert command.name == "Clarify"
    assert "item" not in command.slots


@pytest.mark.parametrize(
    ("text", "name"),
    [("refund the Lopez order", "Lopez"), ("refund Lopez", "Lopez"), ("refund Mr Prado's order", "Prado")],
)
def test_a_name_is_no_item(reader, text, name):
    command = hear(reader, text, alone=True).commands[0]
    assert command.flow.value == "direct_refund"
    assert set(command.slots) == {"order_query"}
    assert name in command.slots["order_query"].value


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("not the mug, the lamp", {"line": [{"line": "l2", "quantity": None, "amount": None}]}),
        ("no, the lamp", {"line": [{"line": "l2", "quantity": None, "amount": None}]}),
        ("make that 2 mugs", {"line": [{"line": "l1", "quantity": 2, "amount": None}]}),
        ("wrong reason, it was late", {"reason": "late_delivery"}),
        ("not damaged, she just doesn't like it", {"reason": "changed_mind", "retract_issue": True}),
        ("it isn't broken after all", {"retract_issue": True}),
        ("it's a wrong item, not damaged", {"reason": "wrong_item", "issue": "wrong_item"}),
    ],
)
def test_only_what_changes_is_said(reader, text, slots):
    assert values(hear(reader, text, card=True).commands[0]) == slots


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        (
            "ask the supplier to cover it, customer returned it unused",
            "request",
            {"review_notes": "customer returned it unused"},
        ),
        (
            "supplier rejected it, says wear and tear",
            "verdict",
            {"verdict": "rejected", "note": "wear and tear"},
        ),
        ("vendor declined, not their fault", "verdict", {"verdict": "rejected", "note": "not their fault"}),
        ("supplier accepted", "verdict", {"verdict": "approved"}),
    ],
)
def test_what_goes_to_a_supplier_and_comes_back(reader, text, action, slots):
    command = hear(reader, text).commands[0]
    assert (command.flow.value, command.action) == ("supplier_review", action)
    assert values(command) == slots


@pytest.mark.parametrize(
    "text",
    [
        "draft a note to the customer that the money is there by Friday",
        "write a message to her that she gets 20 back",
        "compose a mail that the refund went out",
    ],
)
def test_a_note_about_money_is_a_refund_notice(reader, text):
    command = hear(reader, text).commands[0]
    assert (command.flow.value, values(command)["draft"]) == ("draft_reply", "refund_notice")
