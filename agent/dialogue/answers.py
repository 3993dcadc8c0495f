"""Answers to questions and asides: from read tools and knowledge pages, with the source named."""

from __future__ import annotations

import re
from typing import Any

from agent.commands import Flow, StartFlow
from agent.dialogue.asked_return import asked_return
from agent.dialogue.money_answers import balance, balance_question, own_limit, payments
from agent.dialogue.order_figures import refundable, return_worth, unit_prices
from agent.dialogue.outcomes import Drafted, Offered, OrderShown, OutcomeFact, RefusedNow, Said
from agent.dialogue.page_answers import of_pages
from agent.dialogue.supplier_answers import review_row, supplier_reviews
from agent.dialogue.turn import Turn
from agent.flows.step import Choice, Inform
from agent.reading.values.money import currency_of
from agent.state import Case
from domain.actions import Action
from domain.money import format_minor
from domain.orders.model import Order
from domain.orders.value import refundable_now, refunded_total
from domain.proposals.model import Proposal, ProposalState
from domain.reasons import RefundReason
from domain.returns.model import Return
from domain.rules import Violation

CASE_NAMES = {
    Flow.DIRECT_REFUND: "refund",
    Flow.QUALITY_ISSUE: "quality issue",
    Flow.REVIEW_RETURN: "return review",
    Flow.MERCHANT_RETURN: "return",
    Flow.RETURN_PROGRESS: "return",
    Flow.SUPPLIER_REVIEW: "supplier review",
    Flow.BALANCE: "balance question",
    Flow.STATUS: "question",
    Flow.DRAFT_REPLY: "draft",
}

ACTION_LABELS = {
    "refund": "Refund",
    "create_return": "Open a return",
    "approve_return": "Approve the return request",
    "reject_return": "Reject the return request",
    "edit_return": "Edit return logistics",
    "receive_return": "Mark received",
    "cancel_return": "Cancel the return",
    "close_return": "Close the return",
    "refund_return": "Refund the return",
    "request_supplier_review": "Request a supplier review",
    "view_supplier_review": "View the supplier review",
    "cancel_supplier_review": "Cancel the supplier review",
    "supplier_verdict": "Enter the supplier's verdict",
    "waive_evidence": "Waive evidence",
}

TOPIC_ACTIONS = {"review_return": "approve_return", "supplier_review": "request_supplier_review"}


def case_name(case: Case) -> str:
    """What people call it."""
    return case.summary or CASE_NAMES[case.flow]


def open_ways(order_number: str, actions: list[Action]) -> OutcomeFact:
    """What can be done on the order instead."""
    choices = [
        Choice(ACTION_LABELS[a.name], a.name, say=ACTION_LABELS[a.name].lower())
        for a in actions
        if a.available and a.name in ACTION_LABELS and not a.name.startswith(("view_", "waive_"))
    ]
    unique = list({choice.label: choice for choice in choices}.values())
    if not unique:
        return Said("nothing_available", {"order": order_number})
    return Offered("instead", unique, {"order": order_number})


async def inform(turn: Turn, case: Case, step: Inform) -> None:
    """The answer of a flow that only answers."""
    if step.topic == "balance":
        await balance(turn, step.values.get("currency"))
    elif step.topic == "supplier_review":
        await supplier_reviews(turn, await turn.order(case.order_id or ""))
        turn.conversation.state["looked_at"] = Flow.SUPPLIER_REVIEW.value
    else:
        await status(turn, await turn.order(case.order_id or ""))


async def aside(turn: Turn, command: StartFlow, order: Order | None, slots: dict[str, Any]) -> None:
    """Balance, status and drafts leave the open case as it is."""
    if command.flow is Flow.BALANCE:
        if order is not None and turn.current is None:
            turn.conversation.topic_order = order.id
        await balance(turn, order.currency if order else None)
        return
    if order is None:
        if not turn.outcomes:
            turn.add(Said("which_order_first"))
        return
    if command.flow is Flow.STATUS:
        await status(turn, order)
        return
    turn.conversation.topic_order = order.id
    if "draft" not in slots and _waits_for_the_press(turn, order):
        turn.add(Said("draft_after_card", {"order": order.number}))
        return
    language = slots.get("language") or turn.language_for(order)
    turn.add(Drafted(slots.get("draft") or _likely_draft(order), language, _draft_values(order)))


