"""What units are worth and how many are left: pure arithmetic over an order, exact to the minor unit.

Discounts and tax are shared over a line's units by largest remainder, ties to the earlier unit, so that units
refunded one by one add up to what was paid. Units are taken in order: the next one to be refunded is the one after
those refunded already. See the order page, section 4, rules 3 to 5.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.orders.model import FULFILLED, Fulfilment, Line, Order, Payment, PaymentStatus
from domain.refunds.model import RefundStatus


def _prefix(total: int, units: int, first: int) -> int:
    """What the first `first` of `units` equal units hold of `total`, largest remainder first."""
    if units == 0:
        return 0
    each, extra = divmod(total, units)
    return each * first + min(first, extra)


def _tax_prefix(line: Line, units: int) -> int:
    return _prefix(line.tax, line.quantity, units)


def _paid_prefix(line: Line, units: int) -> int:
    price = line.unit_price * units
    discount = _prefix(line.discount, line.quantity, units)
    shared = _prefix(line.order_discount, line.quantity, units)
    return price - discount - shared + _tax_prefix(line, units)


def line_cost(line: Line) -> int:
    """What the whole line cost the customer: after discounts, tax included."""
    return _paid_prefix(line, line.quantity)


def units_value(line: Line, start: int, quantity: int) -> int:
    """What `quantity` units from unit `start` (counted from 0) cost, tax included."""
    stop = min(start + quantity, line.quantity)
    return _paid_prefix(line, stop) - _paid_prefix(line, min(start, stop))


def units_tax(line: Line, start: int, quantity: int) -> int:
    """The tax in those units."""
    stop = min(start + quantity, line.quantity)
    return _tax_prefix(line, stop) - _tax_prefix(line, min(start, stop))


@dataclass(frozen=True, slots=True)
class LineState:
    """Counts and amounts of one line at this moment."""

    purchased: int
    fulfilled: int
    refunded: int
    in_open_returns: int
    returned: int
    cancelled: int
    cost: int
    refunded_amount: int
    open_return_value: int
    tax_left: int

    @property
    def refundable_quantity(self) -> int:
        """Units that a direct refund can still take."""
        return max(0, self.purchased - self.refunded - self.in_open_returns)

    @property
    def refundable_amount(self) -> int:
        """Money that a direct refund can still take from the line."""
        return max(0, self.cost - self.refunded_amount - self.open_return_value)


def line_state(order: Order, line: Line, *, without_return: str | None = None) -> LineState:
    """Where a line stands; `without_return` leaves one return's claim on units aside (the one being settled)."""
    refunded = refunded_amount = refunded_tax = cancelled = 0
    settled: dict[str, int] = {}
    for refund in order.refunds:
        if not refund.counts:
            continue
        for part in refund.lines:
            if part.line == line.id:
                refunded += part.quantity
                refunded_amount += part.amount
                refunded_tax += part.tax
                cancelled += part.cancelled
                if refund.settles_return:
                    settled[refund.settles_return] = settled.get(refund.settles_return, 0) + part.quantity
    open_units = returned = 0
    for ret in order.returns:
        for entry in ret.lines:
            if entry.line != line.id:
                continue
            returned += entry.inspection.received if entry.inspection else 0
            if ret.is_open and ret.id != without_return:
                open_units += max(0, entry.quantity - settled.get(ret.id, 0))
    shipped = line.quantity - cancelled if line.fulfilment in FULFILLED else 0
    return LineState(
        purchased=line.quantity,
        fulfilled=shipped,
        refunded=refunded,
        in_open_returns=open_units,
        returned=returned,
        cancelled=line.quantity if line.fulfilment is Fulfilment.CANCELLED else cancelled,
        cost=line_cost(line),
        refunded_amount=refunded_amount,
        open_return_value=units_value(line, line.quantity - open_units, open_units),
        tax_left=max(0, line.tax - refunded_tax),
    )


def choice_value(order: Order, line: Line, quantity: int, *, without_return: str | None = None) -> int:
    """What `quantity` more units of the line can give back; with 0 units, what money is left on the line."""
    state = line_state(order, line, without_return=without_return)
    if quantity == 0:
        return state.refundable_amount
    return min(units_value(line, state.refunded, quantity), state.refundable_amount)


def order_total(order: Order) -> int:
    """Lines after discounts with tax, and shipping."""
    return sum(line_cost(line) for line in order.lines) + order.shipping


def captured(order: Order) -> int:
    """What was really taken from the customer; the limit of all refunds."""
    return sum(payment.captured for payment in order.payments if not payment.voided)


def refunded_total(order: Order) -> int:
    """Refunds that are succeeded, pending or unknown."""
    return sum(refund.amount for refund in order.refunds if refund.counts)


def remaining(order: Order) -> int:
    """Captured money that was not given back."""
    return captured(order) - refunded_total(order)


def open_return_value(order: Order, *, without_return: str | None = None) -> int:
    """Money that units in open returns lay claim to."""
    return sum(
        line_state(order, line, without_return=without_return).open_return_value for line in order.lines
    )


def shipping_left(order: Order) -> int:
    """Shipping not given back yet."""
    return order.shipping - sum(refund.shipping for refund in order.refunds if refund.counts)


def payment_rest(order: Order, payment: Payment) -> int:
    """What is left of one payment's captured amount."""
    if payment.voided:
        return 0
    used = sum(
        part.amount
        for refund in order.refunds
        if refund.counts
        for part in refund.allocations
        if part.payment == payment.id and part.status is not RefundStatus.FAILED
    )
    return payment.captured - used


def open_rest(order: Order) -> int:
    """What payments without an open or lost dispute can still give back."""
    return sum(payment_rest(order, payment) for payment in order.payments if not payment.is_blocked)


def refundable_now(order: Order) -> int:
    """What a direct refund could give back at most, all rules on amounts taken together."""
    return max(0, min(open_rest(order), remaining(order) - open_return_value(order)))


def payment_status(order: Order) -> PaymentStatus:
    """The order's payment status, derived."""
    taken, given = captured(order), refunded_total(order)
    if taken == 0:
        if order.payments and all(payment.voided for payment in order.payments):
            return PaymentStatus.VOIDED
        if any(payment.authorised > 0 for payment in order.payments):
            return PaymentStatus.AUTHORISED
        return PaymentStatus.UNPAID
    if given == 0:
        return PaymentStatus.PAID
    return PaymentStatus.REFUNDED if given >= taken else PaymentStatus.PARTIALLY_REFUNDED


def is_disputed(order: Order) -> bool:
    """Whether any payment has an open or lost dispute."""
    return any(payment.is_blocked for payment in order.payments)
