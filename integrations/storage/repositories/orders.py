"""Orders: a row an order, the aggregate as JSON, found by number through a unique index and by words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.orders.model import Order
from domain.ports import ConcurrentChange, NamedOrders, OrderSummary
from integrations.storage.link import Link
from integrations.storage.mapping import (
    brief,
    found_by,
    number_key,
    part_numbers,
    search_text,
    summary,
    words,
)
from integrations.storage.repositories.order_words import (
    BY_EMAIL,
    RECENT,
    SEARCH,
    in_title,
    matching,
    newest,
    with_goods,
)
from integrations.storage.statements import Query, insert, update

_GET = Query(
    "orders",
    "select doc, version, revision from orders where merchant_id = :merchant and id = :id",
    contended=True,
)
_BY_NUMBER = Query(
    "orders",
    "select doc, version, revision from orders where merchant_id = :merchant and number_key = :key",
    contended=True,
)
_KNOWN = Query(
    "orders",
    sqlite="select number_key from orders where merchant_id = :merchant "
    "and number_key in (select value from json_each(:ids))",
    postgres="select number_key from orders where merchant_id = :merchant and number_key = any(:ids)",
)
_BY_PAYMENT = Query(
    "orders payment_refs",
    "select o.doc, o.version, o.revision from payment_refs as p "
    "join orders as o on o.merchant_id = p.merchant_id and o.id = p.order_id "
    "where p.merchant_id = :merchant and p.provider = :provider and p.ref = :ref",
)
_REFUNDED = Query(
    "ledger_entries",
    "select distinct order_id from ledger_entries where merchant_id = :merchant and kind = 'refund' "
    "and at >= :since_at and at < :until_at and order_id is not null order by order_id",
)
_VERSION = Query("orders", "select version, revision from orders where merchant_id = :merchant and id = :id")
_TAKEN = Query(
    "",  # What this work holds back is known by its claims, so it need not go out before: an import stays one write.
    "select 1 from orders where merchant_id = :merchant and (number_key = :key or id = :id) limit 1",
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")

_COLUMNS = (
    "merchant_id",
    "id",
    "number",
    "number_key",
    "customer",
    "email",
    "currency",
    "placed_at",
    "version",
    "revision",
    "search_text",
    "doc",
)
_CHUNK = 1000
_SHARING = 5
"""Orders looked at for a return's number: its words may stand in a few others."""
_ADD = insert(20, "orders", _COLUMNS, keys=2, exact=True)
_IMPORT = insert(20, "orders", _COLUMNS, returning="id")
_SAVE = update(
    10,
    "orders",
    ("merchant_id", "id", "revision", "version", "doc"),
    keys=2,
    change="doc = k.doc, version = k.version, revision = t.revision + 1",
    guard="t.revision = k.revision",
)
_SAVE_WORDS = update(
    11,
    "orders",
    ("merchant_id", "id", "number", "customer", "email", "search_text"),
    keys=2,
    change="number = k.number, customer = k.customer, email = k.email, search_text = k.search_text",
    guard="true",
)


_ADD_REFS = insert(22, "payment_refs", ("merchant_id", "provider", "ref", "order_id"), keys=3)


@dataclass(slots=True)
class _Seen:
    """An order as this transaction last read or wrote it."""

    version: int
    revision: int
    words: tuple[str, ...] | None
    refs: frozenset[tuple[str, str]] = frozenset()
    saved: bool = False


