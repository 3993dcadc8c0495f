"""What a credit-note line asks the desk for, or why it cannot be asked."""

from __future__ import annotations

from domain.orders.model import Order
from domain.reasons import RefundReason
from domain.refunds.model import RefundLineRequest, RefundRequest
from domain.rules import Refused, Rule, Violation, broken
from integrations.intake.credit_notes import CreditLine, Outcome
from integrations.intake.sales import CURRENCY, pence


def refund_of(order: Order, line: CreditLine) -> RefundRequest:
    """The refund a matched line asks for. Raises Refused where the order holds no such line."""
    minor = pence(line.price)
    if minor is None:
        limit = f"{CURRENCY} has 2 decimals"
        raise Refused(broken(Rule.AMOUNT_PRECISION, "amount", limit=limit, value=line.price))
    for sold in order.lines:
        if sold.sku == line.code and sold.unit_price == minor:
            units = RefundLineRequest(line=sold.id, quantity=line.quantity)
            return RefundRequest(lines=[units], currency=CURRENCY, reason=RefundReason.CHANGED_MIND)
    raise Refused(broken(Rule.LINE_NOT_FOUND, "line", value=line.code))


def no_purchase(line: CreditLine) -> Violation:
    """Why a line that was matched to nothing is refused."""
    if line.outcome is Outcome.NO_CUSTOMER:
        return broken(Rule.ORDER_NOT_FOUND, "customer", value="for a credit note without a customer")
    value = f"of customer {line.customer} with {line.quantity} × {line.code} at {line.price}"
    return broken(Rule.ORDER_NOT_FOUND, "order", value=value)
