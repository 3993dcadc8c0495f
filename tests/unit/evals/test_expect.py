"""What a case expects is compared with what happened, and nothing is passed over."""

from typing import Any

import pytest

from evals.expect import differences, subset


def a_turn(**changes):
    empty: dict[str, Any] = {
        "commands": [],
        "replies": [],
        "asked": [],
        "options": [],
        "proposals": [],
        "refused": [],
        "drafts": [],
        "handoff": None,
        "tools": [],
    }
    return {**empty, **changes}


def a_trace(*turns, error=None, **end):
    ending = {
        "orders": {
            "#1": {"refunded_total": "32.00", "refunds": [{"amount": "32.00", "status": "succeeded"}]}
        },
        "balances": {"available": "-32.00"},
        "ledger_sum": 0,
        "audit_ok": True,
        "proposals": {"executed": 1},
        **end,
    }
    return {"id": "x", "error": error, "turns": list(turns), "end": ending}


REFUND = {
    "id": "p1",
    "kind": "refund",
    "amount": "32.00",
    "reason": "damaged",
    "lines": [{"sku": "A", "qty": 1}],
}
TRACE = a_trace(
    a_turn(
        asked=["reason"],
        replies=["Why is it?"],
        commands=[{"name": "StartFlow"}],
        refused=[{"code": "note_required"}],
    ),
    a_turn(proposals=[{**REFUND, "state": "open"}], handoff="supervisor", drafts=["Dear Noor"]),
    a_turn(proposals=[{**REFUND, "state": "executed"}]),
)


@pytest.mark.parametrize(
    "expect",
    [
        {},
        {"proposal": {"amount": "32.00", "reason": ["defective", "damaged"], "lines": [{"sku": "A"}]}},
        {"proposal": {"state": "executed", "carrier": ""}},
        {"proposals": [{"kind": "refund"}]},
        {"executed": True},
        {"states": {"executed": 1}},
        {"db": {"#1": {"refunds": [{"status": "succeeded"}]}}},
        {"balances": {"available": "-32.00"}},
        {"refused_with": "note_required"},
        {"must_ask": ["reason"], "must_not_ask": ["line"]},
        {"texts": {"present": ["WHY", "noor"], "forbidden": ["friday"]}},
        {"handoff": "supervisor", "drafts": 1},
        {"commands": ["StartFlow"], "must_not_command": ["OutOfScope"]},
        {"turns": [{"turn": 1, "must_ask": ["reason"], "proposal": None}, {"turn": 2, "refused_with": None}]},
    ],
)
def test_what_came_out_as_expected_has_no_differences(expect):
    assert differences(expect, TRACE) == []


@pytest.mark.parametrize(
    "expect",
    [
        {"proposal": None},
        {"proposal": {"amount": "31.00"}},
        {"proposal": {"lines": []}},
        {"proposal": {"reason": ["goodwill"]}},
        {"proposals": [{"kind": "create_return"}]},
        {"executed": False},
        {"states": {"executed": 1, "open": 1}},
        {"db": {"#2": {"refunded_total": "0.00"}}},
        {"balances": {"available": "0.00"}},
        {"refused_with": None},
        {"refused_with": "payment_disputed"},
        {"must_ask": ["line"]},
        {"must_not_ask": ["reason"]},
        {"texts": {"forbidden": ["noor"]}},
        {"texts": {"present": ["friday"]}},
        {"handoff": None},
        {"drafts": 2},
        {"must_not_command": ["StartFlow"]},
        {"commands": ["Greet"]},
        {"turns": [{"turn": 4}]},
        {"turns": [{"turn": 1, "db": {}}]},
        {"propsal": {}},
    ],
)
def test_what_came_out_differently_is_told(expect):
    assert differences(expect, TRACE)


def test_a_case_that_broke_says_so_first():
    assert differences({"executed": True}, a_trace(error="turn 1: KeyError: 'x'")) == [
        "broke: turn 1: KeyError: 'x'"
    ]


def test_books_that_do_not_sum_up_fail_every_case():
    assert differences(None, a_trace(ledger_sum=1))
    assert differences(None, a_trace(audit_ok=False))


def test_lists_are_compared_in_any_order_but_whole():
    assert subset([{"a": 1}, {"a": 2}], [{"a": 2, "b": 0}, {"a": 1}]) == []
    assert subset([{"a": 1}], [{"a": 1}, {"a": 2}])
