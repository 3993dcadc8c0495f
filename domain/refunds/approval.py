"""Who may confirm a refund: the own limit, and four eyes above the proposer's. Order page, section 4, rule 9."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from domain.identity import Role, Staff, role_violation
from domain.money import format_minor
from domain.orders.model import Order
from domain.refunds.plan import RefundFacts
from domain.rules import Rule, Violation, broken


def counted_amount(order: Order, proposer_id: str, amount: int, now: datetime, hours: int) -> int:
    """What counts against limits: the proposer's not failed refunds on the order in the window, plus this one."""
    since = now - timedelta(hours=hours)
    earlier: dict[str, int] = defaultdict(int)
    for refund in order.refunds:
        if refund.counts and refund.created_at > since:
            earlier[refund.proposed_by] += refund.amount
    return earlier[proposer_id] + amount


def approval_violations(
    facts: RefundFacts, confirmer: Staff, proposer_id: str, amount: int
) -> list[Violation]:
    """Whether this person may confirm this amount: own limit, and four eyes above the proposer's."""
    order, hours = facts.order, facts.settings.four_eyes_window_hours
    if confirmer.id != proposer_id and (refused := role_violation(confirmer, Role.SUPERVISOR)):
        return [refused]
    counted = counted_amount(order, proposer_id, amount, facts.now, hours)
    limit = confirmer.limit(order.currency)
    if counted <= limit:
        return []
    shown = format_minor(limit, order.currency), format_minor(counted, order.currency)
    found = [broken(Rule.APPROVAL_REQUIRED, "amount", limit=shown[0], value=shown[1])]
    if confirmer.id == proposer_id:
        found.append(broken(Rule.SELF_APPROVAL, "confirmed_by", value=confirmer.name))
    return found
