"""Which units of an order can be returned, and why others cannot. Order page, sections 3 and 4."""

from __future__ import annotations

from dataclasses import dataclass

from domain.orders.model import FULFILLED, Fulfilment, Line, Order, Source
from domain.orders.value import line_state
from domain.returns.model import ReturnStatus
from domain.returns.worth import settled_units
from domain.rules import Rule, Violation, broken


@dataclass(frozen=True, slots=True)
class UnitsToReturn:
    """`held`: fulfilled, not refunded, not brought back. `free`: of these, in no other open return."""

    held: int
    free: int


def units_to_return(order: Order, line: Line, *, without_return: str | None = None) -> UnitsToReturn:
    """Count them; `without_return` leaves one return's own claim on units aside."""
    if line.fulfilment not in FULFILLED:
        return UnitsToReturn(0, 0)
    state = line_state(order, line, without_return=without_return)
    held = max(0, line.quantity - state.refunded - _kept_by_shop(order, line))
    return UnitsToReturn(held, max(0, held - state.in_open_returns))


def _kept_by_shop(order: Order, line: Line) -> int:
    """Units that came back with a return that closed without refunding them: they cannot come back twice."""
    kept = 0
    for ret in order.returns:
        if ret.status is not ReturnStatus.CLOSED:
            continue
        received = sum(e.inspection.received for e in ret.lines if e.line == line.id and e.inspection)
        kept += max(0, received - settled_units(order, ret).get(line.id, 0))
    return kept


def why_not_returnable(order: Order, line: Line) -> str | None:
    """Why no unit of the line can come back at all, in words, or None."""
    if line.source is Source.DIGITAL:
        return "digital goods do not come back"
    if line.final_sale:
        return "it was a final sale"
    if line.fulfilment is Fulfilment.CANCELLED:
        return "it was cancelled"
    if line.fulfilment not in FULFILLED:
        return "it has not been shipped"
    if units_to_return(order, line).held <= 0:
        return "every unit was refunded or returned already"
    return None


def unit_violation(
    order: Order, line: Line, quantity: int, *, without_return: str | None = None
) -> Violation | None:
    """Why these units cannot go into a return: not returnable, too many, or in another return."""
    if (why := why_not_returnable(order, line)) is not None:
        return broken(Rule.NOT_RETURNABLE, "line", limit=why, value=line.title)
    units = units_to_return(order, line, without_return=without_return)
    if quantity > units.held:
        return broken(Rule.QUANTITY_EXCEEDS_REFUNDABLE, "quantity", limit=units.free, value=quantity)
    if quantity > units.free:
        return broken(Rule.ALREADY_IN_RETURN, "quantity", limit=units.free, value=quantity)
    return None
