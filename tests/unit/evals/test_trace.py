"""A trace uses the names that cases use."""

from agent.messages import HandoffBlock, Option, QuestionBlock, Reply, TextBlock
from domain.orders.intake import to_order
from evals.order_shapes import OrderShape
from evals.orders import START, to_document
from evals.sense import CHECKER
from evals.trace import add_reply, command_trace, turn_trace
from tests.unit.evals.papers import an_order

ORDER = to_order(to_document(OrderShape.model_validate(an_order())), CHECKER, order_id="o", now=START).order


def told(*blocks):
    trace = turn_trace({"say": "x"})
    add_reply(trace, Reply(conversation_id="c", event_id="e", blocks=list(blocks)))
    return trace


def test_questions_go_by_the_names_of_the_contract():
    assert told(QuestionBlock(slot="reject_reason", text="Why?"))["asked"] == ["reason"]
    assert told(QuestionBlock(slot="verdict", text="What?"))["asked"] == ["decision"]
    assert told(QuestionBlock(slot="evidence", text="Proof?"))["asked"] == ["evidence"]


def test_an_offer_asks_for_nothing_but_its_options_are_told():
    offer = QuestionBlock(slot="", text="Next?", options=[Option(label="Ask the supplier", say="yes")])
    assert told(offer)["asked"] == []
    assert told(offer)["options"] == ["Ask the supplier"]


def test_a_closed_option_is_none():
    question = QuestionBlock(
        slot="evidence", text="?", options=[Option(label="Waive", say="w", disabled="no")]
    )
    assert told(question)["options"] == []


def test_lines_are_named_by_sku():
    slots = {"line": {"value": [{"line": "L1", "quantity": 1, "amount": None}], "span": "one"}}
    command = {"name": "StartFlow", "slots": slots, "confidence": 0.9}
    assert command_trace(command, ORDER) == {
        "name": "StartFlow",
        "slots": {"line": [{"sku": "SCARF", "quantity": 1}]},
        "confidence": 0.9,
    }


def test_replies_are_what_staff_would_read():
    trace = told(TextBlock(text="Hello", source="page"), HandoffBlock(role="finance", text="Passed on"))
    assert trace["replies"] == ["Hello [page]", "Passed on"]
    assert trace["handoff"] == "finance"
