"""Whether a quality case is proven. Order page, section 4, rule 6."""

from __future__ import annotations

from evals.faults.oracle.facts import Facts
from evals.faults.oracle.values import Doc, covers, return_of

QUALITY = {"damaged", "defective", "not_as_described", "wrong_item"}


def _touches(lines: list[str], concerned: list[str]) -> bool:
    return not lines or not concerned or bool(set(lines) & set(concerned))


def proof_codes(facts: Facts, request: Doc, amount: int) -> set[str]:
    """`evidence_required`, or nothing."""
    order, ret = facts.order, return_of(facts.order, request.get("settles_return"))
    if ret is not None and ret["status"] in ("received", "closed"):
        return set()
    lines = [entry["line"] for entry in request.get("lines", [])]
    lines = lines or ([entry["line"] for entry in ret["lines"]] if ret else [])
    if not _is_quality(order, request, ret, lines):
        return set()
    shown = [
        item
        for item in order["evidence"]
        if item["sha256"] in request.get("evidence", []) and _touches(item["lines"], lines)
    ]
    if any(_counts(facts, item, amount) for item in shown) or _waived(facts, request):
        return set()
    return {"evidence_required"}


def _is_quality(order: Doc, request: Doc, ret: Doc | None, lines: list[str]) -> bool:
    reasons = {request.get("reason"), *(entry.get("reason") for entry in request.get("lines", []))}
    if ret is not None:
        reasons |= {ret["reason"], *(entry["reason"] for entry in ret["lines"])}
    claimed = any(
        claim["retracted_at"] is None and _touches(claim["lines"], lines) for claim in order["claims"]
    )
    return bool(request.get("quality_issue")) or bool(reasons & QUALITY) or claimed


def _counts(facts: Facts, item: Doc, amount: int) -> bool:
    if item["kind"] in ("photo", "video"):
        return True
    threshold = facts.settings["photo_required_above"].get(facts.order["currency"])
    if item["kind"] != "description" or not facts.settings["description_counts"]:
        return False
    if item["source"] != "customer" or sum(map(str.isalnum, item["text"])) < 10:
        return False
    return (threshold is None or amount <= threshold) and len(" ".join(item["text"].split())) >= 20


def _waived(facts: Facts, request: Doc) -> bool:
    waiver = request.get("waiver")
    named = (facts.proposer["id"], facts.proposer["name"])
    return bool(
        waiver and waiver["note"].strip() and waiver["by"] in named and covers(facts.proposer, "supervisor")
    )
