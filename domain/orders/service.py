"""What staff add to an order beside its writes: evidence, quality claims, what was said to the customer.

None of it changes what an action does to money or goods, so none bumps the order's version, and an open proposal
stays valid. Each runs in the caller's transaction, is audited, and changes nothing when it is repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.identity import Role, Staff, role_violation
from domain.orders.model import Claim, Evidence, LogEntry, Order
from domain.ports import AuditEvent, UnitOfWork
from domain.reasons import QUALITY_REASONS, RefundReason
from domain.rules import Refused, Rule, Violation, broken, refuse_if


def add_evidence(uow: UnitOfWork, actor: Staff, order_id: str, item: Evidence) -> Evidence:
    """Add it once, in the actor's name: the same bytes again only add the lines they show. Raises Refused.

    `sha256` is of the stored file, or of a description's text.
    """
    order = _open(uow, actor, order_id)
    refuse_if(_unknown_lines(order, item.lines))
    known = next((e for e in order.evidence if e.sha256 == item.sha256), None)
    if known is None:
        known = item.model_copy(update={"added_by": actor.id, "added_at": uow.now}, deep=True)
        order.evidence.append(known)
    elif set(item.lines) <= set(known.lines) or not known.lines:
        return known
    else:
        known.lines = sorted({*known.lines, *item.lines}) if item.lines else []
    _save(uow, actor, order, "evidence.added", {"sha256": item.sha256, "kind": known.kind.value})
    return known


def claim_issue(
    uow: UnitOfWork,
    actor: Staff,
    order_id: str,
    reason: RefundReason,
    lines: Sequence[str] = (),
    quote: str = "",
) -> Claim:
    """A quality issue made known; it stays on the order until staff retract it. Raises Refused."""
    order = _open(uow, actor, order_id)
    refuse_if([*_unknown_lines(order, lines), _not_quality(reason)])
    known = standing_claim(order, reason, lines)
    if known is not None:
        return known
    claim = Claim(reason=reason, lines=list(lines), quote=quote, made_by=actor.id, made_at=uow.now)
    order.claims.append(claim)
    _save(uow, actor, order, "claim.made", {"reason": reason.value, "lines": claim.lines})
    return claim


def retract_issue(
    uow: UnitOfWork,
    actor: Staff,
    order_id: str,
    lines: Sequence[str] = (),
    reason: RefundReason | None = None,
) -> list[Claim]:
    """Staff take the defect itself back: claims on these lines (all when none is named), of that reason if given.

    The claims that were retracted now. Raises Refused.
    """
    order = _open(uow, actor, order_id)
    refuse_if(_unknown_lines(order, lines))
    retracted = []
    for claim in order.claims:
        touches = not lines or not claim.lines or bool(set(lines) & set(claim.lines))
        if claim.retracted_at is None and touches and reason in (None, claim.reason):
            claim.retracted_by, claim.retracted_at = actor.id, uow.now
            retracted.append(claim)
    if retracted:
        _save(uow, actor, order, "claim.retracted", {"reasons": [claim.reason.value for claim in retracted]})
    return retracted


def log_communication(
    uow: UnitOfWork, actor: Staff, order_id: str, channel: str, text: str, direction: str = "out"
) -> LogEntry:
    """What was said to the customer (or by them, `in`): a text, or a link to it. Raises Refused."""
    order = _open(uow, actor, order_id)
    said = text.strip()
    refuse_if(
        [None if said else broken(Rule.FIELD_INVALID, "text", limit="a text or a link", value="nothing")]
    )
    known = next(
        (
            e
            for e in order.communication_log
            if (e.channel, e.direction, e.text) == (channel, direction, said)
        ),
        None,
    )
    if known is not None:
        return known
    entry = LogEntry(channel=channel, direction=direction, text=said, at=uow.now, by=actor.id)
    order.communication_log.append(entry)
    _save(uow, actor, order, "communication.logged", {"channel": channel, "direction": direction})
    return entry


def standing_claim(order: Order, reason: RefundReason, lines: Sequence[str]) -> Claim | None:
    """The same claim, made before and not retracted."""
    for claim in order.claims:
        if claim.retracted_at is None and claim.reason is reason and set(claim.lines) == set(lines):
            return claim
    return None


def _open(uow: UnitOfWork, actor: Staff, order_id: str) -> Order:
    order = uow.orders.get(order_id)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=order_id))
    refuse_if([role_violation(actor, Role.AGENT)])
    return order


def _unknown_lines(order: Order, lines: Sequence[str]) -> list[Violation]:
    known = {line.id for line in order.lines}
    return [broken(Rule.LINE_NOT_FOUND, "line", value=line) for line in lines if line not in known]


def _not_quality(reason: RefundReason) -> Violation | None:
    if reason.is_quality:
        return None
    limit = ", ".join(sorted(each.value for each in QUALITY_REASONS))
    return broken(Rule.FIELD_INVALID, "reason", limit=f"one of {limit}", value=reason.value)


def _save(uow: UnitOfWork, actor: Staff, order: Order, kind: str, data: dict[str, Any]) -> None:
    uow.orders.save(order, bump=False)
    uow.audit.append(AuditEvent(kind, order.id, actor.id, uow.now, {"order": order.number, **data}))
