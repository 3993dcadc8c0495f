"""A return on its way, at the door, paid out, decided: told by the order's own returns."""

import pytest

from tests.unit.reading.desk_view import hear
from tests.unit.reading.heard import names, values


def count(line=None, good=0, damaged=0, missing=0):
    return [{"line": line, "good": good, "damaged": damaged, "missing": missing}]


@pytest.mark.parametrize("status", ["approved", "in_transit"])
@pytest.mark.parametrize(
    ("text", "inspection"),
    [
        ("lamp from 1043 came back, it's broken", count("l2", damaged=1)),
        ("the plates arrived, one damaged", [count("l3", damaged=1)[0] | {"rest": "good"}]),
        ("2 received, 1 good 1 broken", count(good=1, damaged=1)),
        ("parcel is here, all fine", "all_good"),
        ("got it back in good shape", "all_good"),
        ("lamp is back, the box was empty", count("l2", missing=1)),
        ("nothing was in the box", None),
    ],
)
def test_goods_that_came_back(reader, text, inspection, status):
    command = hear(reader, text, status).commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "receive")
    assert values(command).get("inspection") == inspection
    assert not {"reason", "issue"} & set(values(command))


@pytest.mark.parametrize("text", ["the lamp arrived broken", "the box was empty"])
def test_without_a_return_it_is_the_customers_parcel(reader, text):
    command = hear(reader, text).commands[0]
    assert getattr(command, "action", None) is None


@pytest.mark.parametrize(
    "text", ["refund it", "refund what came back", "pay it out", "refund the returned mugs"]
)
def test_a_received_return_is_paid_out(reader, text):
    command = hear(reader, text, "received").commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "refund")


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("1043 return goes with DHL 00340434161094", {"carrier": "DHL", "tracking": "00340434161094"}),
        ("tracking for the return is 1Z999AA10123456784", {"tracking": "1Z999AA10123456784"}),
        ("label attached", {"label": "upload"}),
        ("it's on its way back", {"in_transit": True}),
        ("she has posted it back", {"in_transit": True}),
        ("return cost us 6.50", {"return_cost": {"kind": "exact", "value": "6.50", "currency": None}}),
    ],
)
def test_how_a_return_travels(reader, text, slots):
    command = hear(reader, text, "approved").commands[0]
    assert (command.flow.value, command.action) == ("return_progress", "logistics")
    assert {name: value for name, value in values(command).items() if name != "order"} == slots


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("approve anyway", "approve"),
        ("accept it regardless, she is loyal", "approve"),
        ("override the window", None),
        ("make an exception", None),
        ("ignore the return deadline", None),
    ],
)
def test_an_exception_from_the_window(reader, text, decision):
    found = values(hear(reader, text, "requested").commands[0])
    assert found["window_override"] is True
    assert found.get("decision") == decision
    assert "waiver_note" not in found
    heard = hear(reader, "make an exception", flow="merchant_return")
    assert names(heard) == ["SetSlot"]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "reject it, outside the window, told her by mail: sorry, the 30 days are over",
            {
                "reject_reason": "outside_window",
                "communication_record": "told her by mail: sorry, the 30 days are over",
                "explanation": "sorry, the 30 days are over",
            },
        ),
        (
            "reject, final sale, tell her: sale items cannot come back",
            {
                "reject_reason": "final_sale",
                "explanation": "sale items cannot come back",
                "communication_record": "sale items cannot come back",
            },
        ),
        (
            "reject because the tags were cut off",
            {"reject_reason": "used_or_altered", "explanation": "the tags were cut off"},
        ),
    ],
)
def test_a_rejection_with_its_words(reader, text, slots):
    assert values(hear(reader, text, "requested").commands[0]) == {"decision": "reject"} | slots


@pytest.mark.parametrize(
    ("text", "reason", "issue"),
    [
        ("wrong fit, refund", "size_or_fit", None),
        ("it doesn't fit, refund", "size_or_fit", None),
        ("way too big, refund", "size_or_fit", None),
        ("wrong size delivered, refund", "wrong_item", "wrong_item"),
        ("ordered M got L, refund", "wrong_item", "wrong_item"),
        ("wrong size ordered, refund", "size_or_fit", None),
    ],
)
def test_sizes(reader, text, reason, issue):
    found = values(hear(reader, text).commands[0])
    assert (found["reason"], found.get("issue")) == (reason, issue)
