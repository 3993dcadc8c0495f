"""A replay tells what really happened, the same in every run."""

import asyncio
from typing import Any

import pytest

from agent.commands import Affirm, Answer, Command, Flow, SlotValue, StartFlow
from agent.reading.view import TurnView, Understanding
from evals.replay import replay
from tests.unit.evals.papers import an_order, the_case

CONFIRM = {"event": "confirm"}
ONE_SCARF = {"say": "one scarf on #1001"}
TWO_PHOTOS = {
    "event": "attach",
    "files": [{"name": name, "type": "image/png", "source": "customer"} for name in ("a", "b")],
}


def slots(**values: Any) -> dict[str, SlotValue]:
    return {name: SlotValue(value=value) for name, value in values.items()}


def refund(reason: str, **more: Any) -> list[Command]:
    said = slots(order="1001", line=[{"line": "L1", "quantity": 1}], reason=reason, **more)
    return [StartFlow(flow=Flow.DIRECT_REFUND, slots=said)]


HEARD: dict[str, list[Command]] = {
    "one scarf on #1001": refund("changed_mind"),
    "one torn scarf on #1001": refund("damaged", issue="damaged", return_needed=False),
    "here": [Answer(slots=slots(evidence={"kind": "attached", "text": None}))],
    "yes": [Affirm()],
}


class Scripted:
    """Hears what the test says it hears."""

    name = "scripted"

    def read(self, view: TurnView) -> Understanding:
        if view.text == "boom":
            raise RuntimeError("the reader is ill")
        return Understanding(commands=HEARD[view.text], reader=self.name)


def traced(*turns, **changes):
    return asyncio.run(replay(the_case(*turns, **changes), Scripted()))


def test_a_refund_is_told_from_the_database():
    trace = traced(ONE_SCARF, CONFIRM)
    first, second = trace["turns"]
    assert trace["error"] is None
    assert [p["state"] for p in first["proposals"]] == ["open"]
    assert [p["state"] for p in second["proposals"]] == ["executed"]
    assert second["proposals"][0]["funding"] == [{"account": "pending_settlement", "amount": "32.00"}]
    order = trace["end"]["orders"]["#1001"]
    assert (order["refunded_total"], order["remaining"]) == ("32.00", "32.00")
    assert order["refunds"][0]["id"] == first["proposals"][0]["id"]
    assert trace["end"]["balances"]["pending_settlement"] == "-32.00"
    assert trace["end"]["proposals"] == {"executed": 1}
    assert trace["end"]["ledger_sum"] == 0
    assert trace["end"]["audit_ok"] is True


def test_two_runs_are_the_same_but_for_the_seconds():
    first, second = (traced(ONE_SCARF, CONFIRM, {"event": "restart"}, ONE_SCARF) for _ in range(2))
    assert first.pop("seconds") >= 0
    assert second.pop("seconds") >= 0
    assert first == second


def test_lines_of_two_orders_in_one_message_go_by_the_skus_of_each(monkeypatch):
    both = [
        StartFlow(
            flow=Flow.DIRECT_REFUND,
            slots=slots(order=number, line=[{"line": "L1", "quantity": 1}], reason="changed_mind"),
        )
        for number in ("1001", "1002")
    ]
    text = "one each of #1001 and #1002"
    monkeypatch.setitem(HEARD, text, both)
    other = an_order() | {"number": "#1002"}
    other["lines"] = [other["lines"][0] | {"sku": "HAT"}]
    trace = traced({"say": text}, orders=[an_order(), other])
    named = [command["slots"]["line"][0]["sku"] for command in trace["turns"][0]["commands"]]
    assert named == ["SCARF", "HAT"]


def test_files_come_with_the_next_message():
    trace = traced({"say": "one torn scarf on #1001"}, TWO_PHOTOS, {"say": "here"})
    assert trace["turns"][0]["asked"] == ["evidence"]
    assert trace["turns"][1]["replies"] == []
    assert len(trace["turns"][2]["proposals"][0]["evidence"]) == 2


def test_files_come_alone_where_no_message_follows():
    trace = traced({"say": "one torn scarf on #1001"}, TWO_PHOTOS, CONFIRM)
    assert [p["state"] for p in trace["turns"][1]["proposals"]] == ["open"]
    assert trace["end"]["orders"]["#1001"]["evidence"] == 2
    assert trace["end"]["proposals"] == {"executed": 1}


@pytest.mark.parametrize(
    "later", [{"say": "one scarf on #1001"}, {"event": "wait", "minutes": 5}, {"event": "restart"}]
)
@pytest.mark.parametrize("answer", ["timeout_before", "timeout_after"])
def test_a_missing_answer_is_unknown_in_its_turn_and_cleared_up_later(answer, later):
    fault = {"event": "provider", "answer": answer}
    unknown = traced(ONE_SCARF, fault, CONFIRM)
    assert unknown["end"]["orders"]["#1001"]["refunds"][0]["status"] == "unknown"
    assert unknown["end"]["proposals"] == {"confirmed": 1}
    cleared = traced(ONE_SCARF, fault, CONFIRM, later)
    assert cleared["end"]["orders"]["#1001"]["refunds"][0]["status"] == "succeeded"
    assert "executed" in {p["state"] for p in cleared["turns"][3]["proposals"]}


