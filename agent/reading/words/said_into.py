"""What a message is said into: the open question or card, and what the order it means stands at."""

from __future__ import annotations

from agent.reading.text.span import Span
from agent.reading.values.spans import bare, find_order_refs
from agent.reading.view import OrderView, TurnView
from agent.reading.words.act import Open


def open_of(view: TurnView, spans: list[Span]) -> Open:
    """What is open; a number that its place tells to be an amount names no order.

    An order is named by its number, by its customer, or by the number of a return it has; a return that is named is
    the one that is meant, whatever other returns the order has.
    """
    read = {bare(str(span.value)) for span in spans if span.kind in {"order", "return"}} | known_numbers(view)
    named = [number for ref in find_order_refs(view.text) if (number := bare(ref)) in read]
    named += [bare(name.order) for name in view.names]
    returns = {str(span.value).lower() for span in spans if span.kind == "return"}
    orders = [order for order in view.orders if bare(order.number) in named or _holds(order, returns)]
    other = bool(orders and view.order and all(order.number != view.order.number for order in orders))
    orders = orders or ([view.order] if view.order else [])
    held = [item for order in orders for item in order.returns]
    meant = [item for item in held if str(item.get("id", "")).lower() in returns] or held
    statuses = {item.get("status") for item in meant}
    reviews = {item.get("status") for order in orders for item in order.supplier_reviews}
    return Open(
        view.pending.slot if view.pending else "",
        view.proposal is not None,
        view.flow or "",
        "requested" in statuses,
        bool(statuses & {"approved", "in_transit"}),
        "received" in statuses,
        bool(reviews & {"requested", "under_review"}),
        bool(reviews),
        any(line.source == "dropshipping" for order in orders for line in order.lines),
        bool(orders),
        other or bool(named and view.order and not returns and bare(view.order.number) not in named),
    )


def known_numbers(view: TurnView) -> frozenset[str]:
    """The numbers of the orders that are loaded, bare."""
    return frozenset(bare(order.number) for order in view.every_order())


def _holds(order: OrderView, returns: set[str]) -> bool:
    return any(str(item.get("id", "")).lower() in returns for item in order.returns)
