"""Figures of an order that are asked for: what is left of its money, what one of its goods cost."""

from __future__ import annotations

from typing import Any

from agent.commands import Flow
from agent.dialogue.outcomes import RefusedNow, Said
from agent.dialogue.turn import Turn
from agent.flows.money_slots import read_fee
from domain.money import format_minor
from domain.orders.model import Order
from domain.orders.value import captured, choice_value, line_state, refundable_now, refunded_total, remaining
from domain.proposals.model import Proposal, ProposalKind, ProposalState
from domain.returns.fees import agreed_fees
from domain.returns.model import ReturnStatus
from domain.returns.worth import fees_due, received_units, received_value


async def refundable(turn: Turn, order: Order) -> None:
    """What a refund can still take of an order, what was given before, and what is left after a card that waits."""
    left = f"{format_minor(refundable_now(order), order.currency)} {order.currency}"
    given = f"{format_minor(refunded_total(order), order.currency)} {order.currency}"
    turn.add(
        Said("refundable_left", {"order": order.number, "left": left, "given": given}, source="get_order")
    )
    rest = remaining(order)
    if any(ret.is_open for ret in order.returns) and rest > refundable_now(order):
        paid = f"{format_minor(captured(order), order.currency)} {order.currency}"
        kept = f"{format_minor(rest, order.currency)} {order.currency}"
        turn.add(Said("not_given_back", {"paid": paid, "rest": kept}, source="get_order"))
    waits = await _waiting_refund(turn, order)
    if waits is not None:
        rest = max(0, refundable_now(order) - waits)
        after = f"{format_minor(rest, order.currency)} {order.currency}"
        shown = f"{format_minor(waits, order.currency)} {order.currency}"
        turn.add(Said("refundable_after", {"amount": shown, "after": after}, source="get_proposal"))


async def _waiting_refund(turn: Turn, order: Order) -> int | None:
    """The amount of the refund of this order that waits for its button, minor units."""
    case = turn.current
    if case is None or not case.proposal_id or case.order_id != order.id:
        return None
    proposal: Proposal = (await turn.tools.call("get_proposal", proposal_id=case.proposal_id)).value
    waits = proposal.state is ProposalState.OPEN and proposal.kind is ProposalKind.REFUND
    return proposal.preview.amount if waits else None


async def unit_prices(turn: Turn, order: Order) -> None:
    """What one unit of each line is worth, tax included and discounts taken off; where none is left, what is."""
    rows = []
    for line in order.lines:
        if line_state(order, line).refundable_quantity > 0:
            worth = format_minor(choice_value(order, line, 1), order.currency)
            rows.append(f"1 × {line.title}: {worth} {order.currency}.")
    if not rows:
        await refundable(turn, order)
        return
    turn.add(Said("unit_prices", {"order": order.number, "rows": rows}, source="get_order"))


async def return_worth(turn: Turn, order: Order, slots: dict[str, Any]) -> None:
    """What the order's returns give back once their fees are taken; without one, what a refund can still take.

    Of a request those fees are taken that are only thought of (`slots`), or told of it so far; fees that are not
    possible are refused.
    """
    case = turn.current
    if case is not None and case.flow is Flow.REVIEW_RETURN and case.order_id == order.id:
        slots = case.slots | slots
    rows = []
    for ret in order.returns:
        requested = ret.status is ReturnStatus.REQUESTED
        units = received_units(order, ret, before_receipt=True)
        if requested:
            units = {entry.line: entry.quantity for entry in ret.lines}
        if units is None:
            continue
        values = received_value(order, ret, units)
        value = sum(values.values())
        fees = _thought_of(turn, order, values, slots) if requested else fees_due(order, ret, value).total
        if fees is None:
            return
        shown = [
            f"{format_minor(minor, order.currency)} {order.currency}" for minor in (value, fees, value - fees)
        ]
        rows.append(f"Return {ret.id}: {shown[0]} less fees of {shown[1]}, that is {shown[2]}.")
    if not rows:
        await refundable(turn, order)
        return
    turn.add(Said("return_worth", {"order": order.number, "rows": rows}, source="get_order"))


def _thought_of(turn: Turn, order: Order, values: dict[str, int], slots: dict[str, Any]) -> int | None:
    """Fees that are only thought of, minor units; none where they are refused."""
    return_fee, problems = read_fee(slots.get("return_fee"), order, "return_fee")
    restocking, more = read_fee(slots.get("restocking_fee"), order, "restocking_fee")
    agreed, broken = agreed_fees(values, return_fee, restocking, order.currency)
    if refused := problems + more + broken:
        turn.add(RefusedNow(refused))
        return None
    return agreed.total
