"""What a return is worth: received units, their value, and the fees that are due."""

from __future__ import annotations

from dataclasses import dataclass

from domain.money import format_minor
from domain.orders.model import Order
from domain.orders.value import choice_value
from domain.returns.model import Return, ReturnStatus


@dataclass(frozen=True, slots=True)
class FeesDue:
    """Fees as they are taken: cut to the value of what came back where they were agreed for more."""

    return_fee: int
    restocking_fee: int
    cut_by: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.return_fee + self.restocking_fee

    def warnings(self, currency: str) -> list[str]:
        """What the preview says about a cut."""
        if not self.cut_by:
            return []
        return [f"Fees were cut by {format_minor(self.cut_by, currency)} {currency} to what came back."]


def settled_units(order: Order, ret: Return) -> dict[str, int]:
    """Units of a return that refunds have settled already, by line."""
    settled: dict[str, int] = {}
    for refund in order.refunds:
        if refund.counts and refund.settles_return == ret.id:
            for part in refund.lines:
                settled[part.line] = settled.get(part.line, 0) + part.quantity
    return settled


def received_units(order: Order, ret: Return, *, before_receipt: bool) -> dict[str, int] | None:
    """Units a refund of this return takes, by line; None while it cannot be refunded."""
    done = settled_units(order, ret)
    if ret.status is ReturnStatus.RECEIVED:
        counts = {e.line: e.inspection.received if e.inspection else 0 for e in ret.lines}
    elif before_receipt and ret.status in (ReturnStatus.APPROVED, ReturnStatus.IN_TRANSIT):
        counts = {entry.line: entry.quantity for entry in ret.lines}
    else:
        return None
    left = {line: count - done.get(line, 0) for line, count in counts.items()}
    return {line: count for line, count in left.items() if count > 0}


def received_value(order: Order, ret: Return, units: dict[str, int]) -> dict[str, int]:
    """What those units can give back, by line."""
    return {
        line_id: choice_value(order, order.line(line_id), quantity, without_return=ret.id)
        for line_id, quantity in units.items()
    }


def fees_due(order: Order, ret: Return, value: int) -> FeesDue:
    """The agreed fees, cut to the value of the received units; none where a refund has kept them already."""
    if settled_units(order, ret):
        return FeesDue(0, 0)
    restocking = sum(entry.restocking_fee for entry in ret.lines)
    agreed = ret.return_fee + restocking
    if agreed <= value:
        return FeesDue(ret.return_fee, restocking)
    taken_return = min(ret.return_fee, value)
    return FeesDue(taken_return, value - taken_return, agreed - value)
