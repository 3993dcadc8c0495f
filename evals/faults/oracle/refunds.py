"""Whether a refund is legal, and exactly what it does. Order page, section 4, "Refund", and section 5."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from evals.faults.oracle.facts import Facts
from evals.faults.oracle.proof import proof_codes
from evals.faults.oracle.settling import settling_goods
from evals.faults.oracle.values import (
    Doc,
    blocked,
    captured,
    choice,
    covers,
    held_value,
    left,
    line_of,
    open_rest,
    rest,
    return_of,
    shipping_left,
    tally,
)


@dataclass
class RefundVerdict:
    """The rules it breaks; and if none, what the customer gets, from where, at whose expense."""

    codes: set[str] = field(default_factory=set)
    amount: int = 0
    split: list[tuple[str, int]] = field(default_factory=list)
    funding: list[tuple[str, str | None, int]] = field(default_factory=list)
    """Account, payment for a sale's own money, amount."""


def refund_closed(facts: Facts) -> str | None:
    """The rule that disables the refund action."""
    order = facts.order
    if facts.settings["refunds_blocked"] or order["refunds_blocked"]:
        return "refunds_blocked"
    if captured(order) <= 0:
        return "not_captured"
    if left(order) <= 0:
        return "refund_exceeds_remaining"
    if open_rest(order) <= 0:
        return "payment_disputed"
    if min(open_rest(order), left(order) - held_value(order)) <= 0:
        return "action_unavailable"
    return None


def judge_refund(facts: Facts, request: Doc) -> RefundVerdict:
    """Every rule it breaks, or its effect."""
    verdict, order = RefundVerdict(), facts.order
    if not covers(facts.proposer, "agent"):
        return RefundVerdict({"not_authorised"})
    settling = request.get("settles_return") is not None
    if request["currency"] != order["currency"]:
        verdict.codes.add("currency_mismatch")
    closed = refund_closed(facts)
    if closed and not (settling and closed == "action_unavailable"):
        verdict.codes.add(closed)
        return verdict
    verdict.codes |= _reason_codes(request)
    goods, codes = settling_goods(facts, request) if settling else direct_goods(order, request)
    verdict.codes |= codes
    verdict.amount = goods + request.get("shipping", 0)
    verdict.codes |= _amount_codes(order, request, verdict.amount)
    verdict.codes |= proof_codes(facts, request, verdict.amount)
    _pay(facts, request, verdict)
    return verdict


def _reason_codes(request: Doc) -> set[str]:
    if not request.get("reason"):
        return {"reason_required"}
    reasons = {request["reason"], *(entry.get("reason") for entry in request.get("lines", []))}
    return {"note_required"} if "other" in reasons and not request.get("note", "").strip() else set()


def merged(lines: list[Doc]) -> list[Doc]:
    """The same line twice is added up."""
    found: dict[str, Doc] = {}
    for entry in lines:
        first = found.setdefault(entry["line"], {"line": entry["line"], "quantity": 0, "amount": None})
        first["quantity"] += entry["quantity"]
        if entry.get("amount") is not None:
            first["amount"] = (first["amount"] or 0) + entry["amount"]
    return list(found.values())


def direct_goods(order: Doc, request: Doc) -> tuple[int, set[str]]:
    """Money for the goods (everything but shipping) and the rules that lines and amount break."""
    entries, shipping, total = (
        merged(request.get("lines", [])),
        request.get("shipping", 0),
        request.get("amount"),
    )
    codes = {code for entry in entries for code in _line_codes(order, entry)}
    given = sum(entry["amount"] or 0 for entry in entries)
    open_ended = [entry for entry in entries if entry["amount"] is None]
    values = {
        entry["line"]: choice(order, line, entry["quantity"])
        for entry in open_ended
        if (line := line_of(order, entry["line"])) is not None
    }
    if total is None:
        units = sum(values.get(entry["line"], 0) for entry in open_ended if entry["quantity"])
        return given + units, codes
    if total <= 0:
        codes.add("amount_not_positive")
    elif total < shipping:
        codes.add("field_invalid")
    elif entries and len(open_ended) < len(entries):
        fixed = not open_ended
        if given + shipping > total or (fixed and given + shipping < total):
            codes.add("field_invalid")
    if entries and open_ended and total - shipping - given > sum(values.values()):
        codes.add("amount_exceeds_line")
    return total - shipping, codes


