"""Nothing that a reader made up gets past the validator; what staff said does."""

import json
from pathlib import Path

import pytest

from agent.commands import Answer, CancelCase, Clarify, CorrectSlot, Flow, SetSlot, SlotValue, StartFlow
from agent.reading.grounding.validate import validate
from agent.reading.local import LocalReader
from agent.reading.view import OptionView, Understanding


def exact(value, currency=None):
    return {"kind": "exact", "value": value, "currency": currency}


def percent(value):
    return {"kind": "percent", "value": value}


def check(view, kind=StartFlow, spans=None, **slots):
    """The slots that are left, and what was dropped."""
    made = {name: SlotValue(value=value, span=(spans or {}).get(name, "")) for name, value in slots.items()}
    command = kind(slots=made, **({"flow": "direct_refund"} if kind is StartFlow else {}))
    checked = validate(Understanding(commands=[command]), view)
    left = {name: slot.value for command in checked.commands for name, slot in command.slots.items()}
    return left, checked


SAID = [
    ("refund 12.50", "amount", exact("12.50")),
    ("refund 12,50 €", "amount", exact("12.50", "EUR")),
    ("refund 1.234,50", "amount", exact("1234.50")),
    ("give her a tenner", "amount", exact("10")),
    ("twenty euros back", "amount", exact("20", "EUR")),
    ("devuelve 15 euros", "amount", exact("15", "EUR")),
    ("half of it back", "amount", percent("50")),
    ("refund 30 percent", "amount", percent("30")),
    ("refund thirty percent", "amount", percent("30")),
    ("refund all of it", "amount", {"kind": "full"}),
    ("alles zurück", "amount", {"kind": "full"}),
    ("plus shipping", "shipping", {"kind": "full"}),
    ("no fee please", "return_fee", {"kind": "none"}),
    ("less 10% restocking", "restocking_fee", percent("10")),
    ("two of them", "quantity", 2),
    ("both mugs", "quantity", 2),
    ("just one", "quantity", 1),
    ("refund #1042", "order", "1042"),
    ("refund # 1042", "order", "#1042"),
    ("refund the mug", "order", "1042"),
    ("dhl 1234 5678 9012", "tracking", "123456789012"),
    ("sent by fed ex", "carrier", "FedEx"),
    ("it was cracked", "reason", "damaged"),
    ("2 blue mugs", "line", [{"line": "l1", "quantity": 2, "amount": None}]),
    ("mug 5 eur", "line", [{"line": "l1", "quantity": None, "amount": {"value": "5", "currency": "EUR"}}]),
    ("note: loyal customer", "note", "loyal customer"),
    ("3 came back, 1 broken", "inspection", [{"line": None, "good": 2, "damaged": 1, "missing": 0}]),
]


@pytest.mark.parametrize(("text", "slot", "value"), SAID)
def test_what_was_said_stays(text, slot, value, view_of):
    left, checked = check(view_of(text), **{slot: value})
    assert left == {slot: value}
    assert checked.dropped == []


INVENTED = [
    ("refund the mug", "amount", exact("12.50")),
    ("refund 12.50", "amount", exact("125.0")),
    ("refund 12.50", "amount", exact("12.50", "USD")),
    ("refund #1042", "amount", exact("1042")),
    ("refund 50%", "amount", exact("50")),
    ("refund 50", "amount", percent("50")),
    ("refund the mug", "amount", {"kind": "full"}),
    ("refund the mug", "shipping", {"kind": "full"}),
    ("refund the mug", "return_fee", {"kind": "none"}),
    ("refund 12.50", "amount", 12.5),
    ("refund 12.50", "amount", "12.50"),
    ("refund 12.50", "amount", {"kind": "exact", "value": "NaN"}),
    ("refund 12.50", "amount", {"kind": "exact", "value": 12.5}),
    ("refund 12.50", "amount", {**exact("12.50"), "approved": True}),
    ("refund the mugs", "quantity", 7),
    ("refund 2", "quantity", True),
    ("refund 2", "quantity", "2"),
    ("sent with dhl", "tracking", "123456789012"),
    ("refund 12345", "tracking", "234"),
    ("by mail", "carrier", "DHL"),
    ("refund it", "reason", "cosmic_rays"),
    ("refund it", "reject_reason", "damaged"),
    ("refund it", "line", [{"line": "l9", "quantity": None, "amount": None}]),
    ("refund it", "line", [{"line": "l1", "quantity": 5, "amount": None}]),
    ("refund it", "line", [{"line": "l1", "quantity": None, "amount": {"value": "5", "currency": None}}]),
    ("refund it", "line", []),
    ("refund it", "note", "the supervisor agreed"),
    ("reject it", "explanation", "We are sorry to tell you"),
    ("refund it", "evidence", {"kind": "description", "text": "it is broken in two"}),
    ("refund it", "evidence", "attached"),
    ("refund it", "language", "Spanish"),
    ("refund it", "decision", "confirm"),
    ("refund it", "return_needed", "no"),
    ("refund it", "confirmed", True),
    ("refund it", "inspection", [{"line": None, "good": 40, "damaged": 0, "missing": 0}]),
]


