"""Turn 300 of one conversation against turn 10: time and bytes a turn.

A long conversation and fresh ones take turns, three turns at a time (refund, answer, press), each on an order of its
own, so that what differs is the conversation's length and nothing else. Bytes are the contents of every column of
the desk's own tables and of the checkpoints, so that pages and free space do not matter.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from agent.runner import Desk
from evals.bench import desks
from evals.bench.figures import Figure, Measured, median, ms, spread
from evals.bench.place import Place
from evals.bench.script import messages
from evals.bench.shop import add_orders, opened
from integrations.storage.checkpoints import checkpointer

TURNS = 3
"""Of one cycle."""


def run(place: Place) -> Measured:
    """Age a conversation, then measure in turn."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    samples, aged = place.size(15, 2), place.size(297, 12)
    url = place.sqlite()
    path = Path(url.removeprefix("sqlite:///"))
    count = aged // TURNS + samples * 5
    store = await opened(url, confirmers=1)
    numbers = iter(range(1, count + 1))
    await add_orders(store, range(1, count + 1))
    found: dict[str, list[tuple[float, float]]] = {"10": [], "300": []}
    try:
        async with checkpointer(url) as saver:
            desk = desks.a_desk(store, saver)
            for at in range(aged // TURNS):
                await _cycle(desk, "old", f"age{at}", next(numbers))
            for at in range(samples):
                for cycle in range(3):
                    await _cycle(desk, f"new{at}", f"age{cycle}", next(numbers))
                found["10"].append(await _sample(desk, path, f"new{at}", f"at{at}", numbers))
                found["300"].append(await _sample(desk, path, "old", f"at{at}", numbers))
    finally:
        await store.close()
    return _measured(found["10"], found["300"])


async def _cycle(desk: Desk, thread: str, event: str, number: int) -> None:
    first, second = messages(number)
    await desks.say(desk, thread, f"{event}a", first)
    card = desks.card_of(await desks.say(desk, thread, f"{event}b", second))
    await desks.confirm(desk, thread, f"{event}c", card)


async def _sample(
    desk: Desk, path: Path, thread: str, event: str, numbers: Iterator[int]
) -> tuple[float, float]:
    """Seconds and bytes of a turn."""
    before = await asyncio.to_thread(_bytes, path)
    started = time.perf_counter()
    await _cycle(desk, thread, event, next(numbers))
    seconds = time.perf_counter() - started
    return seconds / TURNS, (await asyncio.to_thread(_bytes, path) - before) / TURNS


def _bytes(path: Path) -> int:
    """The contents of both files."""
    return sum(_contents(file) for file in (path, path.with_name(f"{path.stem}-graph.db")))


def _contents(path: Path) -> int:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = "select name from sqlite_master where type = 'table' and sql not like '%VIRTUAL%' "
        tables = [row[0] for row in connection.execute(names + "and name not like 'orders_words%'")]
        return sum(_table(connection, table) for table in tables)
    finally:
        connection.close()


def _table(connection: sqlite3.Connection, table: str) -> int:
    columns = [row[1] for row in connection.execute("select * from pragma_table_info(?)", (table,))]
    sizes = " + ".join(f'coalesce(length(cast("{column}" as blob)), 0)' for column in columns)
    return int(connection.execute(f'select coalesce(sum({sizes}), 0) from "{table}"').fetchone()[0])  # noqa: S608


def _measured(early: list[tuple[float, float]], late: list[tuple[float, float]]) -> Measured:
    seconds = [b[0] / a[0] for a, b in zip(early, late, strict=True)]
    sizes = [b[1] / a[1] for a, b in zip(early, late, strict=True)]
    rows = [
        (name, ms(median([s for s, _ in values])), f"{median([size for _, size in values]):.0f}")
        for name, values in (("turn 10", early), ("turn 300", late))
    ]
    time_ratio = median([s for s, _ in late]) / median([s for s, _ in early])
    return Measured(
        [
            Figure("growth_time_ratio", time_ratio, 1.1, False, f"pairs {spread(seconds)}"),
            Figure("growth_bytes_ratio", median(sizes), 1.1, False, f"pairs {spread(sizes)}"),
        ],
        ("at", "time a turn", "bytes a turn"),
        rows,
    )
