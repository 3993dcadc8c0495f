"""The rules of a refund: facts in, a plan or every broken rule out. Order page, section 4, "Refund"."""

from __future__ import annotations

from domain.identity import Role, role_violation
from domain.money import format_minor
from domain.orders.model import NOT_FULFILLED_YET, Order
from domain.orders.value import (
    captured,
    choice_value,
    line_state,
    open_rest,
    open_return_value,
    payment_rest,
    refundable_now,
    remaining,
    shipping_left,
)
from domain.refunds.model import RefundLine, RefundLineRequest, RefundRequest
from domain.refunds.plan import (
    RefundFacts,
    RefundPlan,
    exceeds_line,
    exceeds_remaining,
    merged_lines,
    money,
    not_positive,
)
from domain.refunds.proof import evidence_violations, reason_violations
from domain.refunds.settling import ReturnMoney, return_money
from domain.refunds.split import (
    cap_tax,
    fund,
    share_amount,
    split_over_payments,
    take_rest_of_tax,
    tax_left,
    tax_of_line_part,
    tax_of_order_part,
    total_tax,
)
from domain.rules import Rule, Violation, broken
from domain.settings import MerchantSettings


def availability(order: Order, settings: MerchantSettings) -> Violation | None:
    """Why the Refund action is disabled, or None. Order page, section 3."""
    if settings.refunds_blocked or order.refunds_blocked:
        return broken(Rule.REFUNDS_BLOCKED, "order", value="order" if order.refunds_blocked else "shop")
    if captured(order) <= 0:
        return broken(Rule.NOT_CAPTURED, "amount", limit=money(0, order))
    if remaining(order) <= 0:
        spent = exceeds_remaining(order, 0)
        return spent.model_copy(update={"message": "Everything that was captured has been refunded."})
    if open_rest(order) <= 0:
        blocked = next(p for p in order.payments if p.is_blocked)
        return broken(Rule.PAYMENT_DISPUTED, "payment", limit=money(0, order), value=blocked.method)
    if refundable_now(order) <= 0:
        return broken(
            Rule.ACTION_UNAVAILABLE, "refund", value="everything left is in open returns; settle those first"
        )
    return None


def _line_violations(order: Order, entries: list[RefundLineRequest]) -> list[Violation]:
    found: list[Violation] = []
    known = {line.id: line for line in order.lines}
    for entry in entries:
        line = known.get(entry.line)
        if line is None:
            found.append(broken(Rule.LINE_NOT_FOUND, "line", value=entry.line))
            continue
        left = line_state(order, line).refundable_quantity
        if entry.quantity > left:
            found.append(
                broken(Rule.QUANTITY_EXCEEDS_REFUNDABLE, "quantity", limit=left, value=entry.quantity)
            )
        elif entry.amount is not None:
            most = choice_value(order, line, entry.quantity)
            if entry.amount < 0:
                found.append(not_positive(order, "amount", entry.amount))
            elif entry.amount > most:
                found.append(exceeds_line(order, entry.amount, most))
    return found


def _target_violations(order: Order, request: RefundRequest) -> list[Violation]:
    """The total that was asked for, whatever the lines are."""
    if request.amount is None:
        return []
    if request.amount <= 0:
        return [not_positive(order, "amount", request.amount)]
    if request.amount < request.shipping:
        limit = f"at least the shipping {money(request.shipping, order)}"
        return [broken(Rule.FIELD_INVALID, "amount", limit=limit, value=money(request.amount, order))]
    given = [entry.amount for entry in request.lines if entry.amount is not None]
    total = sum(given) + request.shipping
    if given and (total > request.amount or (len(given) == len(request.lines) and total < request.amount)):
        limit = f"the lines and shipping add up to {money(total, order)}"
        return [broken(Rule.FIELD_INVALID, "amount", limit=limit, value=money(request.amount, order))]
    return []


def _direct_lines(order: Order, request: RefundRequest) -> tuple[list[RefundLine], list[Violation]]:
    """Amounts per line: as given, else shared from the total, else each choice's full value."""
    entries = merged_lines(request)
    problems = [*_line_violations(order, entries), *_target_violations(order, request)]
    if problems or not entries:
        return [], problems
    values = [choice_value(order, order.line(e.line), e.quantity) for e in entries]
    if request.amount is None:
        # A line without units has no value of its own: its amount has to be named.
        amounts = [
            e.amount if e.amount is not None else (value if e.quantity else 0)
            for e, value in zip(entries, values, strict=True)
        ]
    else:
        given = sum(e.amount or 0 for e in entries)
        room = [value if e.amount is None else 0 for e, value in zip(entries, values, strict=True)]
        rest = request.amount - request.shipping - given
        if rest > sum(room):
            return [], [exceeds_line(order, request.amount - request.shipping, given + sum(room))]
        shares = share_amount(rest, room)
        amounts = [share if e.amount is None else e.amount for e, share in zip(entries, shares, strict=True)]
    return [_refund_line(order, e, amount) for e, amount in zip(entries, amounts, strict=True)], []


