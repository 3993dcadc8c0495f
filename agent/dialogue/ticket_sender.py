"""Whose ticket stands beside the talk: the one order of its sender is what staff speak of, where they name no other."""

from __future__ import annotations

from agent.dialogue.finding import MOST_CANDIDATES, by_number, search, with_goods
from agent.dialogue.turn import Turn
from agent.messages import Ticket
from agent.reading.items import mentions_of
from agent.reading.people import goods_runs
from agent.reading.spans import find_order_refs
from agent.reading.view import LineView
from domain.orders.model import Order
from domain.ports import OrderSummary


async def order_of_sender(turn: Turn, text: str) -> Order | None:
    """The only order of the ticket's sender; None where it takes a person to tell which one is meant.

    Nothing the customer wrote chooses it, not even the name: the helpdesk says from which address it came. What
    they wrote can only speak against it: another order's number leaves it an offer, as do goods of another order in
    the staff's own `text`.
    """
    current, ticket = turn.current, turn.ticket
    if ticket is None or not text or (current is not None and current.asked == "order"):
        return None
    found = await _of_sender(turn, ticket)
    if len(found) != 1:
        return None
    order = await turn.order(found[0].id)
    if await _names_another(turn, ticket, order) or await _other_goods(turn, text, order):
        return None
    turn.conversation.topic_order = order.id
    return order


async def _of_sender(turn: Turn, ticket: Ticket) -> list[OrderSummary]:
    """The sender's orders, by the address that the helpdesk has; a name anybody can give, so it only offers."""
    address = ticket.requester_email.strip().casefold()
    if not address:
        return []
    return [order for order in await search(turn, address) if order.email.strip().casefold() == address]


async def _names_another(turn: Turn, ticket: Ticket, order: Order) -> bool:
    """Whether the ticket names the number of another order, or of more than a few."""
    numbers = find_order_refs(f"{ticket.order_hint}\n{ticket.subject}\n{ticket.body[:20_000]}")
    named = [await by_number(turn, number) for number in numbers[: MOST_CANDIDATES + 2]]
    return any(other is not None and other.id != order.id for other in named)


async def _other_goods(turn: Turn, text: str, order: Order) -> bool:
    """Whether staff name goods that only other orders hold."""
    lines = [LineView(id=line.id, sku=line.sku, title=line.title, quantity=1) for line in order.lines]
    if mentions_of(text, lines):
        return False
    for goods in goods_runs(text):
        hits = await with_goods(turn, goods.text) if goods.is_sure else []
        if hits and all(hit.id != order.id for hit in hits):
            return True
    return False