class Orders:
    """Orders of one merchant.

    `version` is the business's count; `revision` grows with every write, so that two writers who both leave the
    version alone (evidence, notes) do not overwrite each other.
    """

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id
        self._seen: dict[str, _Seen] = {}
        self._free: set[str] = set()
        """Numbers this transaction has seen to be nobody's; who is faster than it is noticed when it writes."""

    def get(self, order_id: str) -> Order | None:
        """The order of that id."""
        return self._one(_GET, id=order_id)

    def by_number(self, number: str) -> Order | None:
        """The order of that number; `#`, case and surrounding space do not matter."""
        return self._one(_BY_NUMBER, key=number_key(number))

    def by_part(self, number: str) -> Order | None:
        """The one order that has a return or a supplier review of that number; none where two have."""
        wanted, likely = number.strip().casefold(), words(number)
        found = [self.get(item.id) for item in self._holding(likely, "", _SHARING)] if likely else []
        fits = [
            order for order in found if order is not None and wanted in map(str.casefold, part_numbers(order))
        ]
        return fits[0] if len(fits) == 1 else None

    def _one(self, query: Query, **parameters: str) -> Order | None:
        for doc, version, revision in self._link.rows(query, merchant=self._merchant, **parameters):
            order = Order.model_validate_json(doc)
            order.version = version
            self._seen[order.id] = _Seen(version, revision, found_by(order), _payment_refs(order))
            return order
        return None

    def known_numbers(self, numbers: Sequence[str]) -> set[str]:
        """Those of these numbers that an order has already, as they were given; one look-up for all of them."""
        keys = {number: number_key(number) for number in numbers}
        asked = {"merchant": self._merchant, "ids": self._link.array(list(set(keys.values())))}
        taken = {row[0] for row in self._link.rows(_KNOWN, **asked)}
        self._free |= set(keys.values()) - taken
        return {number for number, key in keys.items() if key in taken}

    def by_payment(self, provider: str, refs: Sequence[str]) -> Order | None:
        """The order with a payment that the provider knows by one of these names."""
        for ref in refs:
            found = self._one(_BY_PAYMENT, provider=provider, ref=ref)
            if found is not None:
                return found
        return None

    def refunded_between(self, since: datetime, until: datetime) -> list[str]:
        """Ids of orders with ledger rows of refunds from `since` until before `until`."""
        asked = {"merchant": self._merchant, "since_at": since, "until_at": until}
        return [str(row[0]) for row in self._link.rows(_REFUNDED, **asked)]

    def search(self, text: str, limit: int = 10) -> list[OrderSummary]:
        """Orders that hold all the words in customer, e-mail, number or titles; where none does, words that begin so.

        A whole e-mail address has an index of its own. Whole words are looked up before beginnings because they cost
        the same however many orders there are: the rarest of them leads. A beginning has to be gathered from every
        word it begins, and `com` of an address begins a million.
        """
        wanted = words(text)
        if not wanted:
            return []
        if _EMAIL.fullmatch(address := text.strip().lower()):
            rows = self._link.rows(BY_EMAIL, merchant=self._merchant, email=address, limit=limit)
            if rows:
                return [summary(row) for row in rows]
        return self._holding(wanted, "", limit) or self._holding(wanted, "*", limit)

    def of_customer(self, name: str, limit: int = 10) -> NamedOrders:
        """Orders whose customer's name holds all these words; whole words, by the index alone."""
        wanted = words(name)
        named, others = newest(self._link, self._merchant, wanted, "", limit)
        orders = [brief(order) for order in self._read(named)]
        goods = [*orders, *(brief(order) for order in self._read(others if orders else []))]
        return NamedOrders(orders, any(in_title(order, wanted) for order in goods))

    def of_goods(self, text: str, limit: int = 10) -> list[OrderSummary]:
        """Orders with an item whose title holds all these words, in the singular or plural; newest first."""
        return with_goods(self._link, self._merchant, self._read, words(text), limit)

    def _read(self, ids: list[str]) -> list[Order]:
        return [order for order_id in ids if (order := self.get(order_id)) is not None]

    def _holding(self, wanted: list[str], end: str, limit: int) -> list[OrderSummary]:
        """`end`: ``*`` for words that begin so, else nothing."""
        match = matching(self._link.dialect, wanted, end)
        rows = self._link.rows(SEARCH, merchant=self._merchant, words=match, limit=limit)
        return [summary(row) for row in rows]

    def recent(self, limit: int = 10) -> list[OrderSummary]:
        """The newest orders."""
        return [summary(row) for row in self._link.rows(RECENT, merchant=self._merchant, limit=limit)]

    def add(self, order: Order) -> bool:
        """Store a new order; False (and nothing done) where the number or the id exists already."""
        key = number_key(order.number)
        mine = {("orders", self._merchant, order.id), ("orders.number", self._merchant, key)}
        if not mine.isdisjoint(self._link.pending.claims):
            return False
        if key not in self._free and self._link.rows(_TAKEN, merchant=self._merchant, key=key, id=order.id):
            return False
        self._link.pending.add(_ADD, self._row(order))
        self._note_refs(order, _payment_refs(order))
        self._link.pending.claims |= mine
        return True

    def add_many(self, orders: Iterable[Order]) -> set[str]:
        """Store new orders at once; the ids of those that were stored (the others' number or id existed)."""
        fresh: dict[str, Order] = {}
        for order in orders:
            fresh.setdefault(number_key(order.number), order)
        rows = [self._row(order) for order in fresh.values()]
        stored: set[str] = set()
        for start in range(0, len(rows), _CHUNK):
            stored.update(row[0] for row in self._link.bulk(_IMPORT, rows[start : start + _CHUNK])[1])
        for order in fresh.values():
            if order.id in stored:
                self._note_refs(order, _payment_refs(order))
        return stored

    def save(self, order: Order, *, bump: bool = True) -> None:
        """Write back; `order.version` is the version that was read, and grows by one unless `bump` is False.

        Raises ConcurrentChange when somebody wrote in between (at the latest when the work has ended).
        """
        seen = self._seen.get(order.id) or self._look(order.id)
        if order.version != seen.version:
            raise ConcurrentChange(f"order {order.id} is at version {seen.version}, not {order.version}")
        key = (self._merchant, order.id)
        if seen.saved and self._link.pending.get(_SAVE, key) is None:
            seen.revision += 1
        order.version = seen.version = order.version + bump
        row = (*key, seen.revision, order.version, order.model_dump_json())
        self._link.pending.add(_SAVE, row)
        known_by = found_by(order)
        if known_by != seen.words:
            customer = order.customer
            self._link.pending.add(
                _SAVE_WORDS, (*key, order.number, customer.name, customer.email, search_text(order))
            )
        refs = _payment_refs(order)
        self._note_refs(order, refs - seen.refs)
        seen.words, seen.refs, seen.saved = known_by, refs, True

    def _note_refs(self, order: Order, refs: frozenset[tuple[str, str]]) -> None:
        """Payments can be found by the provider's names for them; the first order that has one keeps it."""
        for provider, ref in refs:
            self._link.pending.add(_ADD_REFS, (self._merchant, provider, ref, order.id))

    def _look(self, order_id: str) -> _Seen:
        for version, revision in self._link.rows(_VERSION, merchant=self._merchant, id=order_id):
            return self._seen.setdefault(order_id, _Seen(version, revision, None))
        raise ConcurrentChange(f"order {order_id} is not there")

    def _row(self, order: Order) -> tuple[object, ...]:
        return (
            self._merchant,
            order.id,
            order.number,
            number_key(order.number),
            order.customer.name,
            order.customer.email,
            order.currency,
            order.placed_at,
            order.version,
            1,
            search_text(order),
            order.model_dump_json(),
        )


def _payment_refs(order: Order) -> frozenset[tuple[str, str]]:
    return frozenset(
        (payment.provider, payment.provider_ref) for payment in order.payments if payment.provider_ref
    )
