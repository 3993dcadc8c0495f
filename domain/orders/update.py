"""A newer document of an order that is here already: what happened to it in the shop since.

Taken over: how far each line has come with carrier and tracking number, payments that were captured since, disputes,
the address and note, and refunds, returns, supplier reviews and messages that are not known yet. What the desk itself
did comes back under its own id and is known. Nothing that was bought may differ, and nothing known is taken away.

The books are not changed in the past: rows of what is new stand at the moment it was heard of.
"""

from __future__ import annotations

from typing import Any

from domain.balances.model import Posting
from domain.balances.postings import refund_postings
from domain.balances.service import post_due_settlements
from domain.identity import SYSTEM
from domain.lifecycle import move
from domain.orders.arrival import post_with_settlements
from domain.orders.captures import take_payments
from domain.orders.document import LinePart, OrderDocument
from domain.orders.history import add_history, check_fields
from domain.orders.intake import SettlementDue
from domain.orders.model import FULFILLED, FULFILMENT, Fulfilment, Line, LogEntry, Order
from domain.orders.problems import Problems
from domain.ports import AuditEvent, UnitOfWork
from domain.returns.model import RETURN, ReturnEvent, ReturnStatus
from domain.rules import Refused, Rule, broken

_QUIET = frozenset({"note", "communication_log"})
"""Changes that alter no action, so that an open proposal stays valid."""


def update_order(uow: UnitOfWork, document: OrderDocument, *, actor: str = SYSTEM) -> list[str]:
    """Take over what is new; names of what changed, empty where nothing did. Doing it again changes nothing.

    Raises Refused: order_not_found, and every problem of the document with its field; then nothing is changed.
    """
    post_due_settlements(uow)
    order = uow.orders.by_number(document.number)
    if order is None:
        raise Refused(broken(Rule.ORDER_NOT_FOUND, "number", value=document.number))
    problems = Problems(order.currency)
    _same_goods(order, document, problems)
    problems.refuse()
    changed, postings, due = _facts(uow, order, document, problems)
    problems.refuse()
    changed += _moved_returns(uow, order, document, actor)
    postings += add_happenings(uow, order, _not_known(uow, order, document), actor, changed)
    if changed:
        uow.orders.save(order, bump=not _QUIET.issuperset(changed))
        post_with_settlements(uow, postings, due, batch=f"{order.id}:{order.version}")
        uow.audit.append(
            AuditEvent("order.updated", order.id, actor, uow.now, {"what": sorted(set(changed))})
        )
    return changed


def add_happenings(
    uow: UnitOfWork, order: Order, document: OrderDocument, by: str, changed: list[str]
) -> list[Posting]:
    """Put the history of a document, all of it new, into the order; the rows it posts. Raises Refused."""
    problems = Problems(order.currency)
    check_fields(document, problems)
    problems.refuse()
    known = len(order.refunds)
    postings = add_history(order, document, problems)
    problems.refuse()
    for refund in order.refunds[known:]:
        refund.proposed_by = refund.confirmed_by = by
        if refund.counts:
            postings += refund_postings(order, refund, uow.now)
    changed += [name for name in ("refunds", "returns", "supplier_reviews") if getattr(document, name)]
    return postings


def _same_goods(order: Order, document: OrderDocument, problems: Problems) -> None:
    """What was bought, and in which currency, is what it was."""
    if document.currency != order.currency:
        problems.add(Rule.CURRENCY_MISMATCH, "currency", limit=order.currency, value=document.currency)
        return
    if len(document.lines) != len(order.lines):
        problems.add(
            Rule.FIELD_INVALID,
            "lines",
            limit=f"the {len(order.lines)} lines it has",
            value=len(document.lines),
        )
        return
    for i, (line, part) in enumerate(zip(order.lines, document.lines, strict=True)):
        given = (part.sku, part.quantity, problems.amount(part.unit_price, f"lines[{i}].unit_price"))
        if given != (line.sku, line.quantity, line.unit_price):
            bought = f"{line.quantity} × {line.sku} at {problems.shown(line.unit_price)}"
            shown = f"{part.quantity} × {part.sku} at {part.unit_price}"
            problems.add(Rule.FIELD_INVALID, f"lines[{i}]", limit=bought, value=shown)


