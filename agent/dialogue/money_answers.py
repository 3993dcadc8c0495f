"""Questions about the shop's money: what it holds, and what a refund does to it, given or only thought of."""

from __future__ import annotations

from typing import Any

from agent.commands import Flow
from agent.dialogue.outcomes import Said
from agent.dialogue.turn import Turn
from agent.flows.selection import Selection, select
from agent.flows.step import FlowContext
from agent.state import Case
from domain.balances.model import Settlement
from domain.money import format_minor
from domain.orders.model import Order
from domain.proposals.model import Preview, Proposal
from domain.reasons import RefundReason
from domain.refunds.model import RefundRequest


async def balance(turn: Turn, currency: str | None) -> None:
    """What the accounts hold; without an order, of the shop's base currency."""
    chosen = currency or turn.merchant.base_currency
    held = (await turn.tools.call("get_balances", currency=chosen)).value
    listed = await turn.tools.call("list_settlements", currency=chosen, limit=20)
    coming: list[Settlement] = [s for s in listed.value if s.status == "open" and s.net]
    rows = {account.replace("_", " "): format_minor(amount, chosen) for account, amount in held.items()}
    values: dict[str, Any] = {"currency": chosen, "rows": rows}
    if coming:
        nearest = min(coming, key=lambda s: s.settles_at)
        values["settlement"] = format_minor(nearest.net, chosen)
        values["settles"] = f"{nearest.settles_at:%d %b}"
    turn.add(Said("balance", values, source="get_balances"))


async def balance_question(turn: Turn, topic: str, order: Order | None, slots: dict[str, Any]) -> None:
    """Would this touch the payout? The open card says so, else a preview of what is named, else the balance itself."""
    preview = await _shown(turn) or await _thought_of(turn, order, slots)
    if preview is not None and preview.balances_before:
        moves = [
            f"{name.replace('_', ' ')} {format_minor(before, preview.currency)} → "
            f"{format_minor(preview.balances_after[name], preview.currency)} "
            f"({format_minor(preview.balances_after[name] - before, preview.currency)})"
            for name, before in preview.balances_before.items()
            if before != preview.balances_after.get(name, before)
        ]
        turn.add(
            Said(
                "balance_effect", {"moves": "; ".join(moves), "currency": preview.currency}, "preview_refund"
            )
        )
        return
    if topic == "payout":
        listed = await turn.tools.call("list_payouts", currency=order.currency if order else None, limit=5)
        rows = [f"{format_minor(p.amount, p.currency)} {p.currency}: {p.status.value}." for p in listed.value]
        turn.add(Said("payouts" if rows else "no_payouts", {"rows": rows}, source="list_payouts"))
    await balance(turn, order.currency if order else None)


async def _shown(turn: Turn) -> Preview | None:
    case = turn.current
    if case is None or not case.proposal_id:
        return None
    proposal: Proposal = (await turn.tools.call("get_proposal", proposal_id=case.proposal_id)).value
    return proposal.preview


async def _thought_of(turn: Turn, order: Order | None, slots: dict[str, Any]) -> Preview | None:
    """The refund that the question names, previewed without a reason or evidence being asked for."""
    if order is None or not {"line", "amount", "shipping"} & set(slots):
        return None
    case = Case(id="preview", flow=Flow.DIRECT_REFUND, order_id=order.id, slots=dict(slots))
    context = FlowContext(case, order, turn.staff, turn.merchant.settings, [], turn.clock.now())
    chosen = select(context)
    if not isinstance(chosen, Selection):
        return None
    request = RefundRequest(
        lines=chosen.lines,
        shipping=chosen.shipping,
        amount=chosen.amount if (chosen.amount is not None or chosen.lines) else chosen.shipping,
        currency=order.currency,
        reason=RefundReason.CHANGED_MIND,
    )
    outcome = await turn.tools.call("preview_refund", order_id=order.id, payload=request)
    preview: Preview | None = outcome.value if outcome.ok else None
    return preview


async def payments(turn: Turn, order: Order) -> None:
    """How an order was paid: each payment's method and what was captured; over which of them the open card goes."""
    rows = [
        f"{payment.method}: {format_minor(payment.captured, order.currency)} {order.currency}."
        for payment in order.payments
    ]
    turn.add(Said("payments", {"order": order.number, "rows": rows}, source="get_order"))
    shown = await _shown(turn)
    if shown is not None and shown.order == order.number and shown.split:
        parts = [
            f"{part.name}: {format_minor(part.amount, order.currency)} {order.currency}."
            for part in shown.split
        ]
        turn.add(Said("payments_back", {"rows": parts}, source="get_proposal"))


def own_limit(turn: Turn, currency: str | None) -> None:
    """How far the speaker's own limit goes in a currency, or in each they have one in."""
    asked = [currency] if currency else sorted(turn.staff.limits) or [turn.merchant.base_currency]
    rows = [f"{format_minor(turn.staff.limit(one), one)} {one}." for one in asked]
    turn.add(Said("own_limit", {"rows": rows}))
