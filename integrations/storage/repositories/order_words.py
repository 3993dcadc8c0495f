"""The index of words that orders are found by: how it is asked, on either database."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.orders.model import Order
from domain.ports import OrderSummary
from integrations.storage.link import Link
from integrations.storage.mapping import brief, words
from integrations.storage.statements import Query

SHARING = 5
"""Orders looked at beside those that fit: their words may stand elsewhere in them."""
LOOKED_AT = 500
"""Orders looked at for a customer's name: its words may stand in the goods of many others."""
SUMMARY = "o.id, o.number, o.customer, o.email, o.currency, o.placed_at, o.doc"
NEWEST = "order by o.placed_at desc, o.serial desc limit :limit"
RECENT = Query("orders", f"select {SUMMARY} from orders as o where o.merchant_id = :merchant {NEWEST}")
BY_EMAIL = Query(
    "orders",
    # The "+" keeps SQLite, which knows nothing about how many share an address, from walking all orders by date.
    sqlite=f"select {SUMMARY} from orders as o where o.merchant_id = :merchant and lower(o.email) = :email "
    "order by +o.placed_at desc, o.serial desc limit :limit",
    # "materialized" does so on PostgreSQL, which knows it only once it has analysed the table.
    postgres="with hits as materialized "
    "(select serial from orders where merchant_id = :merchant and lower(email) = :email) "
    f"select {SUMMARY} from hits join orders as o on o.serial = hits.serial {NEWEST}",
)
SEARCH = Query(
    "orders",
    # "cross" keeps the order of the tables: else SQLite may walk all orders by date and search the words of each.
    sqlite=f"select {SUMMARY} from orders_words as w cross join orders as o on o.serial = w.rowid "
    f"where w.search_text match :words and o.merchant_id = :merchant {NEWEST}",
    # "materialized" for the same reason: the words are looked up first, whatever the planner expects of them.
    postgres="with hits as materialized "
    "(select serial from orders where search_words @@ :words::tsquery and merchant_id = :merchant) "
    f"select {SUMMARY} from hits join orders as o on o.serial = hits.serial {NEWEST}",
)

NAMED = Query(
    "orders",
    # The words are looked up first, and of those that many orders hold (goods' words) only the newest are looked at.
    sqlite="select o.id, o.customer from (select rowid from orders_words where search_text match :words "
    f"order by rowid desc limit {LOOKED_AT}) as w cross join orders as o on o.serial = w.rowid "
    "where o.merchant_id = :merchant",
    postgres="with hits as materialized "
    "(select serial from orders where search_words @@ :words::tsquery and merchant_id = :merchant) "
    f"select o.id, o.customer from (select serial from hits order by serial desc limit {LOOKED_AT}) as w "
    "join orders as o on o.serial = w.serial order by o.serial desc",
)


def matching(dialect: str, wanted: list[str], end: str = "") -> str:
    """What the index is asked for orders that hold all these words; `end` is ``*`` for words that begin so."""
    if dialect == "sqlite":
        return " ".join(f'"{word}"{end}' for word in wanted)
    return " & ".join(f"'{word}'{end and ':*'}" for word in wanted)


def newest(link: Link, merchant: str, wanted: list[str], end: str, most: int) -> tuple[list[str], list[str]]:
    """Ids of the newest orders that hold all these words: those whose customer is called so, and the others.

    At most `most` of each.
    """
    rows = link.rows(NAMED, merchant=merchant, words=matching(link.dialect, wanted, end)) if wanted else []
    named: list[str] = []
    others: list[str] = []
    for order_id, customer in rows:
        kept = named if set(wanted) <= set(words(customer)) else others
        if len(kept) < most:
            kept.append(order_id)
        if len(named) == most:
            break
    return named, others


def with_goods(
    link: Link, merchant: str, read: Callable[[list[str]], list[Order]], wanted: list[str], limit: int
) -> list[OrderSummary]:
    """Orders with an item whose title holds all these words, newest first: the very words, else in any number."""
    for end in ("", "*"):
        said = [stem(word) for word in wanted] if end else wanted
        named, others = newest(link, merchant, said, end, limit + SHARING)
        listed = [brief(order) for order in read([*others, *named])]
        if fits := [each for each in listed if in_title(each, said, begins=bool(end))]:
            return sorted(fits, key=lambda each: each.placed_at, reverse=True)[:limit]
    return []


def stem(word: str) -> str:
    """A word without the s of its plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def in_title(order: OrderSummary, wanted: Sequence[str], *, begins: bool = False) -> bool:
    """Whether one of its goods is called by all these words, or by words that begin so."""
    for title in order.titles:
        held = words(title)
        if all(any(word == w or (begins and w.startswith(word)) for w in held) for word in wanted):
            return True
    return False