def _waits_for_the_press(turn: Turn, order: Order) -> bool:
    """Whether the message would tell of a card that nobody has pressed yet."""
    case = turn.current
    return case is not None and case.order_id == order.id and case.status == "proposed"


def _likely_draft(order: Order) -> str:
    if order.refunds and order.refunds[-1].status == "succeeded":
        return "refund_notice"
    statuses = {ret.status.value for ret in order.returns}
    if statuses & {"approved", "in_transit"}:
        return "approval"
    return "rejection" if "rejected" in statuses else "evidence_request"


def _draft_values(order: Order) -> dict[str, Any]:
    return {"order": order.number, "customer": order.customer.name, "order_id": order.id}


async def status(turn: Turn, order: Order) -> None:
    """The order and its history: what was done by whom."""
    turn.conversation.topic_order = order.id
    listed = await turn.tools.call("available_actions", order_id=order.id)
    turn.add(OrderShown(order, listed.value or []))
    await history(turn, order)


async def history(turn: Turn, order: Order) -> None:
    """Refunds, returns and reviews with their state and the people behind them."""
    proposals: list[Proposal] = (await turn.tools.call("order_proposals", order_id=order.id)).value or []
    people = {p.id: (p.created_by_name, p.decided_by_name) for p in proposals}
    rows = []
    for refund in order.refunds:
        proposed, decided = people.get(refund.id, ("", ""))
        who = f", proposed by {proposed}, confirmed by {decided}" if decided else ""
        amount = format_minor(refund.amount, order.currency)
        rows.append(f"Refund of {amount} {order.currency}: {refund.status.value}{who}.")
    for ret in order.returns:
        rows.append(_return_row(order, ret))
    for review in order.supplier_reviews:
        rows.append(review_row(order, review))
    for proposal in proposals:
        if proposal.state is ProposalState.OPEN:
            rows.append(f"{proposal.preview.headline} waits for a decision, by {proposal.created_by_name}.")
    key = "history" if rows else "no_history"
    turn.add(Said(key, {"order": order.number, "rows": rows}, source="get_order"))


def _return_row(order: Order, ret: Return) -> str:
    """A return with its units, its reason and the customer's own words."""
    units = ", ".join(f"{entry.quantity} × {order.line(entry.line).title}" for entry in ret.lines)
    row = f"Return {ret.id} ({ret.initiated_by}): {ret.status.value.replace('_', ' ')}; {units}."
    if counts := _inspected(ret):
        row += f" Inspected: {counts}."
    if parcel := " ".join(filter(None, (ret.carrier, ret.tracking))):
        row += f" Parcel: {parcel}."
    if ret.reason or ret.customer_reason:
        row += f" Reason: {RefundReason(ret.reason).label.lower() if ret.reason else ret.customer_reason}."
    return f"{row} “{ret.customer_words}”" if ret.customer_words else row


def _inspected(ret: Return) -> str:
    """What came back, by its state: ``2 good, 1 missing``; empty before anything is counted."""
    seen = [entry.inspection for entry in ret.lines if entry.inspection]
    sums = {state: sum(getattr(one, state) for one in seen) for state in ("good", "damaged", "missing")}
    return ", ".join(f"{units} {state}" for state, units in sums.items() if units)


async def question(
    turn: Turn, topic: str, text: str, order: Order | None, slots: dict[str, Any] | None = None
) -> None:
    """A free question: from the order where it is about one, else from the knowledge pages, else "I don't know"."""
    name = TOPIC_ACTIONS.get(topic, topic)
    if topic == "open_cases":
        _open_cases(turn)
        return
    if order is not None and name == "create_return" and asked_return(turn, order, text):
        return
    if order is not None and name in ACTION_LABELS and await _why(turn, name, order):
        return
    if topic == "own_limit":
        own_limit(turn, currency_of(text) or (order.currency if order else None))
        return
    if topic == "why_refused" and _refused_before(turn):
        return
    if order is not None and await _about_order(turn, topic, order, slots or {}):
        return
    if topic in ("balance", "payout", "settlement"):
        await balance_question(turn, topic, order, slots or {})
        return
    if _ABOUT_PRESSING.search(text) and await _who_presses(turn):
        return
    of_pages(turn, topic, text, order)