@pytest.mark.parametrize(("text", "slot", "value"), INVENTED)
def test_what_nobody_said_goes(text, slot, value, view_of):
    left, checked = check(view_of(text), **{slot: value})
    assert left == {}
    assert checked.dropped[0].startswith(f"StartFlow.{slot}: ")
    assert checked.commands[0].name == "StartFlow"


@pytest.mark.parametrize("number", ["5521", "#104", "2"])
def test_a_command_about_an_order_that_nobody_named_goes_whole(number, view_of):
    _, checked = check(view_of("refund 12.50 of it"), order=number, amount=exact("12.50"))
    assert [command.name for command in checked.commands] == ["Clarify"]


def test_the_topic_is_not_meant_where_another_order_was_named(view_of):
    _, checked = check(view_of("refund 7002"), order="1042")
    assert [command.name for command in checked.commands] == ["Clarify"]


def test_customer_text_pasted_by_staff_is_no_ground_for_anything(view_of):
    left, _ = check(view_of("refund her\n> please refund 99.00 to me"), amount=exact("99.00"))
    assert left == {}


def test_a_span_that_was_not_said_is_emptied_and_the_value_judged_alone(view_of):
    left, checked = check(view_of("refund 12.50"), amount=exact("12.50"), spans={"amount": "twelve fifty"})
    assert left == {"amount": exact("12.50")}
    assert checked.commands[0].slots["amount"].span == ""
    assert checked.dropped == ["StartFlow.amount.span: not the staff's words"]


def test_an_offered_choice_may_be_anything_that_was_offered(view_of):
    options = [OptionView(value={"kind": "draft"}, label="Draft the request")]
    view = view_of("draft it", pending="evidence", options=options)
    left, _ = check(view, Answer, evidence={"kind": "draft"})
    assert left == {"evidence": {"kind": "draft"}}


def test_an_answer_to_a_question_nobody_asked_is_a_fact(view_of):
    _, checked = check(view_of("2", pending="amount"), Answer, quantity=2)
    assert checked.commands[0].name == "SetSlot"


@pytest.mark.parametrize("kind", [SetSlot, CorrectSlot, Answer])
def test_facts_that_lose_everything_leave_a_question(kind, view_of):
    _, checked = check(view_of("hm", pending="amount"), kind, amount=exact("9"))
    assert [command.name for command in checked.commands] == ["Clarify"]


def test_a_known_amount_may_be_said_again_in_another_currency(view_of):
    view = view_of("sorry, in USD", card=True, slots={"amount": exact("12.50", "EUR")})
    left, _ = check(view, CorrectSlot, amount=exact("12.50", "USD"))
    assert left == {"amount": exact("12.50", "USD")}


def test_an_unknown_action_is_none(view_of):
    command = StartFlow(flow=Flow.RETURN_PROGRESS, action="confirm")
    checked = validate(Understanding(commands=[command]), view_of("confirm it"))
    assert checked.commands == [StartFlow(flow=Flow.RETURN_PROGRESS)]


def test_other_commands_of_the_message_stay(view_of):
    bad = SetSlot(slots={"amount": SlotValue(value=exact("9"))})
    checked = validate(Understanding(commands=[bad, CancelCase()]), view_of("forget it"))
    assert [command.name for command in checked.commands] == ["CancelCase"]


def test_no_commands_are_none(view_of):
    heard = Understanding(commands=[])
    assert validate(heard, view_of("")) is heard
    heard = Understanding(commands=[Clarify()])
    assert validate(heard, view_of("hm")) is heard


UTTERANCES = Path(__file__).parents[3] / "evals/datasets/utterances"


def utterances():
    texts = [row[0] for row in json.loads((UTTERANCES / "authored.json").read_text())]
    for name in ("dev.txt", "unseen.txt"):
        rows = (UTTERANCES / name).read_text().splitlines()
        texts += [row.split(" | ")[-1] for row in rows if " | " in row]
    return list(dict.fromkeys(texts))


@pytest.mark.parametrize(
    "pending", [None, "card", "amount", "quantity", "evidence", "shipping", "return_fee"]
)
def test_what_the_local_reader_reads_passes_unchanged(pending, view_of):
    reader, found = LocalReader(), []
    for text in utterances()[:: 5 if pending is None else 25]:
        view = view_of(text, pending=None if pending == "card" else pending, card=pending == "card")
        heard = reader.read(view)
        if validate(heard, view) is not heard:
            found.append((text, validate(heard, view).dropped))
    assert found == []
