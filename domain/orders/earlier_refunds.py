"""Refunds that an imported order brings along: their lines, tax, payments and funding as of their date."""

from __future__ import annotations

from datetime import datetime

from domain.balances.model import Account
from domain.orders.document import RefundPart
from domain.orders.model import FULFILLED, Line, Order
from domain.orders.problems import Problems
from domain.orders.value import choice_value, line_state, payment_rest, remaining, shipping_left
from domain.refunds.model import Allocation, Funding, Refund, RefundLine, RefundStatus
from domain.refunds.split import (
    payment_order,
    share_amount,
    tax_of_line_part,
    tax_of_order_part,
    unsettled_rest,
)
from domain.rules import Rule


def add_refund(order: Order, part: RefundPart, index: int, problems: Problems) -> None:
    """Put one refund into the order; what does not fit is added to `problems`."""
    path = f"refunds[{index}]"
    asked = problems.amount(part.amount, f"{path}.amount")
    refund = Refund(
        id=f"{order.id}-{part.id or f'R{index + 1}'}",
        amount=asked,
        shipping=problems.amount(part.shipping or "0", f"{path}.shipping"),
        reason=part.reason,
        note=part.note,
        settles_return=part.settles_return,
        status=part.status,
        created_at=part.created_at or _last_capture(order),
    )
    refund.decided_at = refund.created_at if part.status is not RefundStatus.PENDING else None
    if asked == 0:
        problems.add(Rule.AMOUNT_NOT_POSITIVE, f"{path}.amount", limit=0, value=part.amount)
    if part.status is RefundStatus.FAILED:
        refund.lines = _lines(order, part, path, Problems(order.currency))
        order.refunds.append(refund)
        return
    refund.lines = _lines(order, part, path, problems)
    _fit_amounts(order, refund, part, path, problems)
    _add_tax(order, refund)
    if asked > remaining(order):
        left = problems.shown(max(0, remaining(order)))
        problems.add(Rule.REFUND_EXCEEDS_REMAINING, f"{path}.amount", limit=left, value=problems.shown(asked))
        return
    refund.allocations = _allocate(order, asked, part.status)
    refund.funding = _fund(order, asked, refund.created_at)
    order.refunds.append(refund)


def _last_capture(order: Order) -> datetime:
    return max((payment.captured_at for payment in order.payments), default=order.placed_at)


def _lines(order: Order, part: RefundPart, path: str, problems: Problems) -> list[RefundLine]:
    """The lines given back: units as named, amounts as given, else what these units can give back."""
    found: list[RefundLine] = []
    for j, entry in enumerate(part.lines):
        settles = part.settles_return
        line = _room_for(order, entry.sku, entry.quantity, found, settles)
        left = line_state(order, line, without_return=settles).refundable_quantity - sum(
            other.quantity for other in found if other.line == line.id
        )
        if entry.quantity > left:
            field = f"{path}.lines[{j}].quantity"
            problems.add(Rule.QUANTITY_EXCEEDS_REFUNDABLE, field, limit=max(0, left), value=entry.quantity)
            continue
        most = choice_value(order, line, entry.quantity, without_return=settles)
        field = f"{path}.lines[{j}].amount"
        amount = most if entry.amount is None else problems.amount(entry.amount, field)
        if amount > most:
            problems.add(
                Rule.AMOUNT_EXCEEDS_LINE, field, limit=problems.shown(most), value=problems.shown(amount)
            )
        cancelled = 0 if line.fulfilment in FULFILLED else entry.quantity
        found.append(RefundLine(line=line.id, quantity=entry.quantity, amount=amount, cancelled=cancelled))
    return found


def _room_for(order: Order, sku: str, quantity: int, taken: list[RefundLine], settles: str | None) -> Line:
    used = {line.id: sum(p.quantity for p in taken if p.line == line.id) for line in order.lines}

    def fits(line: Line) -> bool:
        state = line_state(order, line, without_return=settles)
        if quantity == 0:
            return state.refundable_amount > 0
        return state.refundable_quantity - used[line.id] >= quantity

    lines = [line for line in order.lines if line.sku == sku]
    return next((line for line in lines if fits(line)), lines[0])


def _fit_amounts(order: Order, refund: Refund, part: RefundPart, path: str, problems: Problems) -> None:
    """Make lines and shipping add up to the refund: less is a partial refund, the rest may be shipping."""
    if not refund.lines or len(refund.lines) < len(part.lines):
        return
    total = sum(entry.amount for entry in refund.lines)
    if refund.shipping + total > refund.amount and all(entry.amount is None for entry in part.lines):
        shares = share_amount(max(0, refund.amount - refund.shipping), [e.amount for e in refund.lines])
        for entry, share in zip(refund.lines, shares, strict=True):
            entry.amount = share
        total = sum(shares)
    rest = refund.amount - refund.shipping - total
    if part.shipping is None and 0 < rest <= shipping_left(order):
        refund.shipping, rest = rest, 0
    if refund.shipping > shipping_left(order):
        left, value = problems.shown(max(0, shipping_left(order))), problems.shown(refund.shipping)
        problems.add(Rule.SHIPPING_EXCEEDS_REMAINING, f"{path}.shipping", limit=left, value=value)
    elif rest != 0:
        most = problems.shown(refund.shipping + total)
        problems.add(
            Rule.AMOUNT_EXCEEDS_LINE, f"{path}.amount", limit=most, value=problems.shown(refund.amount)
        )


def _add_tax(order: Order, refund: Refund) -> None:
    for entry in refund.lines:
        entry.tax = tax_of_line_part(order, order.line(entry.line), entry.quantity, entry.amount)
    loose = 0 if refund.lines else refund.amount - refund.shipping
    refund.tax = sum(entry.tax for entry in refund.lines) + (
        tax_of_order_part(order, loose) if loose > 0 else 0
    )


def _allocate(order: Order, amount: int, status: RefundStatus) -> list[Allocation]:
    """Over the payments, oldest first, each up to its own rest; what is disputed now may have paid then."""
    parts: list[Allocation] = []
    for payment in payment_order(order, None):
        part = min(amount, payment_rest(order, payment))
        if part > 0:
            parts.append(Allocation(payment=payment.id, method=payment.method, amount=part, status=status))
            amount -= part
    return parts


def _fund(order: Order, amount: int, at: datetime) -> list[Funding]:
    """As it was then: the sale's own unsettled money first, the rest from `available`."""
    parts: list[Funding] = []
    for payment in order.payments:
        part = min(amount, unsettled_rest(order, payment, at))
        if part > 0 and not payment.voided:
            parts.append(Funding(account=Account.PENDING_SETTLEMENT, amount=part, payment=payment.id))
            amount -= part
    if amount > 0:
        parts.append(Funding(account=Account.AVAILABLE, amount=amount))
    return parts
