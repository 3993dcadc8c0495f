"""After a refusal staff are led on: the one question that mends it, or what is possible instead; never nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from agent.commands import Answer, Command, Flow, SlotValue, StartFlow
from agent.reading.view import TurnView, Understanding
from evals.replay import replay
from tests.unit.evals.papers import an_order, the_case

CONFIRM = {"event": "confirm"}
SCARF = {"sku": "SCARF", "qty": 1}
NUMBER = "1Z999AA10123456784"


class Told:
    """Hears the commands the test wrote, whatever the words."""

    name = "told"

    def __init__(self, heard: dict[str, list[Command]]) -> None:
        self.heard = heard

    def read(self, view: TurnView) -> Understanding:
        return Understanding(commands=list(self.heard.get(view.text, [])), reader=self.name)


def slots(**values: Any) -> dict[str, SlotValue]:
    return {name: SlotValue(value=value) for name, value in values.items()}


def start(flow: Flow = Flow.DIRECT_REFUND, action: str = "", **said: Any) -> Command:
    return StartFlow(flow=flow, action=action, slots=slots(order="1001", **said))


def one_scarf(**said: Any) -> Command:
    return start(line=[{"line": "L1", "quantity": 1}], **{"reason": "changed_mind", **said})


def exact(value: str) -> dict[str, Any]:
    return {"kind": "exact", "value": value, "currency": None}


def talk(*turns, **order):
    """`turns`: a command is said, a dict is an event."""
    heard, given = {}, []
    for number, turn in enumerate(turns):
        if isinstance(turn, dict):
            given.append(turn)
        else:
            words = f"{'well, ' * number}#1001 {' '.join(_values([s.value for s in turn.slots.values()]))}"
            heard[words] = [turn]
            given.append({"say": words})
    trace = asyncio.run(replay(the_case(*given, orders=[an_order(**order)]), Told(heard)))
    assert trace["error"] is None
    return trace["turns"], trace["end"]


def _values(value):
    """Every word and number in it: what was not said would not be believed."""
    if isinstance(value, dict) and value.get("kind") == "percent":
        return [f"{value['value']}%"]
    if isinstance(value, dict | list):
        return [
            word for each in (value.values() if isinstance(value, dict) else value) for word in _values(each)
        ]
    return [str(value)] if value not in (None, 0) else []


def edit(**fields):
    return {"event": "edit", "set": fields}


def codes(turn):
    return [refused["code"] for refused in turn["refused"]]


def requested(status="requested", **fields):
    ret = {
        "id": "RT",
        "initiated_by": "customer",
        "status": status,
        "lines": [SCARF],
        "reason": "changed_mind",
    }
    return {"returns": [{**ret, **fields}]}


def approving(**said: Any) -> Command:
    return start(Flow.REVIEW_RETURN, decision="approve", **said)


def test_a_tracking_number_without_a_carrier_asks_for_the_carrier_and_goes_on():
    turns, _ = talk(approving(tracking=NUMBER), Answer(slots=slots(carrier="UPS")), CONFIRM, **requested())
    assert (codes(turns[0]), turns[0]["asked"]) == (["carrier_required"], ["carrier"])
    assert turns[2]["proposals"][0]["state"] == "executed"
    assert turns[2]["proposals"][0]["tracking"] == NUMBER


def test_a_label_that_cannot_be_generated_can_be_left_out():
    turns, _ = talk(approving(label="generate"), Answer(slots=slots(label="none")), **requested())
    assert (codes(turns[0]), turns[0]["asked"]) == (["label_unsupported"], ["label"])
    assert turns[1]["proposals"][0]["state"] == "open"


@pytest.mark.parametrize(("fee", "code"), [("-1", "fee_negative"), ("33.00", "fees_exceed_refundable")])
def test_a_fee_that_is_refused_is_asked_for_anew(fee, code):
    turns, _ = talk(approving(return_fee=exact(fee)), **requested())
    assert codes(turns[0]) == [code]
    assert turns[0]["asked"] in (["return_fee"], ["restocking_fee"])
    assert "At most 0 " not in turns[0]["replies"][-1]


@pytest.mark.parametrize("asked", ["0", "-3", "3.001", "abc"])
def test_an_amount_that_is_none_is_asked_for_with_what_can_be_given(asked):
    turns, end = talk(one_scarf(), edit(amount=asked), CONFIRM)
    assert turns[1]["replies"][-1] == "How much? Up to 32.00 EUR."
    assert all("[…]" not in reply for reply in turns[1]["replies"])
    assert end["orders"]["#1001"]["refunded_total"] == "32.00", "the card before the edit still stands"


@pytest.mark.parametrize(
    "fields", [{"quantity": 3}, {"quantity": "1.9"}, {"reason": "because"}, {"colour": "red"}]
)
def test_an_edit_that_is_refused_leaves_the_card_as_it_was(fields):
    turns, end = talk(one_scarf(), edit(**fields), CONFIRM)
    assert turns[1]["refused"]
    assert end["proposals"] == {"executed": 1}
    assert end["orders"]["#1001"]["refunded_total"] == "32.00"


def test_a_card_that_was_decided_cannot_be_edited():
    turns, _ = talk(one_scarf(), CONFIRM, edit(amount="5.00"))
    assert codes(turns[2]) == ["proposal_decided"]


def test_what_is_not_possible_any_more_leads_on_to_what_is_with_the_difference():
    other = {"refund": {"amount": "40.00", "status": "succeeded"}}
    turns, _ = talk(one_scarf(), {"event": "order_changed", "order": "#1001", "change": other}, CONFIRM)
    assert codes(turns[2]) == ["proposal_stale", "refund_exceeds_remaining"]
    assert [(p["state"], p["amount"]) for p in turns[2]["proposals"]] == [
        ("stale", "32.00"),
        ("open", "24.00"),
    ]
    assert any("amount 32.00 EUR → 24.00 EUR" in reply for reply in turns[2]["replies"])


def test_a_card_without_evidence_asks_for_it_once_a_defect_became_known():
    turns, _ = talk(one_scarf(), edit(reason="damaged"), CONFIRM)
    assert turns[1]["asked"] == ["evidence"]
    assert (codes(turns[2]), turns[2]["asked"]) == (["proposal_stale", "evidence_required"], ["evidence"])
    assert turns[2]["replies"][0].count("evidence") <= 1


def test_units_that_are_refunded_already_are_refused_with_what_is_possible():
    gone = {"amount": "64.00", "status": "unknown", "lines": [{"sku": "SCARF", "qty": 2}]}
    other = {
        "sku": "HAT",
        "title": "Hat",
        "qty": 1,
        "unit_price": "10.00",
        "source": "own",
        "fulfilment": "delivered",
    }
    lines = [*an_order()["lines"], other]
    said = start(line=[{"line": "L1", "quantity": None}], reason="changed_mind")
    turns, _ = talk(
        said, lines=lines, prior_refunds=[gone], payments=[{"method": "visa", "captured": "74.00"}]
    )
    assert codes(turns[0]) == ["quantity_exceeds_refundable"]
    assert (turns[0]["refused"][0]["limit"], turns[0]["asked"]) == ("0", [])
    assert turns[0]["options"], "what can be done instead"


def test_money_left_on_refunded_units_is_offered_as_an_amount():
    part = {
        "amount": "50.00",
        "status": "succeeded",
        "lines": [{"sku": "SCARF", "qty": 2, "amount": "50.00"}],
    }
    turns, _ = talk(
        start(line=[{"line": "L1", "quantity": None}], reason="changed_mind"), prior_refunds=[part]
    )
    [proposal] = turns[0]["proposals"]
    assert (proposal["amount"], proposal["lines"]) == (
        "14.00",
        [{"sku": "SCARF", "qty": 0, "amount": "14.00"}],
    )


def test_shipping_that_was_given_back_is_refused_before_anything_is_asked():
    given = {"amount": "4.90", "status": "succeeded"}
    turns, _ = talk(
        start(shipping={"kind": "full"}),
        shipping="4.90",
        payments=[{"method": "visa", "captured": "68.90"}],
        prior_refunds=[{**given, "reason": "late_delivery"}],
    )
    assert codes(turns[0]) in (["shipping_exceeds_remaining"], [])


def test_a_refund_before_receipt_asks_for_the_evidence_of_a_quality_issue():
    photo = {"event": "attach", "files": [{"name": "a.png", "type": "image/png", "source": "customer"}]}
    said = start(Flow.RETURN_PROGRESS, "refund")
    here = Answer(slots=slots(evidence={"kind": "attached", "text": None}))
    case = the_case(
        {"say": "refund #1001"},
        photo,
        {"say": "here"},
        orders=[an_order(**requested("approved", reason="defective"))],
        merchant={"settings": {"refund_before_receipt": True}},
    )
    trace = asyncio.run(replay(case, Told({"refund #1001": [said], "here": [here]})))
    assert trace["turns"][0]["asked"] == ["evidence"]
    assert trace["turns"][2]["proposals"][0]["settles_return"] == "RT"
    assert trace["turns"][2]["proposals"][0]["evidence"]


def test_a_closed_action_names_its_limit_and_value():
    turns, _ = talk(approving(), **requested("approved"))
    [refused] = turns[0]["refused"]
    assert (refused["code"], refused["limit"], refused["value"]) == (
        "return_not_requested",
        "requested",
        "approved",
    )


def test_what_cannot_come_back_is_shown_closed_with_the_reason():
    digital = {"sku": "EB", "title": "E-book", "qty": 1, "unit_price": "1.00", "source": "digital",
               "fulfilment": "delivered"}  # fmt: skip
    lines = [*an_order()["lines"], digital]
    turns, _ = talk(start(Flow.MERCHANT_RETURN, return_reason="changed_mind"), lines=lines)
    assert turns[0]["options"] == ["Wool scarf"]
    assert "digital goods do not come back" in turns[0]["replies"][-1]


def test_nothing_to_receive_is_not_called_an_amount():
    said = start(Flow.RETURN_PROGRESS, "receive", inspection=[{"good": 0, "damaged": 0, "missing": 1}])
    turns, _ = talk(said, **requested("in_transit"))
    assert "0 × Wool scarf" in turns[0]["replies"][0]


def test_a_percentage_of_a_gesture_without_an_item_is_of_the_whole_order():
    other = {
        "sku": "HAT",
        "title": "Hat",
        "qty": 1,
        "unit_price": "16.00",
        "source": "own",
        "fulfilment": "delivered",
    }
    said = start(amount={"kind": "percent", "value": "25"}, reason="goodwill")
    paid = [{"method": "visa", "captured": "80.00"}]
    turns, _ = talk(said, lines=[*an_order()["lines"], other], payments=paid)
    [proposal] = turns[0]["proposals"]
    assert (proposal["amount"], proposal["lines"]) == ("20.00", [])


def test_a_percentage_of_a_return_is_of_what_came_back_less_fees():
    back = {"return_fee": "2.00", "inspection": [{"sku": "SCARF", "good": 1}]}
    said = start(Flow.RETURN_PROGRESS, "refund", amount={"kind": "percent", "value": "50"}, note="worn")
    turns, _ = talk(said, **requested("received", **back))
    assert [p["amount"] for p in turns[0]["proposals"]] == ["15.00"]
