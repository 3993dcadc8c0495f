"""The rules for creating, approving and rejecting a return: facts in, a plan or every broken rule out.

Order page, section 4, "Return request" and "Merchant-initiated return".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.identity import Role, role_violation
from domain.orders.model import Order
from domain.orders.value import choice_value
from domain.proposals.kinds import Facts
from domain.reasons import RefundReason, RejectReason
from domain.returns.availability import why_no_create, why_no_decision
from domain.returns.fees import AgreedFees, agreed_fees
from domain.returns.logistics import cost_violation, logistics_violations
from domain.returns.model import Return, ReturnLine
from domain.returns.payloads import ApproveReturn, Communication, CreateReturn, RejectReturn, Terms, Units
from domain.returns.units import unit_violation
from domain.rules import Rule, Violation, broken


@dataclass(frozen=True, slots=True)
class TermsPlan:
    """Exactly what a return would be agreed on."""

    lines: list[ReturnLine]
    reason: RefundReason
    values: dict[str, int] = field(default_factory=dict)
    """What the units can give back, by line id."""
    fees: AgreedFees = field(default_factory=AgreedFees)
    window_override_by: str | None = None

    @property
    def value(self) -> int:
        """Of all units, before fees."""
        return sum(self.values.values())


@dataclass(frozen=True, slots=True)
class RejectPlan:
    """A rejection with what the customer is told."""

    reason: RejectReason
    explanation: str
    communication: Communication | None


def find_return(order: Order, return_id: str) -> tuple[Return | None, list[Violation]]:
    """The return of that id, or why there is none."""
    ret = order.find_return(return_id)
    if ret is None:
        return None, [broken(Rule.RETURN_NOT_FOUND, "return_id", value=return_id)]
    return ret, []


def plan_create(facts: Facts, payload: CreateReturn) -> tuple[TermsPlan | None, list[Violation]]:
    """A merchant-initiated return: a reason, units that can come back, fees and logistics as for an approval."""
    order = facts.order
    if (refused := role_violation(facts.proposer, Role.AGENT)) is not None:
        return None, [refused]
    chosen = merged_units(payload.lines)
    no = why_no_create(order, facts.settings)
    if no is not None and (no.code is Rule.ACTION_UNAVAILABLE or not chosen):
        return None, [no]
    found = (
        [] if chosen else [broken(Rule.FIELD_INVALID, "lines", limit="name at least one unit", value="none")]
    )
    found += _unit_violations(order, chosen, None)
    return _agree(facts, payload, chosen, payload.reason, found)


def plan_approve(facts: Facts, payload: ApproveReturn) -> tuple[TermsPlan | None, list[Violation]]:
    """A customer's request let in, as a whole or in part."""
    order = facts.order
    if (refused := role_violation(facts.proposer, Role.AGENT)) is not None:
        return None, [refused]
    ret, missing = find_return(order, payload.return_id)
    if ret is None:
        return None, missing
    if (no := why_no_decision(ret)) is not None:
        return None, [no]
    asked = {entry.line: entry for entry in ret.lines}
    requested = [Units(line=e.line, quantity=e.quantity, reason=e.reason) for e in ret.lines]
    chosen = merged_units(payload.lines) or requested
    found: list[Violation] = []
    for entry in chosen:
        if entry.line not in asked:
            found.append(broken(Rule.LINE_NOT_FOUND, "line", value=entry.line))
        elif entry.quantity > asked[entry.line].quantity:
            limit = asked[entry.line].quantity
            found.append(
                broken(Rule.QUANTITY_EXCEEDS_REFUNDABLE, "quantity", limit=limit, value=entry.quantity)
            )
    if not found:
        found += _unit_violations(order, chosen, ret.id)
    late = window_violations(facts, ret, override=payload.window_override)
    reason = payload.reason or ret.reason or next((e.reason for e in ret.lines if e.reason), None)
    plan, found = _agree(facts, payload, chosen, reason, found + late, ret)
    return plan, found