async def _about_order(turn: Turn, topic: str, order: Order, slots: dict[str, Any]) -> bool:
    """What the order itself says of the topic; False where it is about something else."""
    if topic == "refundable":
        await refundable(turn, order)
    elif topic == "return_worth":
        await return_worth(turn, order, slots)
    elif topic == "unit_price":
        await unit_prices(turn, order)
    elif topic == "delivery":
        _delivery(turn, order)
    elif topic == "payment":
        await payments(turn, order)
    elif topic == "supplier_cost":
        await supplier_reviews(turn, order)
    elif topic in ("refund_status", "return_status", "history"):
        await history(turn, order)
        if topic == "return_status":
            turn.conversation.state["looked_at"] = Flow.RETURN_PROGRESS.value
    elif topic == "order":
        await status(turn, order)
    else:
        return False
    return True


def _open_cases(turn: Turn) -> None:
    """What is unfinished in this conversation, the current case first."""
    waiting = [turn.cases[case_id] for case_id in reversed(turn.stack) if case_id in turn.cases]
    rows = [f"{case.order_number or 'no order yet'}: {case_name(case)}." for case in waiting]
    turn.add(Said("open_cases" if rows else "nothing_open", {"rows": rows} if rows else {}))


_ABOUT_PRESSING = re.compile(
    r"\b(?:why|who|whose|how come)\b.*\b(?:confirm|approv|press|sign|second|submit|myself|limit)",
    re.IGNORECASE,
)


async def _who_presses(turn: Turn) -> bool:
    """What keeps this person from pressing the button of the card that is talked about, and who may."""
    case = turn.current
    if case is None or not case.proposal_id:
        return False
    proposal: Proposal = (await turn.tools.call("get_proposal", proposal_id=case.proposal_id)).value
    why = proposal.preview.second_person
    if not why or proposal.state is not ProposalState.OPEN:
        return False
    turn.add(Said("who_presses", {"why": why}, source="get_proposal"))
    return True


async def _why(turn: Turn, name: str, order: Order) -> bool:
    listed = await turn.tools.call("available_actions", order_id=order.id)
    found = [action for action in listed.value or [] if action.name == name]
    if not found:
        return False
    best = next((a for a in found if a.available), found[0])
    values = {"action": ACTION_LABELS[name], "order": order.number, "reason": best.sentence}
    turn.add(Said("action_open" if best.available else "action_closed", values, source="available_actions"))
    return True


def _refused_before(turn: Turn) -> bool:
    """The refusal that the last reply ended on, once more."""
    refused = [Violation.model_validate(one) for one in turn.notes.get("refused") or []]
    if refused:
        turn.add(RefusedNow(refused))
    return bool(refused)


def _delivery(turn: Turn, order: Order) -> None:
    rows = []
    for line in order.lines:
        when = f", {line.fulfilled_at:%d %b %Y}" if line.fulfilled_at else ""
        parcel = f", {line.carrier} {line.tracking}".rstrip() if line.tracking else ""
        rows.append(f"{line.title}: {line.fulfilment.value}{when}{parcel}.")
    turn.add(Said("delivery", {"order": order.number, "rows": rows}, source="get_order"))


async def not_undone(turn: Turn, case: Case) -> None:
    """What cancelling does not take back."""
    if case.order_id is None:
        return
    order = await turn.order(case.order_id)
    given = refunded_total(order)
    if given:
        shown = f"{format_minor(given, order.currency)} {order.currency}"
        left = f"{format_minor(refundable_now(order), order.currency)} {order.currency}"
        turn.add(Said("not_undone", {"given": shown, "left": left}))
