"""From an order document to an order with its books: lines, payments, discounts and tax shared out.

Pure: facts in, an :class:`Intake` out, or every problem at once. History (refunds, returns, supplier
reviews) is read by :mod:`domain.orders.history`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.balances.model import Posting
from domain.balances.postings import refund_postings
from domain.balances.settlement import charge_posting, payment_settlement, settles_at
from domain.money import UnknownCurrency, exponent, share_out
from domain.orders.document import LinePart, OrderDocument, PaymentPart
from domain.orders.history import add_history, check_fields
from domain.orders.model import Customer, Line, LogEntry, Order, Payment
from domain.orders.problems import Problems
from domain.rules import Refused, Rule, broken
from domain.settings import Merchant


class SettlementDue(NamedTuple):
    """A settlement that has to exist for a payment of the order."""

    id: str
    currency: str
    settles_at: datetime


@dataclass(frozen=True, slots=True)
class Intake:
    """An order ready to be stored, with the rows its history posts at their own dates."""

    order: Order
    postings: list[Posting] = field(default_factory=list)
    settlements: list[SettlementDue] = field(default_factory=list)


def to_order(document: OrderDocument, merchant: Merchant, *, order_id: str, now: datetime) -> Intake:
    """The order a document describes. Raises Refused with every problem, each with its field's path."""
    problems = Problems(_known_currency(document.currency))
    _check_head(document, now, problems)
    order = Order(
        id=order_id,
        merchant_id=merchant.id,
        number=document.number,
        customer=Customer(**document.customer.model_dump()),
        currency=document.currency,
        placed_at=document.placed_at,
        lines=[_line(part, i, problems) for i, part in enumerate(document.lines)],
        shipping=problems.amount(document.shipping, "shipping"),
        order_discount=problems.amount(document.order_discount, "order_discount"),
        payments=payments_of(document, merchant, order_id, problems),
        refunds_blocked=document.refunds_blocked,
        address=document.address,
        note=document.note,
    )
    _share_discount_and_tax(order, problems.amount(document.tax, "tax"), problems)
    order.communication_log = [
        LogEntry(channel=e.channel, direction=e.direction, text=e.text, at=e.at or order.placed_at, by=e.by)
        for e in document.communication_log
    ]
    check_fields(document, problems)
    problems.refuse()
    recoveries = add_history(order, document, problems)
    problems.refuse()
    return books_of(order, recoveries)


def _check_head(document: OrderDocument, now: datetime, problems: Problems) -> None:
    if document.placed_at > now + timedelta(days=1):
        shown = document.placed_at.isoformat()
        problems.add(Rule.FIELD_INVALID, "placed_at", limit="not in the future", value=shown)
    if not document.number.strip("# "):
        problems.add(Rule.FIELD_INVALID, "number", limit="a number", value=document.number)


def _known_currency(currency: str) -> str:
    try:
        exponent(currency)
    except UnknownCurrency:
        raise Refused(
            broken(Rule.FIELD_INVALID, "currency", limit="an ISO 4217 currency", value=currency)
        ) from None
    return currency


def _line(part: LinePart, index: int, problems: Problems) -> Line:
    path = f"lines[{index}]"
    line = Line(
        id=f"L{index + 1}",
        unit_price=problems.amount(part.unit_price, f"{path}.unit_price"),
        discount=problems.amount(part.discount, f"{path}.discount"),
        tax=problems.amount(part.tax, f"{path}.tax"),
        supplier_cost=problems.amount(part.supplier_cost, f"{path}.supplier_cost"),
        **part.model_dump(exclude={"unit_price", "discount", "tax", "supplier_cost"}),
    )
    problems.check_size(line.unit_price * line.quantity, f"{path}.unit_price")
    if line.discount > line.unit_price * line.quantity:
        most = problems.shown(line.unit_price * line.quantity)
        problems.add(
            Rule.AMOUNT_EXCEEDS_LINE, f"{path}.discount", limit=most, value=problems.shown(line.discount)
        )
    return line


def payments_of(
    document: OrderDocument, merchant: Merchant, order_id: str, problems: Problems
) -> list[Payment]:
    """The payments of a document, in its order, ids `P1`, `P2` …; what does not fit is added to `problems`."""
    return [
        _payment(part, f"payments[{i}]", f"P{i + 1}", (document, merchant, order_id), problems)
        for i, part in enumerate(document.payments)
    ]


def _payment(
    part: PaymentPart,
    path: str,
    payment_id: str,
    of: tuple[OrderDocument, Merchant, str],
    problems: Problems,
) -> Payment:
    document, merchant, order_id = of
    captured = problems.amount(part.captured, f"{path}.captured")
    captured_at = part.captured_at or document.placed_at
    authorised = part.authorised
    return Payment(
        id=payment_id,
        provider=part.provider,
        provider_ref=part.provider_ref or f"{order_id}:{payment_id}",
        method=part.method,
        authorised=captured if authorised is None else problems.amount(authorised, f"{path}.authorised"),
        captured=captured,
        captured_at=captured_at,
        settles_at=part.settles_at or settles_at(captured_at, merchant.settings.settlement_days),
        dispute=part.dispute,
        voided=part.voided,
    )


def _share_discount_and_tax(order: Order, tax: int, problems: Problems) -> None:
    """Order discount and order tax, by largest remainder: weights price × quantity − line discount."""
    weights = [line.unit_price * line.quantity - line.discount for line in order.lines]
    if any(weight < 0 for weight in weights):
        return
    if order.order_discount > sum(weights):
        problems.add(
            Rule.AMOUNT_EXCEEDS_LINE,
            "order_discount",
            limit=problems.shown(sum(weights)),
            value=problems.shown(order.order_discount),
        )
        return
    discounts, taxes = share_out(order.order_discount, weights), share_out(tax, weights)
    for line, discount, part in zip(order.lines, discounts, taxes, strict=True):
        line.order_discount = discount
        line.tax += part


def books_of(order: Order, further: list[Posting] | None = None) -> Intake:
    """The order with the rows its payments and refunds post, and the settlements those belong to."""
    charged = [payment for payment in order.payments if payment.captured > 0 and not payment.voided]
    postings = [charge_posting(order, payment) for payment in charged]
    for refund in order.refunds:
        if refund.counts:
            postings += refund_postings(order, refund, refund.created_at)
    due = {payment_settlement(order, payment): payment.settles_at for payment in charged}
    settlements = [SettlementDue(key, order.currency, at) for key, at in due.items()]
    return Intake(order, [*postings, *(further or [])], settlements)
