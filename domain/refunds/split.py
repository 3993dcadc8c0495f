"""How a refund is divided: over lines, over payments, over the merchant's accounts."""

from __future__ import annotations

from datetime import datetime

from domain.balances.model import Account, Balances
from domain.money import round_half_up, share_out
from domain.orders.model import Line, Order, Payment
from domain.orders.value import line_state, order_total, payment_rest, units_tax, units_value
from domain.refunds.model import Allocation, Funding, RefundLine, RefundStatus
from domain.settings import MerchantSettings


def share_amount(total: int, capacities: list[int]) -> list[int]:
    """Share a total over parts by what each can give; no part gets more than it can (the total must fit)."""
    shares = share_out(total, capacities)
    spare = 0
    for i, capacity in enumerate(capacities):
        if shares[i] > capacity:
            spare += shares[i] - capacity
            shares[i] = capacity
    for i, capacity in enumerate(capacities):
        extra = min(spare, capacity - shares[i])
        shares[i] += extra
        spare -= extra
    return shares


def tax_of_line_part(order: Order, line: Line, quantity: int, amount: int) -> int:
    """The tax inside `amount` given back for `quantity` units (0: an adjustment of the line).

    In proportion, rounded half up, never more than what is left; what empties the line takes the rest.
    """
    state = line_state(order, line)
    if amount >= state.cost - state.refunded_amount:
        return min(state.tax_left, amount)
    if quantity:
        gross, tax = (
            units_value(line, state.refunded, quantity),
            units_tax(line, state.refunded, quantity),
        )
    else:
        gross, tax = state.cost, line.tax
    return min(round_half_up(amount * tax, gross), state.tax_left, amount)


def tax_left(order: Order) -> int:
    """The tax of all lines that no refund has given back yet, with or without naming lines."""
    tax = sum(line.tax for line in order.lines)
    return max(0, tax - sum(refund.tax for refund in order.refunds if refund.counts))


def tax_of_order_part(order: Order, amount: int) -> int:
    """The tax inside an amount of the order that names no line."""
    tax, left = sum(line.tax for line in order.lines), tax_left(order)
    given = sum(refund.amount for refund in order.refunds if refund.counts)
    total = order_total(order)
    if amount >= total - given:
        return max(0, min(left, amount))
    return max(0, min(round_half_up(amount * tax, total), left))


def payment_order(order: Order, chosen: str | None) -> list[Payment]:
    """The chosen payment first, else oldest first."""
    oldest = sorted(
        enumerate(order.payments), key=lambda pair: (pair[1].id != chosen, pair[1].captured_at, pair[0])
    )
    return [payment for _, payment in oldest]


def split_over_payments(order: Order, amount: int, chosen: str | None) -> tuple[list[Allocation], int]:
    """Allocations, each up to the payment's own rest, and what no payment could take."""
    parts: list[Allocation] = []
    for payment in payment_order(order, chosen):
        if amount <= 0:
            break
        part = 0 if payment.is_blocked else min(amount, payment_rest(order, payment))
        if part > 0:
            parts.append(Allocation(payment=payment.id, method=payment.method, amount=part))
            amount -= part
    return parts, amount


def unsettled_rest(order: Order, payment: Payment, now: datetime) -> int:
    """The payment's own money that has not settled yet and was not used for refunds."""
    if payment.settles_at <= now:
        return 0
    used = sum(
        part.amount
        for refund in order.refunds
        if refund.status is not RefundStatus.FAILED
        for part in refund.funding
        if part.account == Account.PENDING_SETTLEMENT and part.payment == payment.id
    )
    return max(0, payment.captured - used)


def fund(
    order: Order,
    allocations: list[Allocation],
    balances: Balances,
    settings: MerchantSettings,
    now: datetime,
) -> tuple[list[Funding], int]:
    """Where the money is taken from, in the order page's order, and what no account could give.

    First the sale's own unsettled money, then `available`, then `reserved` where allowed; a balance below zero only
    where the merchant's rules allow that.
    """
    amount = sum(part.amount for part in allocations)
    first = [part.payment for part in allocations]
    payments = sorted(order.payments, key=lambda p: (p.id not in first, p.captured_at))
    pending = max(0, balances.of(Account.PENDING_SETTLEMENT))
    parts: list[Funding] = []
    for payment in payments:
        part = min(amount, pending, unsettled_rest(order, payment, now))
        if part > 0:
            parts.append(Funding(account=Account.PENDING_SETTLEMENT, amount=part, payment=payment.id))
            amount, pending = amount - part, pending - part
    usable = [Account.AVAILABLE, *([Account.RESERVED] if settings.refund_from_reserved else [])]
    for account in usable:
        part = min(amount, max(0, balances.of(account)))
        if part > 0:
            parts.append(Funding(account=account, amount=part))
            amount -= part
    if amount > 0 and settings.negative_balance:
        _add(parts, Account.AVAILABLE, amount)
        amount = 0
    return parts, amount


def _add(parts: list[Funding], account: Account, amount: int) -> None:
    for part in parts:
        if part.account == account and part.payment is None:
            part.amount += amount
            return
    parts.append(Funding(account=account, amount=amount))


def cap_tax(lines: list[RefundLine], left: int) -> None:
    """Lower the lines' tax, the last line first, to what is left on the order.

    Amounts of the order that named no line may have taken tax that the line itself still counts as its own.
    """
    over = total_tax(lines) - left
    for part in reversed(lines):
        lowered = min(max(0, over), part.tax)
        part.tax -= lowered
        over -= lowered


def take_rest_of_tax(order: Order, lines: list[RefundLine], amount: int) -> None:
    """The refund that empties the order takes the tax that rounding left over, the last line first.

    Only amounts of the order that named no line leave any: within a line its own last refund has taken it.
    """
    given = sum(refund.amount for refund in order.refunds if refund.counts)
    rest = tax_left(order) - total_tax(lines) if amount >= order_total(order) - given else 0
    for part in reversed(lines):
        more = min(max(0, rest), part.amount - part.tax)
        part.tax += more
        rest -= more


def total_tax(lines: list[RefundLine]) -> int:
    """The tax part of the lines together."""
    return sum(part.tax for part in lines)
