"""Returns that an imported order brings along: requests, goods on their way, returns that are over."""

from __future__ import annotations

from domain.money import share_out
from domain.orders.document import ReturnPart
from domain.orders.model import Claim, Line, Order
from domain.orders.problems import Problems
from domain.orders.value import line_state, units_value
from domain.returns.model import (
    OPEN_RETURN,
    Inspection,
    Return,
    ReturnEvent,
    ReturnLine,
    ReturnStatus,
)
from domain.rules import Rule

CAME_BACK = frozenset({ReturnStatus.RECEIVED, ReturnStatus.CLOSED})


def add_return(order: Order, part: ReturnPart, index: int, problems: Problems) -> None:
    """Put one return into the order; what does not fit is added to `problems`."""
    path = f"returns[{index}]"
    requested_at = part.requested_at or order.placed_at
    ret = Return(
        id=part.id or f"RT{index + 1}",
        initiated_by=part.initiated_by,
        status=part.status,
        lines=_lines(order, part, path, problems),
        reason=part.reason,
        customer_reason=part.customer_reason,
        customer_words=part.customer_words,
        wished_outcome=part.wished_outcome,
        requested_at=requested_at,
        note=part.note,
        return_fee=problems.amount(part.return_fee, f"{path}.return_fee"),
        carrier=part.carrier,
        tracking=part.tracking,
        return_cost=problems.amount(part.return_cost, f"{path}.return_cost"),
        history=[ReturnEvent(at=requested_at, by="import", what=part.status.value)],
    )
    _add_fees(order, ret, problems.amount(part.restocking_fee, f"{path}.restocking_fee"), path, problems)
    _add_inspection(order, ret, part, path, problems)
    order.returns.append(ret)
    _add_claim(order, ret)


def _add_claim(order: Order, ret: Return) -> None:
    """A quality reason is a claim that stays, unless the return has run its course with receipt and inspection."""
    if ret.reason is None or not ret.reason.is_quality or ret.status is ReturnStatus.CLOSED:
        return
    by_customer = ret.initiated_by == "customer"
    order.claims.append(
        Claim(
            reason=ret.reason,
            lines=[entry.line for entry in ret.lines],
            source="customer" if by_customer else "staff",
            quote=ret.customer_words,
            made_by=order.customer.name if by_customer else "import",
            made_at=ret.requested_at or order.placed_at,
        )
    )


def _lines(order: Order, part: ReturnPart, path: str, problems: Problems) -> list[ReturnLine]:
    found: list[ReturnLine] = []
    for j, entry in enumerate(part.lines):
        line, left = _room_for(order, entry.sku, entry.quantity, part, found)
        if entry.quantity > left:
            code = (
                Rule.ALREADY_IN_RETURN
                if left < line.quantity - line_state(order, line).refunded
                else Rule.QUANTITY_EXCEEDS_REFUNDABLE
            )
            problems.add(code, f"{path}.lines[{j}].quantity", limit=max(0, left), value=entry.quantity)
        found.append(ReturnLine(line=line.id, quantity=entry.quantity))
    return found


def _room_for(
    order: Order, sku: str, quantity: int, part: ReturnPart, taken: list[ReturnLine]
) -> tuple[Line, int]:
    """The first line of that SKU with room, else the first of that SKU, and the units that are left on it."""
    rooms: list[tuple[Line, int]] = []
    for line in order.lines:
        if line.sku == sku:
            used = sum(entry.quantity for entry in taken if entry.line == line.id)
            rooms.append((line, _left(order, line, part) - used))
    return next((room for room in rooms if room[1] >= quantity), rooms[0])


def _left(order: Order, line: Line, part: ReturnPart) -> int:
    """Units a return may hold: an open one only what is neither refunded nor in another open return."""
    if part.status not in OPEN_RETURN:
        return line.quantity
    own = sum(
        entry.quantity
        for refund in order.refunds
        if refund.counts and part.id is not None and refund.settles_return == part.id
        for entry in refund.lines
        if entry.line == line.id
    )
    return line_state(order, line).refundable_quantity + own


def _add_fees(order: Order, ret: Return, restocking: int, path: str, problems: Problems) -> None:
    """The restocking fee, shared over the lines by their value; all fees within that value."""
    values = [units_value(order.line(entry.line), 0, entry.quantity) for entry in ret.lines]
    for entry, share in zip(ret.lines, share_out(restocking, values), strict=True):
        entry.restocking_fee = share
    if ret.return_fee + restocking > sum(values):
        problems.add(
            Rule.FEES_EXCEED_REFUNDABLE,
            f"{path}.return_fee",
            limit=problems.shown(sum(values)),
            value=problems.shown(ret.return_fee + restocking),
        )


def _add_inspection(order: Order, ret: Return, part: ReturnPart, path: str, problems: Problems) -> None:
    """What came back: as given, where nothing is given all of it in good state; unnamed units are missing."""
    if ret.status not in CAME_BACK:
        if part.inspection:
            problems.add(
                Rule.FIELD_INVALID,
                f"{path}.inspection",
                limit="a received or closed return",
                value=ret.status,
            )
        return
    if not part.inspection:
        for entry in ret.lines:
            entry.inspection = Inspection(good=entry.quantity)
        return
    for entry in ret.lines:
        entry.inspection = Inspection(missing=entry.quantity)
    for j, seen in enumerate(part.inspection):
        units = seen.good + seen.damaged + seen.missing
        fit = [e for e in ret.lines if order.line(e.line).sku == seen.sku]
        chosen = next((e for e in fit if units <= e.quantity and _untouched(e)), None)
        if chosen is None:
            limit = sum(e.quantity for e in fit)
            problems.add(Rule.RECEIVED_EXCEEDS_APPROVED, f"{path}.inspection[{j}]", limit=limit, value=units)
            continue
        missing = chosen.quantity - seen.good - seen.damaged
        chosen.inspection = Inspection(good=seen.good, damaged=seen.damaged, missing=missing)


def _untouched(entry: ReturnLine) -> bool:
    return entry.inspection is not None and entry.inspection.received == 0
