"""What was told of an order beside a question about it, or with a wish that was refused: kept for what follows.

Only the reason, the goods and the fees of a return are kept, never an amount, and only until the next case begins; of
another order they tell nothing. What the next message says itself goes before them, and the card or the question shows
them.
"""

from __future__ import annotations

from typing import Any

from agent.commands import Command, Flow, StartFlow
from agent.dialogue.slots import plain
from agent.dialogue.turn import Turn
from agent.state import Case
from domain.orders.model import Order
from domain.reasons import RefundReason

_KEPT = ("reason", "issue", "line")
_FEES = ("return_fee", "restocking_fee")
_TELLS = frozenset({"SelectOrder", "AskQuestion"})
_TAKES = frozenset({Flow.DIRECT_REFUND, Flow.QUALITY_ISSUE, Flow.MERCHANT_RETURN})
_CHOOSES = frozenset({"line", "item", "quantity", "amount", "shipping", "cancel_order"})


def remember(turn: Turn, command: Command) -> None:
    """Keep what a question told besides of the order that it made the topic."""
    facts = {name: value for name, value in plain(command).items() if name in _KEPT + _FEES}
    order = turn.conversation.topic_order
    draft = isinstance(command, StartFlow) and command.flow is Flow.DRAFT_REPLY
    if (draft or command.name in _TELLS) and facts and order and turn.current is None:
        turn.conversation.state["told"] = {"order": order, "facts": facts}


def recall(turn: Turn, case: Case) -> None:
    """Fill in what was told before of the order that a new case is about, where the case says nothing else of it."""
    told: dict[str, Any] | None = turn.conversation.state.pop("told", None)
    here = turn.conversation.topic_order
    named = str(case.slots.get("order") or "").lstrip("#")
    if (
        told is None
        or case.flow not in _TAKES | {Flow.REVIEW_RETURN}
        or case.slots.get("order_query")
        or told["order"] != here
    ):
        return
    if named and turn.orders and named != _number(turn, here or ""):
        return
    facts = told["facts"]
    if case.flow is Flow.REVIEW_RETURN:
        _with_fees(case, facts)
        return
    reason = "return_reason" if case.flow is Flow.MERCHANT_RETURN else "reason"
    if "reason" in facts and not case.slots.get(reason):
        case.slots[reason] = facts["reason"]
        case.quality_issue = case.quality_issue or RefundReason(facts["reason"]).is_quality
    if "note" in facts:
        case.slots.setdefault("note", facts["note"])
    if not _CHOOSES & set(case.slots):
        case.slots |= {name: facts[name] for name in ("line", "quantity") if name in facts}


def _with_fees(case: Case, facts: dict[str, Any]) -> None:
    """Fees that were asked about are those of the approval that follows, where it names none; its card shows them."""
    if case.slots.get("decision") == "approve" and not set(_FEES) & set(case.slots):
        case.slots |= {name: facts[name] for name in _FEES if name in facts}


def _number(turn: Turn, order_id: str) -> str:
    order = turn.orders.get(order_id)
    return order.number.lstrip("#") if order is not None else ""


def still_true(case: Case) -> dict[str, object]:
    """What was told of the goods and why, for the other way that is taken after a refusal."""
    said = {name: case.slots[name] for name in ("reason", "return_reason", "note") if name in case.slots}
    if "return_reason" in said:
        said["reason"] = said.pop("return_reason")
    if case.flow is Flow.MERCHANT_RETURN:  # It was not offered: how many were meant was not what was wrong.
        return said | {name: case.slots[name] for name in ("line", "quantity") if case.slots.get(name)}
    lines = [{**entry, "quantity": None, "amount": None} for entry in case.slots.get("line") or []]
    return said | ({"line": lines} if lines else {})


def as_last(case: Case, order: Order) -> dict[str, Any]:
    """What "the same again" would be, once this is done."""
    flow = Flow.DIRECT_REFUND if case.flow is Flow.QUALITY_ISSUE else case.flow
    entries = case.slots.get("line") or []
    lines = [str(entry["line"]) for entry in entries]
    counted = entries and all(entry.get("quantity") for entry in entries)
    goods = {order.line(str(entry["line"])).sku: entry["quantity"] for entry in entries} if counted else {}
    reason = case.slots.get("reason") or case.slots.get("return_reason") or ""
    told = {name: case.slots[name] for name in ("amount", "shipping", "return_needed") if name in case.slots}
    note = case.slots.get("note") if reason == RefundReason.OTHER else None
    last = {"order": case.order_number, "flow": flow.value, "reason": reason, "lines": lines, "goods": goods}
    return {**last, "told": told, "note": note}
