"""Erasing a customer's personal data: orders, proposals, conversations, messages, tickets, files, the full-text index.

The ledger and the audit trail hold figures, codes and ids only (:mod:`domain.proposals.words`), so they stay as they
are and their chain stays whole. Conversations about the customer's orders lose all that was said in them; elsewhere,
single messages that name the customer do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from domain.orders.erasure import ERASED, erase_customer, files_of, on_its_way
from domain.orders.model import Order
from domain.ports import UnitOfWork
from domain.proposals.model import ProposalState
from domain.rules import Refused, Rule, Violation, broken
from integrations.administration.commands import Erase
from integrations.administration.office import Office
from integrations.administration.reach import local_tickets_of, personal_of
from integrations.administration.redaction import Redaction
from integrations.storage.repositories.personal import PLACES, Place

_MOST_ORDERS = 10_000
_BATCH = 200


@dataclass(slots=True)
class _Found:
    """What speaks of the customer."""

    orders: list[str] = field(default_factory=list)
    rows: list[tuple[Place, Any, str]] = field(default_factory=list)
    """Place, key and the text that takes its place."""
    conversations: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    """Of the built-in helpdesk; another helpdesk's are erased there."""

    def counts(self) -> dict[str, int]:
        named = {
            place.table: len({key for at, key, _ in self.rows if at.table == place.table}) for place in PLACES
        }
        counts = {"orders": len(self.orders), "files": len(self.files), "tickets": len(self.tickets)}
        return counts | named


async def erase(office: Office, command: Erase) -> dict[str, Any]:
    """How much was erased (or would be). Raises Refused while something is on its way; then nothing is."""
    email = command.customer.casefold()
    orders = await office.store.read(office.merchant_id, lambda uow: _orders_of(uow, email))
    if problems := [problem for order, open_ones in orders for problem in _obstacles(order, open_ones)]:
        raise Refused(*problems)
    found = await _look(office, email, [order for order, _ in orders])
    if not command.dry_run:
        await _carry_out(office, found)
    return {**found.counts(), "dry_run": command.dry_run}


def _orders_of(uow: UnitOfWork, email: str) -> list[tuple[Order, bool]]:
    """The customer's orders, each with whether a proposal on it is open."""
    hits = uow.orders.search(email, _MOST_ORDERS)
    orders = [uow.orders.get(hit.id) for hit in hits if hit.email.casefold() == email]
    return [
        (order, any(p.state is ProposalState.OPEN for p in uow.proposals.for_order(order.id)))
        for order in orders
        if order is not None
    ]


def _obstacles(order: Order, has_open_proposal: bool) -> list[Violation]:
    words = on_its_way(order) + (["a proposal is open"] if has_open_proposal else [])
    limit = "a customer with nothing on its way"
    return [
        broken(Rule.FIELD_INVALID, "customer", limit=limit, value=f"{order.number}: {word}") for word in words
    ]


async def _look(office: Office, email: str, orders: list[Order]) -> _Found:
    """Go through everything that may speak of them, a page at a time."""
    redaction = Redaction(
        order_ids={order.id for order in orders},
        needles={email, *(order.customer.name.casefold() for order in orders)} - {ERASED.casefold(), ""},
    )
    found = _Found(orders=[order.id for order in orders])
    for order in orders:
        found.files |= files_of(order)
    for place in sorted(PLACES, key=lambda each: _SEQUENCE.index(each.table)):
        await _scan(office, place, redaction, found)
    found.conversations, found.files = redaction.conversations, found.files | redaction.files

    def answers(uow: UnitOfWork) -> list[tuple[str, str, str]]:
        return [
            key for key, body in personal_of(uow).answers() if redaction.names(body.decode(errors="replace"))
        ]

    found.answers = await office.store.read(office.merchant_id, answers)
    found.tickets = await office.store.read(
        office.merchant_id, lambda uow: local_tickets_of(uow).naming(redaction.names)
    )
    return found


_SEQUENCE = ("cases", "conversations", "messages", "proposals", "slack_posts", "jobs")
"""Cases tell which conversations are about the customer's orders, and those which messages."""


async def _scan(office: Office, place: Place, redaction: Redaction, found: _Found) -> None:
    after: Any = 0 if place.serial else ""
    while True:
        last = after
        page = await office.store.read(
            office.merchant_id,
            lambda uow, last=last: personal_of(uow).page(place, last),  # type: ignore[misc]
        )
        if not page:
            return
        for key, text in page:
            after = key
            if (changed := redaction.of(place, text)) is not None and changed != text:
                found.rows.append((place, key, changed))


async def _carry_out(office: Office, found: _Found) -> None:
    """Orders last: they are what the rest is found by, so what broke off is found again."""
    for start in range(0, len(found.rows), _BATCH):
        rows = found.rows[start : start + _BATCH]
        await office.store.write(office.merchant_id, _rewriting(rows))

    def last(uow: UnitOfWork) -> None:
        personal_of(uow).drop_snapshots()
        for key in found.answers:
            personal_of(uow).drop_answer(key)
        for sha256 in found.files:
            personal_of(uow).drop_file(sha256)
        for ticket_id in found.tickets:
            local_tickets_of(uow).drop(ticket_id)
        for order_id in found.orders:
            order = uow.orders.get(order_id)
            if order is None:
                continue
            if problems := _obstacles(order, uow.proposals.open_for_order(order_id) is not None):
                raise Refused(*problems)
            erase_customer(order)
            uow.orders.save(order)
            office.note(uow, "customer.erased", order.id, {"order": order.number})

    await office.store.write(office.merchant_id, last)
    for conversation_id in found.conversations:
        await office.forget_thread(conversation_id)
    await office.scrub()


def _rewriting(rows: list[tuple[Place, Any, str]]) -> Callable[[UnitOfWork], None]:
    def work(uow: UnitOfWork) -> None:
        for place, key, doc in rows:
            personal_of(uow).rewrite(place, key, doc)

    return work