def _line_codes(order: Doc, entry: Doc) -> set[str]:
    line = line_of(order, entry["line"])
    if line is None:
        return {"line_not_found"}
    if entry["quantity"] > tally(order, line).room:
        return {"quantity_exceeds_refundable"}
    amount = entry["amount"]
    if amount is None:
        return set()
    if amount < 0:
        return {"amount_not_positive"}
    return {"amount_exceeds_line"} if amount > choice(order, line, entry["quantity"]) else set()


def _amount_codes(order: Doc, request: Doc, amount: int) -> set[str]:
    codes, shipping = set(), request.get("shipping", 0)
    if shipping < 0:
        codes.add("amount_not_positive")
    elif shipping > max(0, shipping_left(order)):
        codes.add("shipping_exceeds_remaining")
    if amount <= 0:
        codes.add("amount_not_positive")
    on_goods = request.get("lines") or request.get("settles_return") is not None
    if amount > left(order) - (0 if on_goods else held_value(order)):
        codes.add("refund_exceeds_remaining")
    return codes


def _pay(facts: Facts, request: Doc, verdict: RefundVerdict) -> None:
    """Over the payments, then over the accounts; both can refuse."""
    order, chosen = facts.order, request.get("payment")
    known = {payment["id"]: payment for payment in order["payments"]}
    if chosen is not None and chosen not in known:
        verdict.codes.add("field_invalid")
    elif chosen is not None and blocked(known[chosen]):
        verdict.codes.add("payment_disputed")
    ranked = sorted(order["payments"], key=lambda payment: _moment(payment["captured_at"]))
    ranked.sort(key=lambda payment: payment["id"] != chosen)
    missing = verdict.amount
    for payment in ranked:
        part = 0 if blocked(payment) else min(missing, rest(order, payment))
        if part > 0:
            verdict.split.append((payment["id"], part))
            missing -= part
    if missing > 0 and verdict.amount > 0:
        disputed = any(blocked(payment) and rest(order, payment) > 0 for payment in order["payments"])
        within = disputed and verdict.amount <= left(order)
        verdict.codes.add("payment_disputed" if within else "refund_exceeds_remaining")
    if not verdict.codes:
        _fund(facts, verdict)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def unsettled(facts: Facts, payment: Doc) -> int:
    """A sale's own money that has not settled and was not used for refunds."""
    if _moment(payment["settles_at"]) <= facts.now:
        return 0
    used = sum(
        part["amount"]
        for refund in counting_funded(facts.order)
        for part in refund["funding"]
        if part["account"] == "pending_settlement" and part["payment"] == payment["id"]
    )
    return int(max(0, int(payment["captured"]) - used))


def counting_funded(order: Doc) -> list[Doc]:
    """Refunds that have not failed."""
    return [refund for refund in order["refunds"] if refund["status"] != "failed"]


def _fund(facts: Facts, verdict: RefundVerdict) -> None:
    """The sale's own unsettled money, then available, then reserved where allowed, else below zero where allowed."""
    used = [payment for payment, _ in verdict.split]
    ranked = sorted(facts.order["payments"], key=lambda payment: _moment(payment["captured_at"]))
    ranked.sort(key=lambda payment: payment["id"] not in used)
    missing, pending = verdict.amount, max(0, facts.held("pending_settlement"))
    for payment in ranked:
        part = min(missing, pending, unsettled(facts, payment))
        if part > 0:
            verdict.funding.append(("pending_settlement", payment["id"], part))
            missing, pending = missing - part, pending - part
    usable = ["available", *(["reserved"] if facts.settings["refund_from_reserved"] else [])]
    for account in usable:
        part = min(missing, max(0, facts.held(account)))
        if part > 0:
            verdict.funding.append((account, None, part))
            missing -= part
    if missing > 0 and facts.settings["negative_balance"]:
        _overdraw(verdict, missing)
    elif missing > 0:
        verdict.codes.add("insufficient_balance")


def _overdraw(verdict: RefundVerdict, missing: int) -> None:
    for i, (account, payment, amount) in enumerate(verdict.funding):
        if account == "available":
            verdict.funding[i] = (account, payment, amount + missing)
            return
    verdict.funding.append(("available", None, missing))


def return_open_for_refund(facts: Facts, return_id: str) -> bool:
    """Whether the action "refund a return" is there."""
    ret = return_of(facts.order, return_id)
    closed = refund_closed(facts)
    if ret is None or (closed is not None and closed != "action_unavailable"):
        return False
    goods, codes = settling_goods(
        facts, {"currency": facts.order["currency"], "settles_return": return_id}, True
    )
    return not codes and goods > 0
