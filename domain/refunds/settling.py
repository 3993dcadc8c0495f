"""The refund that settles a return: what was received, less the fees. Order page, section 4, "Receive"."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.orders.model import Order
from domain.orders.value import remaining
from domain.refunds.model import RefundLine, RefundLineRequest, RefundRequest
from domain.refunds.plan import RefundFacts, exceeds_line, merged_lines, money, not_positive
from domain.refunds.split import share_amount, tax_of_line_part
from domain.returns.model import Return
from domain.returns.worth import FeesDue, fees_due, received_units, received_value
from domain.rules import Rule, Violation, broken


@dataclass(frozen=True, slots=True)
class ReturnMoney:
    """A return's lines as they are refunded, the fees that are kept, and what the preview says about them."""

    lines: list[RefundLine] = field(default_factory=list)
    fees: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def return_money(facts: RefundFacts, request: RefundRequest) -> tuple[ReturnMoney, list[Violation]]:
    """Every received unit (or approved one, where a refund before receipt is allowed), less fees; or why not.

    A lower amount needs a note on why; what is left of the order's captured money limits all.
    """
    order = facts.order
    ret = order.find_return(request.settles_return or "")
    if ret is None:
        return ReturnMoney(), [broken(Rule.RETURN_NOT_FOUND, "settles_return", value=request.settles_return)]
    units = received_units(order, ret, before_receipt=facts.settings.refund_before_receipt)
    if units is None:
        value = f"the return is {ret.status.value}; it is refunded once received"
        return ReturnMoney(), [broken(Rule.ACTION_UNAVAILABLE, "settles_return", value=value)]
    worth = received_value(order, ret, units)
    due = fees_due(order, ret, sum(worth.values()))
    net = sum(worth.values()) - due.total
    asked = {entry.line: entry for entry in merged_lines(request)}
    problems = _unit_violations(asked, units)
    if net <= 0:
        return ReturnMoney(), [*problems, _nothing_left(order, ret, worth)]
    target, wrong = _target(order, request, asked, worth, net)
    problems += wrong
    if problems:
        return ReturnMoney(), problems
    amounts = _amounts(ret, asked, worth, target)
    lines = [
        RefundLine(
            line=line_id,
            quantity=units[line_id],
            amount=amount,
            tax=tax_of_line_part(order, order.line(line_id), units[line_id], amount),
        )
        for line_id, amount in amounts.items()
    ]
    return ReturnMoney(lines, _fees(due), _warnings(order, due, net)), []


def _nothing_left(order: Order, ret: Return, worth: dict[str, int]) -> Violation:
    refunded = any(refund.counts and refund.settles_return == ret.id for refund in order.refunds)
    value = "what came back has a refund already" if refunded else "nothing came back"
    value = "after fees nothing is left to refund" if worth else value
    return broken(Rule.ACTION_UNAVAILABLE, "refund", value=value)


def _fees(due: FeesDue) -> dict[str, int]:
    return {"return_fee": due.return_fee, "restocking_fee": due.restocking_fee}


def _warnings(order: Order, due: FeesDue, net: int) -> list[str]:
    found = due.warnings(order.currency)
    if net > remaining(order):
        left = f"{money(remaining(order), order)} {order.currency}"
        found.append(f"The return is worth more, but only {left} is left to refund on the order.")
    return found


def _target(
    order: Order,
    request: RefundRequest,
    asked: dict[str, RefundLineRequest],
    worth: dict[str, int],
    net: int,
) -> tuple[int, list[Violation]]:
    """What the customer gets for the goods, and what is wrong with it."""
    ceiling = min(net, remaining(order) - request.shipping)
    given = {line: entry.amount for line, entry in asked.items() if entry.amount is not None}
    found = [
        exceeds_line(order, amount, worth[line])
        for line, amount in given.items()
        if line in worth and amount > worth[line]
    ]
    found += [not_positive(order, "amount", amount) for amount in given.values() if amount < 0]
    if request.amount is not None:
        target = request.amount - request.shipping
    elif len(given) == len(worth):
        target = sum(given.values())
    else:
        target = ceiling
    if target > net:
        found.append(exceeds_line(order, target, net))
    elif target <= 0:
        found.append(not_positive(order, "amount", target))
    elif target < ceiling and not request.value_note.strip():
        message = "A refund below what came back is worth needs a note on why."
        found.append(broken(Rule.NOTE_REQUIRED, "value_note").model_copy(update={"message": message}))
    return target, found


def _amounts(
    ret: Return, asked: dict[str, RefundLineRequest], worth: dict[str, int], target: int
) -> dict[str, int]:
    """The target over the lines: as given, else by what each is worth after its own restocking fee."""
    given = {line: entry.amount for line, entry in asked.items() if entry.amount is not None}
    if len(given) == len(worth) and sum(given.values()) == target:
        return {line: given[line] for line in worth}
    own = {entry.line: entry.restocking_fee for entry in ret.lines}
    nets = [max(0, value - own.get(line, 0)) for line, value in worth.items()]
    capacities = nets if sum(nets) >= target else list(worth.values())
    return dict(zip(worth, share_amount(target, capacities), strict=True))


def _unit_violations(asked: dict[str, RefundLineRequest], units: dict[str, int]) -> list[Violation]:
    """A return is refunded as a whole: fewer units would be refunded without being asked for."""
    found = []
    for line_id, entry in asked.items():
        limit = units.get(line_id, 0)
        if entry.quantity > limit:
            found.append(
                broken(Rule.QUANTITY_EXCEEDS_REFUNDABLE, "quantity", limit=limit, value=entry.quantity)
            )
    missing = [line for line, count in units.items() if line not in asked or asked[line].quantity < count]
    if asked and missing and not found:
        total = sum(units.values())
        value = sum(entry.quantity for entry in asked.values())
        limit_text = f"all {total} received units; lower the amount with a note instead"
        found.append(broken(Rule.FIELD_INVALID, "quantity", limit=limit_text, value=value))
    return found
