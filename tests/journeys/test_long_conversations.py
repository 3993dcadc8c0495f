"""A conversation of hundreds of turns costs its next turn what the first ones cost, and leaves nothing behind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from evals.bench import desks
from evals.bench.rows.growth import _bytes as bytes_of
from evals.bench.script import messages
from evals.bench.shop import MERCHANT, add_orders, opened
from integrations.storage.checkpoints import checkpointer

CYCLES, TURNS = 100, 3


def checkpoints(path: Path) -> int:
    connection = sqlite3.connect(path.with_name(f"{path.stem}-graph.db"))
    try:
        return sum(
            connection.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("checkpoints", "writes")
        )
    finally:
        connection.close()


async def test_after_three_hundred_turns_state_is_as_small_as_after_thirty(tmp_path):
    path = tmp_path / "desk.db"
    store = await opened(f"sqlite:///{path}", confirmers=1)
    await add_orders(store, range(1, CYCLES + 1))
    grown: list[int] = []
    waiting: list[int] = []
    try:
        async with checkpointer(f"sqlite:///{path}") as saver:
            desk = desks.a_desk(store, saver)
            before = bytes_of(path)
            for at in range(CYCLES):
                first, second = messages(at + 1)
                await desks.say(desk, "long", f"{at}a", first)
                card = desks.card_of(await desks.say(desk, "long", f"{at}b", second))
                waiting.append(checkpoints(path))
                await desks.confirm(desk, "long", f"{at}c", card)
                after = bytes_of(path)
                grown.append(after - before)
                before = after
        conversation = await store.read(MERCHANT.id, lambda uow: uow.conversations.by_thread("bench", "long"))
    finally:
        await store.close()
    assert sum(grown[-10:]) <= 1.1 * sum(grown[5:15])
    assert max(waiting[10:]) <= max(waiting[:10])
    assert checkpoints(path) == 0
    assert conversation is not None
    assert conversation.stack == []
