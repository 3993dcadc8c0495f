"""The action table and the judges by kind of proposal; who may decide. Order page, sections 3, 4 and 6."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from evals.faults.oracle import returns, reviews
from evals.faults.oracle.facts import Facts
from evals.faults.oracle.refunds import judge_refund, refund_closed, return_open_for_refund
from evals.faults.oracle.values import Doc, counting, covers, line_of, return_of, review_of

JUDGES: dict[str, Callable[[Facts, Doc], set[str]]] = {
    "refund": lambda facts, payload: judge_refund(facts, payload).codes,
    "create_return": returns.judge_create,
    "approve_return": returns.judge_approve,
    "reject_return": returns.judge_reject,
    "edit_return": returns.judge_edit,
    "receive_return": returns.judge_receive,
    "cancel_return": returns.judge_cancel,
    "close_return": returns.judge_close,
    "request_supplier_review": reviews.judge_request,
    "cancel_supplier_review": reviews.judge_cancel,
    "supplier_verdict": reviews.judge_verdict,
}


def is_available(facts: Facts, action: str, subject: str | None) -> bool:
    """Whether the page shows the button to `facts.proposer`."""
    role = {"supplier_verdict": "finance", "waive_evidence": "supervisor"}.get(action, "agent")
    if action == "close_return" and subject and not returns.is_done(facts.order, _ret(facts, subject)):
        role = "supervisor"
    return covers(facts.proposer, role) and _by_state(facts, action, subject)


def _ret(facts: Facts, subject: str) -> Doc:
    return return_of(facts.order, subject) or {}


def _by_state(facts: Facts, action: str, subject: str | None) -> bool:
    order = facts.order
    if action == "refund":
        return refund_closed(facts) is None
    if action == "create_return":
        return returns.can_create(facts)
    if subject is None:
        return False
    if action == "request_supplier_review":
        line = line_of(order, subject)
        return line is not None and not reviews.can_request(order, line)
    if action in ("cancel_supplier_review", "supplier_verdict"):
        review = review_of(order, subject)
        return review is not None and review["status"] in reviews.UNFINISHED
    return _return_by_state(facts, action, _ret(facts, subject))


def _return_by_state(facts: Facts, action: str, ret: Doc) -> bool:
    status = ret["status"]
    if action in ("approve_return", "reject_return"):
        return bool(status == "requested")
    if action in ("edit_return", "receive_return"):
        return status in returns.ON_ITS_WAY
    if action == "cancel_return":
        return returns.can_cancel(facts.order, ret)
    if action == "refund_return":
        return return_open_for_refund(facts, ret["id"])
    return bool(status == "received")


def may_decide(actor: Doc, proposal: Doc) -> bool:
    """One's own as an agent, another's as a supervisor."""
    return covers(actor, "agent" if actor["id"] == proposal["created_by"] else "supervisor")


def may_confirm(facts: Facts, proposal: Doc, actor: Doc) -> bool:
    """Role, four eyes, and the limit over the window."""
    if not may_decide(actor, proposal):
        return False
    if proposal["kind"] == "supplier_verdict":
        return covers(actor, "finance")
    if proposal["kind"] != "refund":
        return True
    return bool(window_sum(facts, proposal) <= actor["limits"].get(facts.order["currency"], 0))


def window_sum(facts: Facts, proposal: Doc) -> int:
    """The proposer's refunds on the order in the trailing window, this one included."""
    since = facts.now - timedelta(hours=facts.settings["four_eyes_window_hours"])
    earlier = sum(
        refund["amount"]
        for refund in counting(facts.order)
        if refund["proposed_by"] == proposal["created_by"]
        and datetime.fromisoformat(refund["created_at"]) > since
    )
    return int(earlier + proposal["preview"]["amount"])
