"""One table of messages and what they mean, against every reader: they are interchangeable."""

import pytest

from agent.reading.grounding.validate import validate
from agent.reading.local import LocalReader


def start(flow, *slots, detail=""):
    return {"name": "StartFlow", "flow": flow, "detail": detail, "slots": list(slots)}


def plain(name, *slots, detail=""):
    return {"name": name, "flow": "", "detail": detail, "slots": list(slots)}


def slot(name, value, said):
    return {"slot": name, "value": value, "said": said}


EUR = {"kind": "exact", "value": "12.50", "currency": "EUR"}
LAMP = {"line": "l3", "quantity": None, "amount": None}

# message, what is open, what a model answers, the commands with the slots that matter
TABLE = [
    (
        "refund #1042, the desk lamp arrived cracked, 12.50 eur",
        {},
        [start("direct_refund", slot("order", "#1042", "#1042"), slot("line", "3", "the desk lamp"),
               slot("reason", "damaged", "cracked"), slot("amount", "12.50 EUR", "12.50 eur"))],
        [("StartFlow", {"flow": "direct_refund", "order": "#1042", "line": [LAMP], "reason": "damaged",
                        "amount": EUR})],
    ),
    (
        "refund 50% of #1042",
        {},
        [start("direct_refund", slot("order", "#1042", "#1042"), slot("amount", "50%", "50%"))],
        [("StartFlow", {"flow": "direct_refund", "order": "#1042", "amount": {"kind": "percent", "value": "50"}})],
    ),
    (
        "refund 2 blue mugs",
        {},
        [start("direct_refund", slot("line", "1 x2", "2 blue mugs"))],
        [("StartFlow", {"flow": "direct_refund", "line": [{"line": "l1", "quantity": 2, "amount": None}]})],
    ),
    ("two", {"pending": "quantity"}, [plain("Answer", slot("quantity", "2", "two"))], [("Answer", {"quantity": 2})]),
    (
        "12.50",
        {"pending": "amount"},
        [plain("Answer", slot("amount", "12.50", "12.50"))],
        [("Answer", {"amount": {"kind": "exact", "value": "12.50", "currency": None}})],
    ),
    (
        "she won't send photos",
        {"pending": "evidence"},
        [plain("Answer", slot("evidence", "none", "won't send photos"))],
        [("Answer", {"evidence": {"kind": "none", "text": None}})],
    ),
    (
        "photos attached",
        {"pending": "evidence"},
        [plain("Answer", slot("evidence", "attached", "photos attached"))],
        [("Answer", {"evidence": {"kind": "attached", "text": None}})],
    ),
    ("no, she keeps it", {"pending": "return_needed"},
     [plain("Answer", slot("return_needed", "false", "she keeps it"))], [("Answer", {"return_needed": False})]),
    (
        "sorry, 2 units not 3",
        {"card": True},
        [plain("CorrectSlot", slot("quantity", "2", "2 units"))],
        [("CorrectSlot", {"quantity": 2})],
    ),
    (
        "approve the return request R1, no fee",
        {},
        [start("review_return", slot("return_id", "R1", "R1"), slot("decision", "approve", "approve"),
               slot("return_fee", "none", "no fee"))],
        [("StartFlow", {"flow": "review_return", "return_id": "R1", "decision": "approve",
                        "return_fee": {"kind": "none"}})],
    ),
    (
        "3 came back, 1 damaged",
        {"pending": "inspection"},
        [plain("Answer", slot("inspection", "good 2 damaged 1", "3 came back, 1 damaged"))],
        [("Answer", {"inspection": [{"line": None, "good": 2, "damaged": 1, "missing": 0}]})],
    ),
    ("yes do it", {"card": True}, [plain("Affirm")], [("Affirm", {})]),
    ("forget it", {"card": True}, [plain("CancelCase")], [("CancelCase", {})]),
    ("get a supervisor", {}, [plain("Handoff", detail="supervisor")], [("Handoff", {"role": "supervisor"})]),
    ("what is our balance?", {}, [start("balance")], [("StartFlow", {"flow": "balance"})]),
    ("when was it delivered?", {"card": True}, [plain("AskQuestion", detail="delivery")],
     [("AskQuestion", {"topic": "delivery"})]),
    ("hello", {}, [plain("Greet")], [("Greet", {})]),
    ("what's the weather in Paris", {}, [plain("OutOfScope")], [("OutOfScope", {})]),
]  # fmt: skip


@pytest.fixture(scope="module")
def local():
    return LocalReader()


def matters(command, keys):
    """The attributes and slot values of these names."""
    slots = {name: slot.value for name, slot in command.slots.items()}
    if "quantity" in keys and "line" in slots and "quantity" not in slots:
        slots["quantity"] = slots["line"][0]["quantity"]
    return {key: slots[key] if key in slots else getattr(command, key, None) for key in keys}


def same(heard, expected):
    assert [command.name for command in heard.commands][: len(expected)] == [name for name, _ in expected]
    for command, (_, wanted) in zip(heard.commands, expected, strict=False):
        assert matters(command, wanted) == wanted


@pytest.mark.parametrize(("text", "open_", "answer", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_read_by_a_model(text, open_, answer, expected, view_of, model_says):
    view = view_of(text, **open_)
    heard = model_says(answer).read(view)
    assert (heard.reader, heard.fallback, heard.dropped) == ("model", "", [])
    assert len(heard.commands) == len(expected)
    same(heard, expected)


@pytest.mark.parametrize(("text", "open_", "answer", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_read_by_the_embedded_reader(text, open_, answer, expected, view_of, local):
    view = view_of(text, **open_)
    heard = local.read(view)
    same(heard, expected)
    assert validate(heard, view) is heard
