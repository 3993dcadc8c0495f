"""What a refund is decided on, and what comes out: facts, plan, and lines added up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.balances.model import Balances
from domain.identity import Staff
from domain.money import format_minor
from domain.orders.model import Order
from domain.orders.value import remaining
from domain.refunds.model import Allocation, Funding, RefundLine, RefundLineRequest, RefundRequest
from domain.rules import Rule, Violation, broken
from domain.settings import MerchantSettings


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """Everything a refund is decided on."""

    order: Order
    settings: MerchantSettings
    proposer: Staff
    balances: Balances
    now: datetime


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """Exactly what a refund would do."""

    lines: list[RefundLine]
    shipping: int
    tax: int
    amount: int
    allocations: list[Allocation]
    funding: list[Funding]
    fees: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def merged_lines(request: RefundRequest) -> list[RefundLineRequest]:
    """The same line given twice is added up before anything is checked."""
    merged: dict[str, RefundLineRequest] = {}
    for entry in request.lines:
        first = merged.get(entry.line)
        if first is None:
            merged[entry.line] = entry.model_copy()
            continue
        first.quantity += entry.quantity
        if first.amount is not None or entry.amount is not None:
            first.amount = (first.amount or 0) + (entry.amount or 0)
        first.reason = first.reason or entry.reason
    return list(merged.values())


def money(minor: int, order: Order) -> str:
    """As people read it, without the currency."""
    return format_minor(minor, order.currency)


def exceeds_remaining(order: Order, asked: int, left: int | None = None) -> Violation:
    """More asked than was captured and not given back."""
    limit = remaining(order) if left is None else left
    return broken(
        Rule.REFUND_EXCEEDS_REMAINING, "amount", limit=money(max(0, limit), order), value=money(asked, order)
    )


def exceeds_line(order: Order, asked: int, most: int) -> Violation:
    """More asked than the chosen units can give back."""
    return broken(
        Rule.AMOUNT_EXCEEDS_LINE, "amount", limit=money(max(0, most), order), value=money(asked, order)
    )


def not_positive(order: Order, field_name: str, asked: int) -> Violation:
    """Zero or less."""
    return broken(Rule.AMOUNT_NOT_POSITIVE, field_name, limit=money(0, order), value=money(asked, order))
