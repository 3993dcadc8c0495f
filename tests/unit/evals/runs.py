"""Traces, scenes and records for tests: what is not said is nothing."""

from __future__ import annotations

from typing import Any

from evals.beside import Beside
from evals.harms.scene import Scene
from evals.runs.record import Record
from tests.unit.evals.papers import an_order, the_case

SAY = {"say": "refund one scarf on 1001, changed mind"}
CONFIRM = {"event": "confirm"}


def a_turn(given: dict[str, Any] = SAY, **changes: Any) -> dict[str, Any]:
    return {
        "input": given,
        "commands": [],
        "replies": ["…"] if "say" in given else [],
        "asked": [],
        "options": [],
        "proposals": [],
        "refused": [],
        "drafts": [],
        "handoff": None,
        "tools": [],
        **changes,
    }


def a_refund(proposal_id: str = "p1", state: str = "open", **changes: Any) -> dict[str, Any]:
    return {
        "id": proposal_id,
        "kind": "refund",
        "order": "#1001",
        "lines": [{"sku": "SCARF", "qty": 1, "amount": "32.00"}],
        "amount": "32.00",
        "currency": "EUR",
        "split": [{"method": "visa", "amount": "32.00"}],
        "state": state,
        **changes,
    }


def paid(refund_id: str = "p1", status: str = "succeeded", **changes: Any) -> dict[str, Any]:
    lines = [{"sku": "SCARF", "qty": 1, "amount": "32.00"}]
    return {"id": refund_id, "amount": "32.00", "status": status, "lines": lines, **changes}


def an_end(*refunds: dict[str, Any], proposals: dict[str, int] | None = None, **order: Any) -> dict[str, Any]:
    told = {
        "refunded_total": "32.00" if refunds else "0.00",
        "remaining": "32.00" if refunds else "64.00",
        "refunds": list(refunds),
        "returns": [],
        "supplier_reviews": [],
        "communication_log": 0,
        "evidence": 0,
        **order,
    }
    return {
        "orders": {"#1001": told},
        "balances": {},
        "ledger_sum": 0,
        "audit_ok": True,
        "proposals": proposals or {},
    }


def a_trace(
    *turns: dict[str, Any], end: dict[str, Any] | None = None, error: str | None = None
) -> dict[str, Any]:
    return {
        "id": "case-1",
        "seconds": 0.1,
        "reader": "local",
        "error": error,
        "turns": list(turns),
        "end": end or an_end(),
    }


def a_scene(
    *turns: dict[str, Any],
    end: dict[str, Any] | None = None,
    beside: dict[str, Any] | None = None,
    **case: Any,
) -> Scene:
    given = the_case(*(turn["input"] for turn in turns), **case)
    return Scene(given, a_trace(*turns, end=end), Beside.model_validate(beside or {}))


def a_second_order(**changes: Any) -> list[dict[str, Any]]:
    return [an_order(), an_order(number="#1002", customer="Omar Said", **changes)]


def a_record(
    case: str = "case-1", *, suite: str = "repair", variant: str = "clean", attempt: int = 1, **changes: Any
) -> Record:
    given = {
        "key": f"{case} | {variant} | {attempt}",
        "case": case,
        "suite": suite,
        "theme": "conversation",
        "variant": variant,
        "attempt": attempt,
        "trace": a_trace(a_turn()),
        "beside": {"turn_seconds": [0.05]},
        **changes,
    }
    return Record.model_validate(given)
