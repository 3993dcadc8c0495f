"""What others say their own way: what is left, what stays, whose label it is, which words are proof."""

from typing import Any

import pytest

from agent.messages import Ticket
from agent.reading.clauses.split import whole_clause
from agent.reading.facts.slots import fact_slots
from agent.reading.facts.what_is_left import number_left
from agent.reading.view import LineView, OrderView, PendingView, TurnView
from agent.reading.words.act import Open
from agent.reading.words.reasons import find_reasons
from agent.tickets.claims import extract
from domain.reasons import RefundReason

SCALE = OrderView(
    number="#3303",
    currency="EUR",
    customer="Ana Ruiz",
    lines=[LineView(id="l1", sku="SCALE", title="Kitchen scale", quantity=1)],
)
REFUND: dict[str, Any] = {"order": SCALE, "orders": [SCALE], "flow": "direct_refund"}


def heard(reader, text, slot):
    """The slots of all commands, by name, with a question for `slot` open."""
    view = TurnView(text=text, pending=PendingView(slot=slot, flow="direct_refund"), **REFUND)
    commands = reader.read(view).commands
    return {name: found.value for command in commands for name, found in command.slots.items()}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("the two that remain then", 2),
        ("only the remaining 3", 3),
        ("only one of the two left", None),
        ("some of the four left", None),
    ],
)
def test_a_part_of_what_is_left_is_not_all_of_it(words, number):
    assert number_left(words) == number


@pytest.mark.parametrize(
    "words", ["she mixed up two models", "he had four shops open and ordered by mistake"]
)
def test_a_number_of_other_things_above_what_was_ordered_counts_no_goods(reader, words):
    said = heard(reader, words, "reason")

    assert "quantity" not in said
    assert "line" not in said


@pytest.mark.parametrize(
    "words",
    [
        "nothing has to travel back to us",
        "no goods need to be shipped back",
        "we don't expect scale back",
        "she keeps scale.",
    ],
)
def test_goods_that_stay_are_said_without_article_or_verb_of_keeping(reader, words):
    assert heard(reader, words, "return_needed")["return_needed"] is False


@pytest.mark.parametrize("words", ["he doesn't want money back", "she keeps asking.", "they keep quiet."])
def test_money_and_moods_are_no_goods_that_stay(reader, words):
    assert "return_needed" not in heard(reader, words, "reason")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("she went off the smell", RefundReason.CHANGED_MIND),
        ("he can't stand the scent", RefundReason.CHANGED_MIND),
        ("the smell is of burnt plastic", RefundReason.DEFECTIVE),
        ("wrong colour for her kitchen", RefundReason.CHANGED_MIND),
        ("i paid for the large pan but you sent me the small one", RefundReason.WRONG_ITEM),
    ],
)
def test_taste_is_no_fault_and_another_thing_that_came_is(words, code):
    assert [reason.code for reason in find_reasons(words)] == [code]


@pytest.mark.parametrize(
    "words", ["i ordered a lamp and you sent me a reminder", "i ordered it and got it today"]
)
def test_what_else_was_sent_is_no_wrong_item(words):
    assert find_reasons(words) == []


def test_a_ticket_tells_a_wrong_item_by_what_was_ordered_and_what_came():
    body = "Hello. I paid for the large pan and you sent me the small one, and I want a refund."
    claims = extract(Ticket(body=body))

    assert claims.reason is RefundReason.WRONG_ITEM
    assert claims.quotes == ["I paid for the large pan and you sent me the small one"]


@pytest.mark.parametrize(
    "words", ["her words in the ticket are the evidence", "take the ticket text as proof"]
)
def test_the_customer_s_words_in_the_ticket_are_the_proof(reader, words):
    assert heard(reader, words, "evidence")["evidence"]["kind"] == "ticket"


@pytest.mark.parametrize("words", ["she prints her own label", "he'll buy the label himself"])
def test_a_customer_s_own_label_is_none_of_ours(words):
    said = whole_clause(words, [], frozenset(), Open()).signals

    assert fact_slots(said)["label"].value == "none"


@pytest.mark.parametrize(
    ("words", "stays"),
    [
        ("return the kettle, changed her mind, she keeps the cups", False),
        ("open a return for the cups; he keeps the kettle", False),
        ("no return for the kettle, she keeps the kettle", True),
    ],
)
def test_other_goods_that_stay_keep_nothing_from_coming_back(words, stays):
    assert whole_clause(words, [], frozenset(), Open()).signals.has("keep_it") is stays
