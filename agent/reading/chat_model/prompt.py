"""What a chat model gets to read: one fixed prompt, then the turn in a few short lines.

Sent are: the message, and of each order in view its number, currency, and numbered line titles; the open question with
its choices; what the open case knows, as codes and numbers; earlier cases by number. Never sent are ticket text,
customer names and addresses, notes, explanations, evidence, payments or balances.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent.reading.grounding.slot_values import numbered_lines
from agent.reading.text.quoting import split_quoted
from agent.reading.view import OrderView, PendingView, TurnView
from agent.texts.prompts import Document, MissingVariable, document, variables
from domain.reasons import RefundReason, RejectReason

PATH = "reader.md"
MOST_TEXT, _MOST_LINES, _MOST_OPTIONS, _MOST_TITLE = 4000, 12, 8, 60
_TOPICS = (
    "refund", "create_return", "review_return", "edit_return", "receive_return", "close_return", "cancel_return",
    "supplier_review", "waive_evidence", "refund_status", "return_status", "delivery", "order", "history", "balance",
    "payout", "settlement", "policy", "capabilities",
)  # fmt: skip
VALUES: Mapping[str, str] = {
    "topics": ", ".join(_TOPICS),
    "reasons": ", ".join(RefundReason),
    "reject_reasons": ", ".join(RejectReason),
}
_NAMED_BY_CUSTOMER = frozenset({"order", "order_query", "return_id"})
_CODED = frozenset(
    "reason issue return_reason reject_reason decision label return_needed quantity review_kind verdict draft".split()
)
_MONEY = frozenset("amount shipping return_fee restocking_fee return_cost review_amount".split())


@dataclass(frozen=True, slots=True)
class Prompt:
    """The prompt, filled in, with what identifies it."""

    text: str
    version: str
    """Version and the first half of the file's hash: ``"1 4f0c…"``."""


def load_prompt(source: Document | None = None) -> Prompt:
    """The prompt from `prompts/reader.md`.

    Raises MissingVariable when it names a variable there is no value for, or no longer names one that it must.
    """
    found = source or document(PATH)
    named = variables(found.body)
    for variable in sorted(named ^ set(VALUES)):
        raise MissingVariable(found.name, variable)
    if "version" not in found.meta:
        raise MissingVariable(found.name, "version")
    return Prompt(found.body.format(**VALUES), f"{found.meta['version']} {found.sha256[:32]}")


def describe(view: TurnView) -> str:
    """The turn in a few lines; texts that are data stand in JSON quotes, each on one line."""
    own, _ = split_quoted(view.text)
    rows = [*_orders(view), *_case(view), f"message: {_quoted(own.strip(), MOST_TEXT)}"]
    return "\n".join(rows)


def _orders(view: TurnView) -> list[str]:
    rows = []
    topic = view.order.number if view.order else None
    places = {line.id: at for at, line in enumerate(numbered_lines(view), 1)}
    orders = {order.number: order for order in [*([view.order] if view.order else []), *view.orders]}
    for number, order in orders.items():
        rows.append(f"{'topic' if number == topic else 'order'}: {_quoted(number)} {order.currency}")
        if order.lines:
            rows.append("lines: " + "; ".join(_lines(order, places)))
        if order.returns:
            listed = (f"{_quoted(ret.get('id', ''))} {ret.get('status', '')}" for ret in order.returns[:4])
            rows.append("returns: " + "; ".join(listed))
    return rows


def _lines(order: OrderView, places: Mapping[str, int]) -> list[str]:
    shown = []
    for line in order.lines[:_MOST_LINES]:
        title = f"{line.title}, {line.variant}" if line.variant else line.title
        supplied = "" if line.source == "own" else " (supplier)"
        shown.append(f"{places[line.id]} {_quoted(title, _MOST_TITLE)} x{line.quantity}{supplied}")
    return shown


def _case(view: TurnView) -> list[str]:
    rows = []
    if view.flow:
        rows.append(f"open: {view.flow}")
    known = _known(view)
    if known:
        rows.append("known: " + ", ".join(known))
    if view.pending is not None:
        rows.append(f"asked: {view.pending.slot}{_options(view.pending)}")
    if view.proposal is not None:
        rows.append("card: waits for a button")
    if view.cases:
        rows.append(
            "earlier cases: " + ", ".join(_quoted(case.order) for case in view.cases[-4:] if case.order)
        )
    if view.attachments:
        rows.append(f"files: {len(view.attachments)}")
    return rows


def _options(pending: PendingView) -> str:
    """Choices by label, save where a label carries a customer's name."""
    if pending.slot in _NAMED_BY_CUSTOMER or not pending.options:
        return ""
    labels = [_quoted(option.label, _MOST_TITLE) for option in pending.options[:_MOST_OPTIONS]]
    return f", one of {', '.join(labels)}"


def _known(view: TurnView) -> list[str]:
    found = []
    places = {line.id: at for at, line in enumerate(numbered_lines(view), 1)}
    for name, value in view.slots.items():
        if name in _CODED and isinstance(value, str | bool | int):
            found.append(f"{name} {str(value).lower()[:30]}")
        elif name in _MONEY and isinstance(value, dict):
            found.append(f"{name} {_amount(value)}")
        elif name == "line" and isinstance(value, list):
            found.append(
                "line " + " ".join(_entry(entry, places) for entry in value if isinstance(entry, dict))
            )
    return found


def _amount(value: dict[str, Any]) -> str:
    if value.get("kind") == "exact":
        return f"{value.get('value')} {value.get('currency') or ''}".strip()
    return f"{value.get('value')}%" if value.get("kind") == "percent" else str(value.get("kind"))


def _entry(entry: dict[str, Any], places: Mapping[str, int]) -> str:
    units = f" x{entry['quantity']}" if entry.get("quantity") else ""
    return f"{places.get(str(entry.get('line')), '?')}{units}"


def _quoted(text: str | None, most: int = 40) -> str:
    return json.dumps(" ".join((text or "").split())[:most], ensure_ascii=False)
