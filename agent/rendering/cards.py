"""Cards: an order, a proposal and a result as people read them. Pure functions of facts."""

from __future__ import annotations

from agent.dialogue.answers import ACTION_LABELS
from agent.dialogue.outcomes import Finished, Proposed
from agent.messages import ActionState, CardRow, Move, OrderCard, ProposalCard, ResultCard
from agent.texts.prompts import fill
from agent.texts.wording import day, money
from agent.texts.wording import money as money_in
from domain.actions import Action
from domain.orders.model import Order
from domain.orders.value import (
    is_disputed,
    line_state,
    order_total,
    payment_status,
    refundable_now,
    refunded_total,
)
from domain.proposals.model import Preview, Proposal, ProposalKind
from domain.reasons import RefundReason, RejectReason
from domain.refunds.writes import WAIVED

TITLES = {
    ProposalKind.REFUND: "Refund",
    ProposalKind.CREATE_RETURN: "Open a return",
    ProposalKind.APPROVE_RETURN: "Approve the return",
    ProposalKind.REJECT_RETURN: "Reject the return",
    ProposalKind.EDIT_RETURN: "Change the return",
    ProposalKind.RECEIVE_RETURN: "Mark as received",
    ProposalKind.CANCEL_RETURN: "Cancel the return",
    ProposalKind.CLOSE_RETURN: "Close the return",
    ProposalKind.REQUEST_SUPPLIER_REVIEW: "Request a supplier review",
    ProposalKind.CANCEL_SUPPLIER_REVIEW: "Cancel the supplier review",
    ProposalKind.SUPPLIER_VERDICT: "Enter the supplier's verdict",
}


def order_card(order: Order, actions: list[Action]) -> OrderCard:
    """An order at a glance, with every action and why those that are closed are closed."""
    rows = []
    for line in order.lines:
        state = line_state(order, line)
        gone = f", {state.refunded} refunded" if state.refunded else ""
        back = f", {state.in_open_returns} in a return" if state.in_open_returns else ""
        label = f"{line.quantity} × {line.title}{gone}{back}"
        tag = "" if line.source.value == "own" else line.source.value.replace("_", " ")
        rows.append(CardRow(label=label, value=money(state.cost, order.currency), tag=tag))
    if order.shipping:
        rows.append(CardRow(label="Shipping", value=money(order.shipping, order.currency), soft=True))
    if refunded_total(order):
        rows.append(CardRow(label="Refunded", value=money(refunded_total(order), order.currency), soft=True))
    status = payment_status(order).value.replace("_", " ") + (", disputed" if is_disputed(order) else "")
    return OrderCard(
        number=order.number,
        customer=order.customer.name,
        placed=day(order.placed_at),
        status=f"{status}, {money(order_total(order), order.currency)}",
        rows=rows,
        refundable=money(refundable_now(order), order.currency),
        actions=[
            ActionState(
                name=a.name,
                label=ACTION_LABELS.get(a.name, a.name),
                available=a.available,
                code=str(a.code or ""),
                reason="" if a.available else a.sentence,
            )
            for a in actions
        ],
    )


def _reason(preview: Preview) -> str:
    if preview.reason is None:
        return ""
    if preview.kind is ProposalKind.REJECT_RETURN:
        return RejectReason(preview.reason).label
    try:
        return RefundReason(preview.reason).label
    except ValueError:
        return preview.reason


def rows_of(preview: Preview, locale: str = "en") -> list[CardRow]:
    """What will happen, row by row; amounts as people of this locale write them, words in English."""

    def money(minor: int, currency: str) -> str:
        return money_in(minor, currency, locale)

    currency, amount_only = preview.currency, preview.kind is ProposalKind.REFUND
    rows = [
        CardRow(
            label=f"{line.title} (amount only)"
            if amount_only and not line.quantity
            else f"{line.quantity} × {line.title}",
            value=money(line.amount, currency) if line.amount else "",
            tag="" if line.source == "own" else line.source.replace("_", " "),
        )
        for line in preview.lines
    ]

    def add(label: str, value: str, *, soft: bool = True) -> None:
        if value:
            rows.append(CardRow(label=label, value=value, soft=soft))

    add("Shipping", money(preview.shipping, currency) if preview.shipping else "")
    add("Tax part", money(preview.tax, currency) if preview.tax else "")
    for name, fee in preview.fees.items():
        add(name.replace("_", " ").capitalize(), f"−{money(fee, currency)}" if fee else "")
    if preview.amount_after_fees is not None and preview.kind is not ProposalKind.REFUND:
        add("Refund after receipt", money(preview.amount_after_fees, currency), soft=False)
    add("Reason", _reason(preview))
    pieces = len(preview.evidence)
    add("Evidence", f"{pieces} piece{'s' * (pieces != 1)}" if pieces else "")
    add("Evidence", "waived" if preview.waived_by and WAIVED not in preview.facts else "")
    add("Note", preview.note)
    add("Explanation", preview.explanation)
    add("Carrier", preview.carrier)
    add("Tracking", preview.tracking)
    add("Label", "attached" if preview.label and "Label" not in preview.facts else "")
    for label, value in preview.facts.items():
        add(label, value)
    if len(preview.split) > 1:
        for part in preview.split:
            add(f"to {part.name}", money(part.amount, currency))
    return rows


