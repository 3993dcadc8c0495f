"""The index of words that orders are found by: how it is asked, on either database."""

from __future__ import annotations

from integrations.storage.statements import Query

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
