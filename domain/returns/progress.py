"""The rules for a return on its way: edit, receive, cancel, close. Facts in, a plan or every broken rule out."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.identity import Role, role_violation
from domain.orders.model import Order
from domain.proposals.kinds import Facts
from domain.returns.availability import needs_reason_to_close, why_no_cancel, why_no_close, why_not_on_its_way
from domain.returns.lifecycle import is_done
from domain.returns.logistics import cost_violation, logistics_violations
from domain.returns.model import Inspection, Return, ReturnStatus
from domain.returns.payloads import CancelReturn, CloseReturn, EditReturn, InspectedLine, ReceiveReturn
from domain.returns.policy import find_return
from domain.returns.worth import FeesDue, fees_due, received_units, received_value
from domain.rules import Rule, Violation, broken


@dataclass(frozen=True, slots=True)
class EditPlan:
    """The logistics as they will be."""

    carrier: str
    tracking: str


@dataclass(frozen=True, slots=True)
class ReceivePlan:
    """What came back, by line id, and what it is worth."""

    inspection: dict[str, Inspection]
    units: dict[str, int]
    values: dict[str, int]
    fees: FeesDue
    closes: bool
    """Nothing is left to refund and no unit is awaited: it closes by itself."""
    awaited: dict[str, int] = field(default_factory=dict)

    @property
    def value(self) -> int:
        """What the received units can give back, before fees."""
        return sum(self.values.values())


@dataclass(frozen=True, slots=True)
class EndPlan:
    """The end of a return: cancelled, or closed (with a reason where it is not done)."""

    reason: str = ""


def _start(facts: Facts, return_id: str) -> tuple[Return | None, list[Violation]]:
    if (refused := role_violation(facts.proposer, Role.AGENT)) is not None:
        return None, [refused]
    return find_return(facts.order, return_id)


def plan_edit(facts: Facts, payload: EditReturn) -> tuple[EditPlan | None, list[Violation]]:
    """Carrier, number, label, documented cost, and that it is on its way."""
    ret, found = _start(facts, payload.return_id)
    if ret is None:
        return None, found
    if (no := why_not_on_its_way(ret)) is not None:
        return None, [no]
    carrier = ret.carrier if payload.carrier is None else payload.carrier.strip()
    tracking = ret.tracking if payload.tracking is None else payload.tracking.strip()
    found = logistics_violations(carrier, tracking, payload.label, facts.settings, required=False)
    cost = cost_violation(payload.return_cost, facts.order.currency)
    found += [cost] if cost else []
    given = (payload.carrier, payload.tracking, payload.label, payload.return_cost)
    if all(value is None for value in given) and not payload.in_transit and not payload.note.strip():
        found.append(broken(Rule.FIELD_INVALID, "return", limit="say what is to be changed", value="nothing"))
    return (None, found) if found else (EditPlan(carrier, tracking), [])


def plan_receive(facts: Facts, payload: ReceiveReturn) -> tuple[ReceivePlan | None, list[Violation]]:
    """0 ≤ received and missing ≤ approved, line by line."""
    ret, found = _start(facts, payload.return_id)
    if ret is None:
        return None, found
    if (no := why_not_on_its_way(ret)) is not None:
        return None, [no]
    seen, found = _inspected(ret, payload)
    cost = cost_violation(payload.return_cost, facts.order.currency)
    found += [cost] if cost else []
    if not found and not any(entry.received + entry.missing for entry in seen.values()):
        limit = "say how many came back good, damaged or missing"
        found.append(broken(Rule.FIELD_INVALID, "inspection", limit=limit, value="nothing"))
    return (None, found) if found else (_receipt(facts.order, ret, seen), [])


def _inspected(ret: Return, payload: ReceiveReturn) -> tuple[dict[str, Inspection], list[Violation]]:
    """The inspection of each line of the return, and what does not fit it."""
    approved = {entry.line: entry.quantity for entry in ret.lines}
    named = _added_up(payload.inspection)
    seen: dict[str, Inspection] = {}
    found = [broken(Rule.LINE_NOT_FOUND, "inspection", value=line) for line in named if line not in approved]
    for line, quantity in approved.items():
        entry = named.get(line, Inspection(good=quantity if payload.all_good else 0, damaged=0, missing=0))
        if entry.received + entry.missing > quantity:
            value = entry.received + entry.missing
            found.append(broken(Rule.RECEIVED_EXCEEDS_APPROVED, "inspection", limit=quantity, value=value))
        seen[line] = entry
    return seen, found


def _added_up(entries: list[InspectedLine]) -> dict[str, Inspection]:
    total: dict[str, Inspection] = {}
    for entry in entries:
        sum_so_far = total.setdefault(entry.line, Inspection(good=0, damaged=0, missing=0))
        sum_so_far.good += entry.good
        sum_so_far.damaged += entry.damaged
        sum_so_far.missing += entry.missing
    return total


def _receipt(order: Order, ret: Return, seen: dict[str, Inspection]) -> ReceivePlan:
    """What the return will be worth once this is written down."""
    after = ret.model_copy(deep=True)
    after.status = ReturnStatus.RECEIVED
    for entry in after.lines:
        entry.inspection = seen[entry.line]
    units = received_units(order, after, before_receipt=False) or {}
    values = received_value(order, after, units)
    awaited = {
        entry.line: entry.quantity - seen[entry.line].received - seen[entry.line].missing
        for entry in ret.lines
    }
    return ReceivePlan(
        inspection=seen,
        units=units,
        values=values,
        fees=fees_due(order, after, sum(values.values())),
        closes=is_done(order, after),
        awaited={line: count for line, count in awaited.items() if count},
    )


def plan_cancel(facts: Facts, payload: CancelReturn) -> tuple[EndPlan | None, list[Violation]]:
    """Nothing received, nothing refunded; its units are free again."""
    ret, found = _start(facts, payload.return_id)
    if ret is None:
        return None, found
    if (no := why_no_cancel(facts.order, ret)) is not None:
        return None, [no]
    return EndPlan(payload.note.strip()), []


def plan_close(facts: Facts, payload: CloseReturn) -> tuple[EndPlan | None, list[Violation]]:
    """Done: by anybody. Not done yet: by a supervisor, with a reason."""
    ret, found = _start(facts, payload.return_id)
    if ret is None:
        return None, found
    if (no := why_no_close(ret)) is not None:
        return None, [no]
    reason = payload.reason.strip()
    if needs_reason_to_close(facts.order, ret):
        refused = role_violation(facts.proposer, Role.SUPERVISOR)
        found += [refused] if refused else []
        found += [] if reason else [broken(Rule.REASON_REQUIRED, "reason")]
    return (None, found) if found else (EndPlan(reason), [])