def test_a_late_answer_ends_the_refund_later():
    fault = {"event": "provider", "answer": "late"}
    assert traced(ONE_SCARF, fault, CONFIRM)["end"]["orders"]["#1001"]["refunds"][0]["status"] == "pending"
    assert traced(ONE_SCARF, fault, CONFIRM, ONE_SCARF)["end"]["proposals"] == {"executed": 1, "open": 1}


def test_a_fault_befalls_the_next_execution_and_no_earlier_one():
    before = {"event": "provider", "answer": "timeout_before"}
    trace = traced(ONE_SCARF, before, CONFIRM, {"event": "provider", "answer": "decline"}, ONE_SCARF, CONFIRM)
    assert trace["end"]["proposals"] == {"executed": 1, "failed": 1}


def test_a_decline_gives_everything_back():
    end = traced(ONE_SCARF, {"event": "provider", "answer": "decline"}, CONFIRM)["end"]
    assert end["orders"]["#1001"]["remaining"] == "64.00"
    assert end["proposals"] == {"failed": 1}
    assert set(end["balances"].values()) == {"0.00"}


def test_a_press_where_nothing_was_shown_is_refused_as_such():
    trace = traced(CONFIRM)
    assert [entry["code"] for entry in trace["turns"][0]["refused"]] == ["proposal_not_found"]
    assert trace["error"] is None


def test_the_nth_card_that_was_shown_can_be_pressed():
    trace = traced(
        ONE_SCARF, {"event": "edit", "set": {"amount": "20.00"}}, {"event": "confirm", "proposal": 1}
    )
    assert [entry["code"] for entry in trace["turns"][2]["refused"]] == ["proposal_decided"]
    assert trace["end"]["proposals"] == {"open": 1, "superseded": 1}


def test_a_second_person_has_their_own_role_and_limit():
    actor = {"role": "agent", "limit": {"EUR": "10.00"}}
    other = {"event": "other_staff_confirms", "role": "supervisor", "limit": {"EUR": "50.00"}}
    trace = traced(ONE_SCARF, CONFIRM, other, actor=actor)
    assert "approval_required" in [entry["code"] for entry in trace["turns"][1]["refused"]]
    assert trace["end"]["proposals"] == {"executed": 1}


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (
            {"refund": {"amount": "32.00", "status": "succeeded", "lines": [{"sku": "SCARF", "qty": 1}]}},
            "32.00",
        ),
        ({"fulfilment": {"SCARF": "shipped"}}, "64.00"),
        ({"address": "New Street 7"}, "64.00"),
        ({"dispute": {"method": "visa", "state": "open"}}, "64.00"),
        (
            {
                "return": {
                    "id": "R1",
                    "initiated_by": "customer",
                    "status": "requested",
                    "lines": [{"sku": "SCARF", "qty": 1}],
                }
            },
            "64.00",
        ),
        (
            {
                "supplier_review": {
                    "id": "S",
                    "lines": ["SCARF"],
                    "kind": "adjustment",
                    "requested": "1.00",
                    "status": "requested",
                    "notes": "",
                }
            },
            "64.00",
        ),
    ],
)
def test_what_somebody_else_writes_makes_the_card_stale(change, left):
    trace = traced(ONE_SCARF, {"event": "order_changed", "order": "1001", "change": change}, CONFIRM)
    assert trace["error"] is None
    assert "proposal_stale" in [entry["code"] for entry in trace["turns"][2]["refused"]]
    assert trace["end"]["orders"]["#1001"]["remaining"] == left
    assert trace["end"]["ledger_sum"] == 0


def test_a_card_runs_out_while_time_passes():
    trace = traced(ONE_SCARF, {"event": "wait", "minutes": 31}, CONFIRM)
    assert [p["state"] for p in trace["turns"][1]["proposals"]] == ["expired"]
    assert "proposal_expired" in [entry["code"] for entry in trace["turns"][2]["refused"]]


def test_accounts_hold_what_the_case_says():
    held = {"pending_settlement": "0.00", "available": "5.00", "reserved": "0.00", "fund": "0.00"}
    trace = traced(ONE_SCARF, merchant={"balances": held}, orders=[an_order(placed_days_ago=20)])
    assert [(e["code"], e["limit"]) for e in trace["turns"][0]["refused"]] == [
        ("insufficient_balance", "5.00")
    ]


def test_what_breaks_is_told_and_ends_the_case():
    trace = traced(ONE_SCARF, {"say": "boom"}, CONFIRM)
    assert trace["error"] == "turn 2 (say): RuntimeError: the reader is ill"
    assert len(trace["turns"]) == 2
    assert trace["end"]["proposals"] == {"open": 1}


def test_a_history_the_page_would_refuse_is_the_cases_error():
    too_much = {"amount": "100.00", "status": "succeeded", "lines": []}
    trace = traced(ONE_SCARF, orders=[an_order(prior_refunds=[too_much])])
    assert "refund_exceeds_remaining" in trace["error"]
    assert trace["end"] is None


def test_a_typed_yes_confirms_nothing():
    trace = traced(ONE_SCARF, {"say": "yes"})
    assert trace["end"]["proposals"] == {"open": 1}
