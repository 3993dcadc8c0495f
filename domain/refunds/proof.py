"""Reason, note and evidence of a refund. Order page, section 4, rules 6 and 11."""

from __future__ import annotations

from domain.identity import Role, role_violation
from domain.orders.evidence import counts_as_evidence, open_claims, photo_required, relevant_evidence
from domain.orders.model import Order
from domain.reasons import QUALITY_REASONS, RefundReason
from domain.refunds.model import RefundRequest
from domain.refunds.plan import RefundFacts
from domain.returns.model import ReturnStatus
from domain.rules import Rule, Violation, broken


def reason_violations(request: RefundRequest) -> list[Violation]:
    """Reason and note."""
    if request.reason is None:
        return [broken(Rule.REASON_REQUIRED, "reason")]
    reasons = {request.reason} | {entry.reason for entry in request.lines}
    if RefundReason.OTHER in reasons and not request.note.strip():
        return [broken(Rule.NOTE_REQUIRED, "note")]
    return []


def concerned_lines(order: Order, request: RefundRequest) -> list[str]:
    """The lines it is about: those named, or those of the return it settles; empty: the order."""
    lines = [entry.line for entry in request.lines]
    ret = order.find_return(request.settles_return or "")
    return lines or ([entry.line for entry in ret.lines] if ret else [])


def is_quality_case(order: Order, request: RefundRequest) -> bool:
    """Whether evidence is needed whatever reason is chosen."""
    reasons = {request.reason} | {entry.reason for entry in request.lines}
    if (ret := order.find_return(request.settles_return or "")) is not None:
        reasons |= {ret.reason} | {entry.reason for entry in ret.lines}
    claims = open_claims(order, concerned_lines(order, request))
    return request.quality_issue or bool(reasons & QUALITY_REASONS) or bool(claims)


def was_inspected(order: Order, request: RefundRequest) -> bool:
    """Receipt and inspection of a return take the place of evidence; before receipt nothing does."""
    ret = order.find_return(request.settles_return or "")
    return ret is not None and ret.status in (ReturnStatus.RECEIVED, ReturnStatus.CLOSED)


def evidence_violations(facts: RefundFacts, request: RefundRequest, amount: int) -> list[Violation]:
    """A quality case needs evidence that counts, or a waiver with a note by the supervisor who proposes it."""
    order, settings = facts.order, facts.settings
    if was_inspected(order, request) or not is_quality_case(order, request):
        return []
    offered = [
        item
        for item in relevant_evidence(order, concerned_lines(order, request))
        if item.sha256 in request.evidence
    ]
    if any(counts_as_evidence(item, settings, order.currency, amount) for item in offered):
        return []
    found: list[Violation] = []
    if (waiver := request.waiver) is not None and waiver.note.strip():
        refused = role_violation(facts.proposer, Role.SUPERVISOR)
        if refused is None and waiver.by in (facts.proposer.id, facts.proposer.name):
            return []
        found = [refused] if refused else []
    only_photo = photo_required(settings, order.currency, amount) or not settings.description_counts
    needed = "a photo or video" if only_photo else "a photo, a video or the customer's clear description"
    return [broken(Rule.EVIDENCE_REQUIRED, "evidence", limit=needed, value=len(offered)), *found]
