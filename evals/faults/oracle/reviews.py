"""Whether a write to a supplier review is legal. Order page, section 4, "Supplier review"."""

from __future__ import annotations

from evals.faults.oracle.facts import Facts
from evals.faults.oracle.values import Doc, counting, covers, line_of, review_of, shared

Codes = set[str]
UNFINISHED = ("requested", "under_review")


def _returns_on(order: Doc, lines: set[str]) -> list[Doc]:
    return [
        ret
        for ret in order["returns"]
        if ret["status"] not in ("rejected", "cancelled")
        and lines & {entry["line"] for entry in ret["lines"]}
    ]


def _kinds_under_way(order: Doc, line_id: str) -> set[str]:
    return {
        review["kind"]
        for review in order["supplier_reviews"]
        if review["status"] in UNFINISHED and line_id in review["lines"]
    }


def can_request(order: Doc, line: Doc, kind: str | None = None) -> Codes:
    """Why nothing (of that kind) can be asked for on a line."""
    if line["source"] != "dropshipping" or line["supplier_cost"] <= 0:
        return {"action_unavailable"}
    refunded = any(part["line"] == line["id"] for refund in counting(order) for part in refund["lines"])
    if not refunded and not _returns_on(order, {line["id"]}):
        return {"action_unavailable"}
    wanted = {kind} if kind else {"product_cost", "return_cost", "adjustment"}
    return {"supplier_review_open"} if wanted <= _kinds_under_way(order, line["id"]) else set()


def cap(order: Doc, line_ids: list[str], kind: str) -> int:
    """The most that can still be asked for."""
    earlier = [review for review in order["supplier_reviews"] if review["kind"] == kind]
    if kind == "return_cost":
        returns = _returns_on(order, set(line_ids))
        touched = {entry["line"] for ret in returns for entry in ret["lines"]}
        used = sum(
            review["requested"] if review["status"] in UNFINISHED else review["refunded"]
            for review in earlier
            if touched & set(review["lines"])
        )
        return int(max(0, sum(ret["return_cost"] for ret in returns) - used))
    total = 0
    for line_id in line_ids:
        line = line_of(order, line_id)
        cost = line["supplier_cost"] if line else 0
        got = sum(_part(order, review, line_id) for review in earlier if line_id in review["lines"])
        total += max(0, cost - got)
    return total


def _part(order: Doc, review: Doc, line_id: str) -> int:
    lines = [line for line in order["lines"] if line["id"] in review["lines"]]
    parts = shared(review["refunded"], [line["supplier_cost"] for line in lines])
    return int(dict(zip([line["id"] for line in lines], parts, strict=True))[line_id])


def judge_request(facts: Facts, payload: Doc) -> Codes:
    """Ask a supplier to bear a cost."""
    order = facts.order
    if not covers(facts.proposer, "agent"):
        return {"not_authorised"}
    codes: Codes = set()
    lines = list(dict.fromkeys(payload["lines"]))
    for line_id in lines:
        line = line_of(order, line_id)
        codes |= can_request(order, line, payload["kind"]) if line else {"line_not_found"}
    codes |= set() if payload["notes"].strip() else {"supplier_notes_required"}
    held = {item["sha256"] for item in order["evidence"]}
    codes |= set() if set(payload.get("evidence", [])) <= held else {"field_invalid"}
    most, asked = cap(order, lines, payload["kind"]), payload.get("amount")
    if asked is not None and asked <= 0:
        codes.add("amount_not_positive")
    if most <= 0 or (asked or 0) > most:
        codes.add("supplier_amount_exceeds_cost")
    return codes


def judge_cancel(facts: Facts, payload: Doc) -> Codes:
    """Withdraw it before a verdict."""
    if not covers(facts.proposer, "agent"):
        return {"not_authorised"}
    review = review_of(facts.order, payload["review_id"])
    if review is None:
        return {"supplier_review_not_found"}
    return set() if review["status"] in UNFINISHED else {"action_unavailable"}


def judge_verdict(facts: Facts, payload: Doc) -> Codes:
    """What the supplier says, entered by finance."""
    order, review = facts.order, review_of(facts.order, payload["review_id"])
    if review is None:
        return {"supplier_review_not_found", "not_authorised"}
    if review["status"] not in UNFINISHED:
        return {"action_unavailable", "not_authorised"}
    if not covers(facts.proposer, "finance"):
        return {"not_authorised"}
    refunded = payload.get("refunded")
    if payload["verdict"] == "rejected":
        codes = {"supplier_result_exceeds_request"} if refunded else set()
        return codes if payload.get("reason", "").strip() else codes | {"reason_required"}
    if refunded is None:
        return set() if payload["verdict"] == "approved" else {"field_invalid"}
    if refunded <= 0:
        return {"amount_not_positive"}
    codes = {"supplier_result_exceeds_request"} if refunded > review["requested"] else set()
    cost = sum(line["supplier_cost"] for line in order["lines"] if line["id"] in review["lines"])
    if review["kind"] != "return_cost" and refunded > cost:
        codes.add("supplier_amount_exceeds_cost")
    return codes
