"""An order by its number, and by words, among 1,000,000 orders against 1,000; SQLite and PostgreSQL.

One order is stored by the repository; the rest are copies of its row, made by the database itself with another
number, customer and day, so that every column and index holds what the repository would have written.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from evals.bench.figures import Figure, Measured, median, ms, spread
from evals.bench.place import Place
from evals.bench.shop import MERCHANT, add_orders, opened
from integrations.storage import Database, open_database

SEED = 9_000_000
"""Number of the order that the others are copies of; as long as all the other numbers."""
FIRST = 1_000_000

_CHANGED = (
    "'order-' || n, '#' || n, cast(n as text), '{name} ' || (n % 50000), 'customer' || n || '@example.com', currency, "
    "placed_at, version, revision, replace(replace(search_text, '{seed}', cast(n as text)), '{words}', '{words} ' || "
    "(n % 50000)), replace(replace(doc, '{seed}', cast(n as text)), '{name}', '{name} ' || (n % 50000))"
)
"""The family name of every customer ends in a number that 1 in 50,000 orders shares."""
_COLUMNS = (
    "merchant_id, id, number, number_key, customer, email, currency, placed_at, version, revision, "
    "search_text, doc"
)
_SQLITE = (
    "with recursive numbers(n) as (select {first} union all select n + 1 from numbers where n < {last}) "
    "insert into orders ({columns}) select merchant_id, {changed} from orders, numbers where id = 'order-{seed}'"
)
_POSTGRES = (
    "insert into orders ({columns}) select merchant_id, {changed} "
    "from orders, generate_series({first}, {last}) as s(n) where id = 'order-{seed}'"
)

_INDEXES = (
    "select indexname, indexdef from pg_indexes where tablename = 'orders' and indexdef not like '%UNIQUE%'"
)
"""Those that are quicker made anew over all rows than kept up with each."""

Look = Callable[[Database, int], Awaitable[object]]


def run(place: Place) -> Measured:
    """Both databases, both sizes, in turn."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    small, large = place.size(1000, 50), place.size(1_000_000, 500)
    rows: list[tuple[str, ...]] = []
    figures: list[Figure] = []
    for name, url in (("sqlite", place.sqlite), ("pg", place.cluster.database)):
        few, few_seconds = await _filled(url(), small)
        many, many_seconds = await _filled(url(), large)
        try:
            for what, look in (("number", _by_number), ("words", _by_words)):
                ratios, a, b = await _compare(place, look, (few, small), (many, large))
                figures.append(
                    Figure(f"lookup_{what}_{name}", median(ratios), 1.5, False, f"rounds {spread(ratios)}")
                )
                rows.append((name, what, ms(a), ms(b), f"{few_seconds:.0f} s, {many_seconds:.0f} s"))
        finally:
            await few.close()
            await many.close()
    return Measured(figures, ("database", "by", f"p50 of {small:,}", f"p50 of {large:,}", "filled in"), rows)


async def _filled(url: str, count: int) -> tuple[Database, float]:
    """The shop with so many orders; and how long that took."""
    started = time.perf_counter()
    store = await opened(url, confirmers=1)
    await add_orders(store, [SEED])
    order = await store.read(MERCHANT.id, lambda uow: uow.orders.get(f"order-{SEED}"))
    assert order is not None
    name = order.customer.name
    words = " ".join(_plain(name))
    await store.close()
    changed = _CHANGED.format(name=name, seed=SEED, words=words)
    given = {"columns": _COLUMNS, "changed": changed, "first": FIRST, "last": FIRST + count - 2, "seed": SEED}
    await asyncio.to_thread(_copy, url, given)
    return await open_database(url), time.perf_counter() - started


def _plain(name: str) -> list[str]:
    from integrations.storage.mapping import words

    return words(name)


def _copy(url: str, given: dict[str, object]) -> None:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(Path(url.removeprefix("sqlite:///")), isolation_level=None)
        connection.execute("pragma journal_mode = wal")
        connection.execute(_SQLITE.format(**given))
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.close()
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as to:
        to.execute("set maintenance_work_mem = '256MB'")
        made = to.execute(_INDEXES).fetchall()
        for name, _ in made:
            to.execute(f"drop index {name}".encode())
        to.execute(_POSTGRES.format(**given).encode())
        for _, definition in made:
            to.execute(definition.encode())
        to.execute("vacuum analyze orders")


async def _compare(
    place: Place, look: Look, few: tuple[Database, int], many: tuple[Database, int]
) -> tuple[list[float], float, float]:
    chance = random.Random(7)
    ratios, less, more = [], [], []
    for at in range(place.rounds + 1):
        seconds: tuple[list[float], list[float]] = ([], [])
        for _ in range(place.size(300, 10)):
            for (store, count), found in zip((few, many), seconds, strict=True):
                number = FIRST + chance.randrange(count - 2)
                started = time.perf_counter()
                result = await look(store, number)
                found.append(time.perf_counter() - started)
                assert result, f"order {number} was not found"
        if at:  # The first round warms the caches.
            less.append(median(seconds[0]))
            more.append(median(seconds[1]))
            ratios.append(more[-1] / less[-1])
    return ratios, median(less), median(more)


async def _by_number(store: Database, number: int) -> object:
    return await store.read(MERCHANT.id, lambda uow: uow.orders.by_number(f"#{number}"))


async def _by_words(store: Database, number: int) -> Sequence[object]:
    return await store.read(MERCHANT.id, lambda uow: uow.orders.search(f"customer{number}@example.com"))