def merged_units(units: list[Units]) -> list[Units]:
    """The same line given twice is added up before anything is checked."""
    merged: dict[str, Units] = {}
    for entry in units:
        first = merged.setdefault(entry.line, entry.model_copy(update={"quantity": 0}))
        first.quantity += entry.quantity
        first.reason = first.reason or entry.reason
    return list(merged.values())


def _unit_violations(order: Order, chosen: list[Units], without_return: str | None) -> list[Violation]:
    known = {line.id: line for line in order.lines}
    found: list[Violation] = []
    for entry in chosen:
        line = known.get(entry.line)
        if line is None:
            found.append(broken(Rule.LINE_NOT_FOUND, "line", value=entry.line))
        elif (no := unit_violation(order, line, entry.quantity, without_return=without_return)) is not None:
            found.append(no)
    return found


def days_after_order(facts: Facts, ret: Return) -> int:
    """Whole days from the order to the request; to now where the request has no date."""
    return ((ret.requested_at or facts.now) - facts.order.placed_at).days


def window_violations(facts: Facts, ret: Return, *, override: bool) -> list[Violation]:
    """The return window binds customers; a supervisor may override it."""
    days, window = days_after_order(facts, ret), facts.settings.return_window_days
    if days <= window:
        return []
    refused = role_violation(facts.proposer, Role.SUPERVISOR)
    if override and refused is None:
        return []
    closed = broken(Rule.WINDOW_CLOSED, "window_override", limit=window, value=days)
    return [closed, refused] if override and refused else [closed]


def _agree(
    facts: Facts,
    payload: Terms,
    chosen: list[Units],
    reason: RefundReason | None,
    found: list[Violation],
    ret: Return | None = None,
) -> tuple[TermsPlan | None, list[Violation]]:
    """Reason, fees and logistics on top of what the units already broke."""
    order, settings = facts.order, facts.settings
    if reason is None:
        found = [*found, broken(Rule.RETURN_REASON_REQUIRED, "reason")]
    values = {
        entry.line: choice_value(
            order, order.line(entry.line), entry.quantity, without_return=ret.id if ret else None
        )
        for entry in chosen
        if any(line.id == entry.line for line in order.lines)
    }
    fees, wrong = agreed_fees(values, payload.return_fee, payload.restocking_fee, order.currency)
    late = ret is not None and days_after_order(facts, ret) > settings.return_window_days
    found = found + wrong
    found += logistics_violations(
        payload.carrier, payload.tracking, payload.label, settings, required=settings.logistics_at_approval
    )
    cost = cost_violation(payload.return_cost, order.currency)
    found += [cost] if cost else []
    if found or reason is None:
        return None, found
    lines = [
        ReturnLine(
            line=entry.line,
            quantity=entry.quantity,
            reason=entry.reason,
            restocking_fee=fees.restocking[entry.line],
        )
        for entry in chosen
    ]
    return TermsPlan(lines, reason, values, fees, facts.proposer.id if late else None), []


def plan_reject(facts: Facts, payload: RejectReturn) -> tuple[RejectPlan | None, list[Violation]]:
    """A request turned down: a reason code, words for the customer, and a record that they were said."""
    if (refused := role_violation(facts.proposer, Role.AGENT)) is not None:
        return None, [refused]
    ret, missing = find_return(facts.order, payload.return_id)
    if ret is None:
        return None, missing
    if (no := why_no_decision(ret)) is not None:
        return None, [no]
    found: list[Violation] = []
    if payload.reason is None:
        found.append(broken(Rule.REASON_REQUIRED, "reason"))
    if not payload.explanation.strip():
        found.append(broken(Rule.EXPLANATION_REQUIRED, "explanation"))
    said = payload.communication
    if said is not None and not (said.text.strip() and said.channel.strip()):
        found.append(broken(Rule.COMMUNICATION_REQUIRED, "communication"))
    if said is None and not any(entry.direction == "out" for entry in facts.order.communication_log):
        found.append(broken(Rule.COMMUNICATION_REQUIRED, "communication"))
    if found or payload.reason is None:
        return None, found
    return RejectPlan(payload.reason, payload.explanation.strip(), said), []