def _refund_line(order: Order, entry: RefundLineRequest, amount: int) -> RefundLine:
    line = order.line(entry.line)
    return RefundLine(
        line=entry.line,
        quantity=entry.quantity,
        amount=amount,
        tax=tax_of_line_part(order, line, entry.quantity, amount),
        reason=entry.reason,
        cancelled=entry.quantity if line.fulfilment in NOT_FULFILLED_YET else 0,
    )


def _shipping_violations(order: Order, request: RefundRequest) -> list[Violation]:
    if request.shipping < 0:
        return [not_positive(order, "shipping", request.shipping)]
    left = max(0, shipping_left(order))
    if request.shipping > left:
        value = money(request.shipping, order)
        return [broken(Rule.SHIPPING_EXCEEDS_REMAINING, "shipping", limit=money(left, order), value=value)]
    return []


def _amount_violations(order: Order, request: RefundRequest, amount: int) -> list[Violation]:
    """Above zero, and no more than is left; an amount of the order leaves what open returns lay claim to."""
    if amount <= 0:
        return [not_positive(order, "amount", amount)]
    on_goods = bool(request.lines) or request.settles_return is not None
    left = remaining(order) - (0 if on_goods else open_return_value(order))
    return [exceeds_remaining(order, amount, left)] if amount > left else []


def _payment_violation(order: Order, request: RefundRequest, amount: int, short: int) -> Violation | None:
    chosen = next((p for p in order.payments if p.id == request.payment), None)
    if request.payment is not None and chosen is None:
        return broken(Rule.FIELD_INVALID, "payment", limit="a payment of this order", value=request.payment)
    if chosen is not None and chosen.is_blocked:
        return broken(Rule.PAYMENT_DISPUTED, "payment", value=chosen.method)
    blocked = [p for p in order.payments if p.is_blocked and payment_rest(order, p) > 0]
    if short > 0 and blocked and amount <= remaining(order):
        return broken(
            Rule.PAYMENT_DISPUTED, "payment", limit=money(open_rest(order), order), value=blocked[0].method
        )
    return None


def plan_refund(facts: RefundFacts, request: RefundRequest) -> tuple[RefundPlan | None, list[Violation]]:
    """The plan, or every rule the request breaks. Nothing is changed."""
    order = facts.order
    if (refused := role_violation(facts.proposer, Role.AGENT)) is not None:
        return None, [refused]
    found: list[Violation] = []
    if request.currency != order.currency:
        found.append(broken(Rule.CURRENCY_MISMATCH, "currency", limit=order.currency, value=request.currency))
    settling = request.settles_return is not None
    closed = availability(order, facts.settings)
    if closed is not None and not (settling and closed.code is Rule.ACTION_UNAVAILABLE):
        return None, [*found, _with_value(closed, order, request)]
    found += reason_violations(request)
    if settling:
        goods, problems = return_money(facts, request)
    else:
        lines, problems = _direct_lines(order, request)
        goods = ReturnMoney(lines)
    amount = _total(request, goods.lines)
    if not problems or (request.amount is not None and amount > 0):
        found += _amount_violations(order, request, amount)
    found += problems
    found += _shipping_violations(order, request)
    found += evidence_violations(facts, request, amount)
    return _finish(facts, request, goods, amount, found)


def _with_value(closed: Violation, order: Order, request: RefundRequest) -> Violation:
    """A closed action names the amount that was asked for, where one was."""
    if closed.code is Rule.REFUND_EXCEEDS_REMAINING and request.amount is not None:
        return exceeds_remaining(order, request.amount)
    return closed


def _total(request: RefundRequest, lines: list[RefundLine]) -> int:
    """What the customer gets; while lines are refused, what was asked for."""
    if request.amount is not None and not lines:
        return request.amount
    return sum(part.amount for part in lines) + request.shipping


def _finish(
    facts: RefundFacts, request: RefundRequest, goods: ReturnMoney, amount: int, found: list[Violation]
) -> tuple[RefundPlan | None, list[Violation]]:
    """Split and fund; both can still refuse."""
    order, lines = facts.order, goods.lines
    allocations, short = split_over_payments(order, amount, request.payment)
    blocked = _payment_violation(order, request, amount, short)
    found += [blocked] if blocked else []
    if found:
        return None, found
    if short > 0:
        return None, [exceeds_remaining(order, amount)]
    funding, lacking = fund(order, allocations, facts.balances, facts.settings, facts.now)
    if lacking > 0:
        limit = format_minor(amount - lacking, order.currency)
        return None, [broken(Rule.INSUFFICIENT_BALANCE, "amount", limit=limit, value=money(amount, order))]
    loose = amount - request.shipping if not lines else 0
    cap_tax(lines, tax_left(order))
    take_rest_of_tax(order, lines, amount)
    tax = total_tax(lines) + (tax_of_order_part(order, loose) if loose > 0 else 0)
    plan = RefundPlan(lines, request.shipping, tax, amount, allocations, funding, goods.fees, goods.warnings)
    return plan, []
