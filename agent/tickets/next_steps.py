"""What to do next about a ticket, the likeliest first: from what the customer claims and what the order allows.

Nothing is decided here. A step is a sentence that staff say by clicking it; the desk answers it like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from agent.reading.goods.items import mentions_of
from agent.reading.values.quantities import quantity_spans
from agent.reading.view import LineView
from agent.tickets.claims import Claims
from domain.actions import Action, ActionName
from domain.orders.model import Line, Order
from domain.orders.value import choice_value, line_state
from domain.reasons import RefundReason
from domain.returns.model import ReturnStatus

Scenario = Literal["review_return", "return_progress", "quality", "send_back", "refund", "supplier", "open"]

_MAIN = {
    "review_return": (ActionName.APPROVE_RETURN, ActionName.REJECT_RETURN, ActionName.REFUND),
    "return_progress": (ActionName.REFUND_RETURN, ActionName.RECEIVE_RETURN, ActionName.CLOSE_RETURN),
    "quality": (ActionName.REFUND, ActionName.CREATE_RETURN, ActionName.APPROVE_RETURN),
    "send_back": (ActionName.CREATE_RETURN, ActionName.REFUND, ActionName.APPROVE_RETURN),
    "refund": (ActionName.REFUND, ActionName.CREATE_RETURN, ActionName.APPROVE_RETURN),
    "supplier": (ActionName.REQUEST_SUPPLIER_REVIEW, ActionName.REFUND, ActionName.CREATE_RETURN),
    "open": (ActionName.REFUND, ActionName.CREATE_RETURN, ActionName.APPROVE_RETURN),
}
"""The ways that are shown with their reason even where they are closed, in the order of likelihood."""

_WORDS = {
    ActionName.REFUND: "refund",
    ActionName.CREATE_RETURN: "open a return",
    ActionName.APPROVE_RETURN: "approve the return request",
    ActionName.REJECT_RETURN: "reject the return request",
    ActionName.RECEIVE_RETURN: "mark the return received",
    ActionName.REFUND_RETURN: "refund the return",
    ActionName.CLOSE_RETURN: "close the return",
    ActionName.CANCEL_RETURN: "cancel the return",
    ActionName.EDIT_RETURN: "edit the return logistics",
    ActionName.REQUEST_SUPPLIER_REVIEW: "request a supplier review",
    ActionName.VIEW_SUPPLIER_REVIEW: "view the supplier review",
    ActionName.CANCEL_SUPPLIER_REVIEW: "cancel the supplier review",
}
_WITH_ITEM = {ActionName.REFUND, ActionName.CREATE_RETURN}
_MOST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """The line the customer's words point at, and how many of it; 0 where they do not say."""

    line: Line
    quantity: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """A way on. `closed`: why it is not open; `amount`: what it would give back, minor units."""

    action: ActionName
    say: str
    item: Item | None = None
    reason: RefundReason | None = None
    amount: int | None = None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The scenario and its ways, open ones first; `others` are all further actions of the order."""

    scenario: Scenario
    steps: list[NextStep] = field(default_factory=list)
    others: list[Action] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


def next_steps(order: Order, actions: Sequence[Action], claims: Claims) -> NextSteps:
    """What the ticket and the order together suggest."""
    scenario = _scenario(order, actions, claims)
    items = claimed_items(order, claims)
    by_name = {action.name: action for action in reversed(actions)}
    by_name |= {action.name: action for action in actions if action.available}
    shown = _MAIN[scenario]
    if scenario == "quality" and claims.wish == "return":
        shown = (ActionName.CREATE_RETURN, ActionName.REFUND, ActionName.APPROVE_RETURN)
    none: list[Item | None] = [None]
    steps = [
        _step(order, by_name[name], item, claims)
        for name in shown
        if name in by_name
        for item in ([*items] if items and name in _WITH_ITEM and by_name[name].available else none)
    ]
    others = [action for name, action in by_name.items() if name not in shown and name in _WORDS]
    return NextSteps(scenario, sorted(steps, key=lambda step: bool(step.closed)), others, items)


def say_action(name: str, number: str) -> str:
    """What clicking an action of the order says."""
    return f"{_WORDS[ActionName(name)]} on {number}"


def _scenario(order: Order, actions: Sequence[Action], claims: Claims) -> Scenario:
    can = {action.name for action in actions if action.available}
    if any(ret.status is ReturnStatus.REQUESTED for ret in order.returns):
        return "review_return"
    if can & {ActionName.REFUND_RETURN, ActionName.RECEIVE_RETURN}:
        return "return_progress"
    if claims.is_quality:
        return "quality"
    if claims.wish == "return" or claims.reason in (RefundReason.CHANGED_MIND, RefundReason.SIZE_OR_FIT):
        return "send_back"
    if claims.reason is not None or claims.wish == "refund":
        return "refund"
    return "open"


def _step(order: Order, action: Action, item: Item | None, claims: Claims) -> NextStep:
    name = action.name
    if not action.available:
        return NextStep(name, "", closed=action.sentence)
    takes = item if name in _WITH_ITEM else None
    words = _WORDS[name]
    if takes is not None:
        units = f"{takes.quantity} " if takes.quantity else ""
        words += f"{' for' if name is ActionName.CREATE_RETURN else ''} {units}{takes.line.title}"
    words += f" on {order.number}"
    reason = claims.reason if name in (*_WITH_ITEM, ActionName.APPROVE_RETURN) else None
    if reason is not None:
        words += f", {reason.label.lower()}"
    amount = choice_value(order, takes.line, takes.quantity) if takes and takes.quantity else None
    return NextStep(name, words, takes, reason, amount)


def claimed_items(order: Order, claims: Claims) -> list[Item]:
    """The lines that the quoted words name, in their order, as far as there is something left of them."""
    views = [
        LineView(id=line.id, sku=line.sku, title=line.title, variant=line.variant, quantity=line.quantity)
        for line in order.lines
    ]
    found: dict[str, Item] = {}
    for quote in claims.quotes:
        named = list(dict.fromkeys(m.lines[0] for m in mentions_of(quote, views) if m.sure))
        for line_id in named:
            line = order.line(line_id)
            left = line_state(order, line).refundable_quantity
            if left and line_id not in found:
                found[line_id] = Item(line, _quantity(quote if len(named) == 1 else "", left))
    return list(found.values())[:_MOST_ITEMS]


def _quantity(quote: str, left: int) -> int:
    if left == 1:
        return 1
    told = [span.value for span in quantity_spans(quote)]
    number = told[0] if told else 0
    if number == "all":
        return left
    return number if isinstance(number, int) and 0 < number <= left else 0
