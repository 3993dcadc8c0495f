"""Which orders a ticket may be about: found from its fields, its words and who wrote it. Offers, never facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from agent.messages import Ticket
from agent.reading.values.spans import find_order_refs
from domain.orders.model import Order
from domain.ports import OrderSummary, UnitOfWork

MOST = 6
_MOST_NUMBERS = 5

Why = Literal["field", "number", "email", "name"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order and what speaks for it. `belongs`: its customer's address is the one the ticket came from."""

    order: OrderSummary
    why: Why
    belongs: bool


def find_candidates(uow: UnitOfWork, ticket: Ticket) -> list[Candidate]:
    """By the custom field, else by numbers in the text, else by address, else by name; newest first within each."""
    for why, text in (("field", ticket.order_hint), ("number", f"{ticket.subject}\n{ticket.body[:20_000]}")):
        numbers = find_order_refs(text)[:_MOST_NUMBERS]
        if why == "field" and not numbers and text.strip():
            numbers = [text.strip()[:80]]
        found = _by_number(uow, numbers)
        if found:
            return [_candidate(summary_of(order), why, ticket) for order in found]  # type: ignore[arg-type]
    address, name = ticket.requester_email.strip(), ticket.requester.strip()
    if address:
        listed = [each for each in uow.orders.search(address, MOST) if _same(each.email, address)]
        if listed:
            return [_candidate(each, "email", ticket) for each in listed]
    if name:
        listed = [each for each in uow.orders.search(name, MOST) if _same(each.customer, name)]
        return [_candidate(each, "name", ticket) for each in listed]
    return []


def the_one(candidates: Sequence[Candidate]) -> Candidate | None:
    """The order that can be shown at once: the only one, and of the very customer who writes. Else people choose."""
    if len(candidates) == 1 and candidates[0].belongs:
        return candidates[0]
    return None


def summary_of(order: Order) -> OrderSummary:
    """An order as a line in a list."""
    titles = [line.title for line in order.lines]
    customer = order.customer
    return OrderSummary(
        order.id, order.number, customer.name, customer.email, order.currency, order.placed_at, titles
    )


def _by_number(uow: UnitOfWork, numbers: Sequence[str]) -> list[Order]:
    found = {order.id: order for number in numbers if (order := uow.orders.by_number(number)) is not None}
    return list(found.values())


def _candidate(order: OrderSummary, why: Why, ticket: Ticket) -> Candidate:
    return Candidate(order, why, _same(order.email, ticket.requester_email))


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()