def _facts(
    uow: UnitOfWork, order: Order, document: OrderDocument, problems: Problems
) -> tuple[list[str], list[Posting], list[SettlementDue]]:
    changed: list[str] = []
    for line, part in zip(order.lines, document.lines, strict=True):
        changed += _line_facts(uow, line, part)
    for name in ("address", "note", "refunds_blocked"):
        changed += _set(order, name, getattr(document, name))
    postings, due = take_payments(uow, order, document, problems, changed)
    told = {(entry.at, entry.text) for entry in order.communication_log}
    for entry in document.communication_log:
        at = entry.at or order.placed_at
        if (at, entry.text) not in told:
            said = entry.model_dump() | {"at": at}
            order.communication_log.append(LogEntry(**said))
            changed.append("communication_log")
    return changed, postings, due


def _set(thing: Any, name: str, value: Any) -> list[str]:
    if getattr(thing, name) == value:
        return []
    setattr(thing, name, value)
    return [name]


def _line_facts(uow: UnitOfWork, line: Line, part: LinePart) -> list[str]:
    changed: list[str] = []
    if part.fulfilment is not line.fulfilment and part.fulfilment in _ahead(line.fulfilment):
        line.fulfilment = part.fulfilment
        changed.append("fulfilment")
        if line.fulfilment in FULFILLED and line.fulfilled_at is None:
            line.fulfilled_at = part.fulfilled_at or uow.now
    for name in ("carrier", "tracking"):
        if getattr(part, name):
            changed += _set(line, name, getattr(part, name))
    return changed


def _ahead(state: Fulfilment) -> set[Fulfilment]:
    """Every state that can still be reached: news that come out of order never take a line back."""
    found: set[Fulfilment] = set()
    waiting = list(FULFILMENT[state])
    while waiting:
        reached = waiting.pop()
        if reached not in found:
            found.add(reached)
            waiting += FULFILMENT[reached]
    return found


_MOVED_ELSEWHERE = frozenset(
    {ReturnStatus.APPROVED, ReturnStatus.REJECTED, ReturnStatus.IN_TRANSIT, ReturnStatus.CANCELLED}
)
"""What a return may have become in the shop; goods are received and inspected, and returns closed, at the desk."""


def _moved_returns(uow: UnitOfWork, order: Order, document: OrderDocument, actor: str) -> list[str]:
    """Returns that were decided or withdrawn in the shop itself, along the return's own table."""
    changed: list[str] = []
    known = {name: ret for ret in order.returns for name in (ret.id, ret.request_id) if name}
    for part in document.returns:
        ret = known.get(part.id or "")
        if ret is None or part.status not in _MOVED_ELSEWHERE & RETURN[ret.status]:
            continue
        ret.status = move("return", RETURN, ret.status, part.status)
        ret.history.append(ReturnEvent(at=uow.now, by=actor, what=f"{part.status.value} in the shop"))
        changed.append("returns")
    return changed


def _not_known(uow: UnitOfWork, order: Order, document: OrderDocument) -> OrderDocument:
    """The document with only the refunds, returns and reviews that are not on the order, as heard of now.

    A part without an id is known by its place, as at import.
    """
    refunds = {refund.id for refund in order.refunds}
    returns = {ret.id for ret in order.returns} | {ret.request_id for ret in order.returns}
    reviews = {review.id for review in order.supplier_reviews}
    named = {
        name: [
            part.model_copy(update={"id": part.id or f"{prefix}{i + 1}"})
            for i, part in enumerate(getattr(document, name))
        ]
        for name, prefix in (("refunds", "R"), ("returns", "RT"), ("supplier_reviews", "SR"))
    }
    new = {
        "refunds": [
            part.model_copy(update={"created_at": uow.now})
            for part in named["refunds"]
            if refunds.isdisjoint({part.id, f"{order.id}-{part.id}"})
        ],
        "returns": [part for part in named["returns"] if part.id not in returns],
        "supplier_reviews": [part for part in named["supplier_reviews"] if part.id not in reviews],
        "communication_log": [],
    }
    return document.model_copy(update=new)
