"""Whose order is meant: words of the message looked up among the shop's customers, in the database."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.dialogue.finding import like_order, ticket_orders
from agent.dialogue.turn import Turn
from agent.reading.answers.free_text import FREE_TEXT
from agent.reading.goods.items import mentions_of
from agent.reading.view import NameView
from agent.reading.words.people import (
    Name,
    full_names,
    is_likely,
    is_sure,
    name_words,
    owned_names,
    single_names,
)
from domain.orders.model import Order
from domain.ports import NamedOrders, OrderSummary

_BARE = 3
"""Words of a message that only names somebody ("Lopez again please")."""
MOST = 10
"""Orders of one customer that are looked at, to tell which of them is meant."""


async def named_customers(turn: Turn, text: str) -> list[NameView]:
    """Customers that the message names for sure, each with the one order that fits, or none where several do.

    What is not sure is kept in ``turn.notes["maybe"]``: orders to offer when it is asked which one is meant.
    """
    current = turn.current
    if current is not None and current.status == "open" and current.asked in FREE_TEXT:
        return []
    found: list[NameView] = []
    named: list[tuple[Name, NamedOrders]] = []
    for names in (full_names, single_names, owned_names):
        named = named or await _named(turn, names(text))
    for name, hit in named:
        fits = [order for order in hit.orders if _holds(order, name)]
        if not fits or _is_staff(turn, name):
            continue
        told = [order for order in fits if _is_sure(turn, text, name, order, also_goods=hit.also_goods)]
        told = told or await _of_ticket(turn, name, fits)
        if not told and is_likely(name):
            turn.notes.setdefault("maybe", []).extend(fits)
        elif told and (view := _view(turn, text, name, told)) is not None:
            found.append(view)
    return found


_OTHER_ORDER = re.compile(
    r"\b(?:(?:her|his|their|the (?:customer|client)['’]s) (?:other|second|2nd) (?:order|purchase)"
    r"|the other order (?:of hers|of his"
    r"|of theirs|she has|he has|they have|she placed|he placed))\b",
    re.IGNORECASE,
)


async def other_order(turn: Turn, text: str, topic: Order | None) -> list[NameView]:
    """The only other order of the topic's customer ("her other order"), with nothing open; of several it is asked."""
    said = _OTHER_ORDER.search(text)
    if said is None or topic is None or turn.current is not None:
        return []
    outcome = await turn.tools.call("find_customers", names=[topic.customer.name], limit=MOST)
    hits: list[NamedOrders] = outcome.value or []
    others = [
        order
        for hit in hits
        for order in hit.orders
        if order.customer == topic.customer.name and order.id != topic.id
    ]
    if len(others) == 1:
        return [NameView(text=said.group(), order=others[0].number)]
    return [NameView(text=said.group(), query=topic.customer.name)] if others else []


async def _named(turn: Turn, names: list[Name]) -> list[tuple[Name, NamedOrders]]:
    """The names that are somebody's."""
    if not names:
        return []
    outcome = await turn.tools.call("find_customers", names=[name.key for name in names], limit=MOST)
    found: list[NamedOrders] = outcome.value or []
    return [(name, hit) for name, hit in zip(names, found, strict=False) if hit.orders]


def _holds(order: OrderSummary, name: Name) -> bool:
    """Whether the words stand side by side in the customer's name, in either order."""
    words, said = name_words(order.customer), name_words(name.key)
    runs = [words[at : at + len(said)] for at in range(len(words))]
    return said in runs or said[::-1] in runs


def _is_staff(turn: Turn, name: Name) -> bool:
    return set(name_words(name.key)) <= set(name_words(turn.staff.name))


def _is_sure(turn: Turn, text: str, name: Name, order: OrderSummary, *, also_goods: bool) -> bool:
    """Whether the words are the customer's name by how they stand there, or by the goods of theirs named with it."""
    customer = name_words(order.customer)
    mid = turn.current is not None and turn.current.order_id is not None
    if is_sure(name, customer, also_goods=also_goods, mid=mid):
        return True
    is_surname = name.words[0].low == customer[-1] and not also_goods and not name.words[0].is_of_work
    return is_surname and not mid and bool(mentions_of(_besides(text, name), like_order(order)))


async def _of_ticket(turn: Turn, name: Name, fits: list[OrderSummary]) -> list[OrderSummary]:
    """Those that the ticket is about besides: its customer is named, however the name is written."""
    if turn.ticket is None or not is_likely(name) or name.words[0].is_of_work:
        return []
    of_ticket = {order.id for order in await ticket_orders(turn)}
    return [order for order in fits if order.id in of_ticket]


def _besides(text: str, name: Name) -> str:
    """The message with the name blanked out."""
    return text[: name.start] + " " * (name.end - name.start) + text[name.end :]


def _view(turn: Turn, text: str, name: Name, fits: Sequence[OrderSummary]) -> NameView | None:
    """What the name names; nothing where it is the customer whose order is talked about already."""
    current = turn.current
    topic = (current.order_id if current else None) or turn.conversation.topic_order
    said = text[name.start : name.end]
    about = next((order for order in fits if order.id == topic), None)
    if about is not None:
        return NameView(text=said, order=about.number) if len(text.split()) <= _BARE else None
    offered = (
        {option["value"] for option in current.options} if current and current.asked == "order" else set()
    )
    left = [order for order in fits if order.number in offered] or list(fits)
    if len(left) > 1:
        goods = _besides(text, name)
        left = [order for order in left if mentions_of(goods, like_order(order))] or left
    if len(left) == 1:
        return NameView(text=said, order=left[0].number)
    return NameView(text=said, query=" ".join(word.text for word in name.words))
