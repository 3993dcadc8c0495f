"""Quality claims that a proposal makes: they stay on the order, whether it is confirmed, refused or withdrawn.

Else a refund that was refused for want of evidence could be asked for again as a gesture of goodwill. Order page,
section 1 ("claimed issues") and section 4, rule 6. Only staff retracting the defect itself takes a claim back.
"""

from __future__ import annotations

from pydantic import BaseModel

from domain.identity import Role, Staff, role_violation
from domain.orders.model import Order
from domain.orders.service import claim_issue, standing_claim
from domain.ports import UnitOfWork
from domain.reasons import RefundReason
from domain.refunds.model import RefundRequest
from domain.refunds.proof import concerned_lines
from domain.returns.payloads import ApproveReturn, CreateReturn, Terms


def quality_claims(order: Order, payload: BaseModel) -> dict[RefundReason, list[str]]:
    """Line ids by the quality reason the payload gives; no line: the order. Lines it does not have are left out."""
    found: dict[RefundReason, list[str]] = {}
    for reason, line in _reasons(order, payload):
        if reason is None or not reason.is_quality:
            continue
        lines = found.setdefault(reason, [])
        if line and line not in lines:
            lines.append(line)
    return found


def take_claims(uow: UnitOfWork, actor: Staff, order: Order, payload: BaseModel) -> None:
    """Put on the order what the payload claims, once, in the actor's name; nothing for somebody who only reads."""
    if role_violation(actor, Role.AGENT) is not None:
        return
    for reason, lines in quality_claims(order, payload).items():
        if standing_claim(order, reason, lines) is None:
            claim_issue(uow, actor, order.id, reason, lines)


def _reasons(order: Order, payload: BaseModel) -> list[tuple[RefundReason | None, str]]:
    known = {line.id for line in order.lines}
    if isinstance(payload, RefundRequest):
        own = {entry.line: entry.reason for entry in payload.lines}
        reason = payload.reason
        if payload.quality_issue and not (reason and reason.is_quality):
            reason = RefundReason.NOT_AS_DESCRIBED
        lines = concerned_lines(order, payload)
    elif isinstance(payload, CreateReturn | ApproveReturn):
        own, lines, reason = _of_terms(order, payload)
    else:
        return []
    given = [line for line in lines if line in known]
    if lines and not given:
        return []
    return [(own.get(line) or reason, line) for line in given] or [(reason, "")]


def _of_terms(
    order: Order, payload: Terms
) -> tuple[dict[str, RefundReason | None], list[str], RefundReason | None]:
    own = {entry.line: entry.reason for entry in payload.lines}
    ret = order.find_return(payload.return_id) if isinstance(payload, ApproveReturn) else None
    lines = list(own) or ([entry.line for entry in ret.lines] if ret else [])
    return own, lines, payload.reason or (ret.reason if ret else None)