def moves_of(preview: Preview, *, only_changed: bool = True, locale: str = "en") -> list[Move]:
    """Accounts before and after."""
    return [
        Move(
            account=name.replace("_", " ").capitalize(),
            before=money(before, preview.currency, locale),
            after=money(preview.balances_after.get(name, before), preview.currency, locale),
        )
        for name, before in preview.balances_before.items()
        if not only_changed or preview.balances_after.get(name, before) != before
    ]


def _to(preview: Preview) -> str:
    methods = ", ".join(dict.fromkeys(part.name for part in preview.split))
    return f"to {preview.customer}, {methods}" if methods else f"for {preview.customer}"


def editable_fields(preview: Preview) -> dict[str, str]:
    """What an edit form offers, with the present values."""
    from domain.money import format_minor

    fields: dict[str, str] = {}
    if preview.kind is ProposalKind.REFUND:
        fields["amount"] = format_minor(preview.amount or 0, preview.currency)
        if len(preview.lines) == 1:
            fields["quantity"] = str(preview.lines[0].quantity)
        fields["reason"] = preview.reason or ""
        fields["note"] = preview.note
    if preview.kind in (ProposalKind.APPROVE_RETURN, ProposalKind.CREATE_RETURN, ProposalKind.EDIT_RETURN):
        fields["carrier"], fields["tracking"] = preview.carrier, preview.tracking
    if preview.kind in (ProposalKind.APPROVE_RETURN, ProposalKind.CREATE_RETURN):
        for name in ("return_fee", "restocking_fee"):
            fields[name] = format_minor(preview.fees.get(name, 0), preview.currency)
    if preview.kind is ProposalKind.REJECT_RETURN:
        fields["explanation"] = preview.explanation
    return fields


def confirm_label(proposal: Proposal) -> str:
    """The primary button names what it does."""
    preview = proposal.preview
    if preview.kind is ProposalKind.REFUND:
        return f"Refund {money(preview.amount or 0, preview.currency)}"
    return TITLES[proposal.kind]


def _footnote(shown: Proposed) -> str:
    preview = shown.proposal.preview
    if preview.kind is not ProposalKind.REFUND:
        return "Nothing is sent until you press."
    limit = money(shown.limit, preview.currency)
    if not shown.may_press and (shown.own or (preview.amount or 0) > shown.limit):
        return f"Above your limit of {limit}: a second person has to press. Nothing is sent until then."
    if not shown.may_press:
        return (
            "Somebody else proposed this: they, or a supervisor, have to press. Nothing is sent until then."
        )
    return f"Within your limit of {limit}. Nothing is sent until you press."


def proposal_card(shown: Proposed) -> ProposalCard:
    """What will happen, exactly, and the buttons."""
    proposal, preview = shown.proposal, shown.proposal.preview
    headline = (
        money(preview.amount, preview.currency)
        if preview.kind is ProposalKind.REFUND and preview.amount
        else ""
    )
    return ProposalCard(
        proposal_id=proposal.id,
        short_id=proposal.short_id,
        sha256=proposal.sha256,
        write=proposal.kind.value,
        state=proposal.state.value,
        title=TITLES[proposal.kind],
        headline=headline or preview.headline or TITLES[proposal.kind],
        to=_to(preview),
        order=preview.order,
        customer=preview.customer,
        rows=rows_of(preview),
        moves=moves_of(preview),
        warnings=preview.warnings,
        confirm_label=confirm_label(proposal),
        footnote=_footnote(shown),
        owner=proposal.created_by_name,
        expires_at=proposal.expires_at,
        difference=shown.difference,
        editable=editable_fields(preview),
    )


def result_card(finished: Finished) -> ResultCard:
    """What happened; "refunded" only where the provider said so."""
    proposal, preview = finished.proposal, finished.proposal.preview
    amount = money(preview.amount or 0, preview.currency)
    values = {
        "amount": amount,
        "customer": preview.customer,
        "headline": preview.headline or TITLES[proposal.kind],
        "reason": finished.reason or "no reason given",
    }
    is_refund = proposal.kind is ProposalKind.REFUND
    key = "done_other" if finished.outcome == "done" and not is_refund else f"{finished.outcome}_refund"
    moved = moves_of(preview) if finished.outcome != "failed" else []
    return ResultCard(
        proposal_id=proposal.id,
        write=proposal.kind.value,
        outcome=finished.outcome,
        title=fill("replies.yaml", key, values),
        order=preview.order,
        moves=moved,
    )
