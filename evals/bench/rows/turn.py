"""A guided turn's own cost in process, on SQLite: the desk against LangGraph's prebuilt agent, same saver database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

from evals.bench import desks, peer
from evals.bench.figures import Figure, Measured, median, ms, spread
from evals.bench.place import Place
from evals.bench.script import messages
from evals.bench.shop import MERCHANT, add_orders, opened
from integrations.storage import Database
from integrations.storage.checkpoints import checkpointer

Say = Callable[[str, int, str], Awaitable[object]]


def run(place: Place) -> Measured:
    """Conversations of both sides in turn."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    each = place.size(60, 4)
    url = place.sqlite()
    store = await opened(url, confirmers=1)
    numbers = iter(range(1, 2 * each * place.rounds + 21))
    await add_orders(store, range(1, 2 * each * place.rounds + 21))
    ours: list[float] = []
    theirs: list[float] = []
    try:
        async with checkpointer(url) as saver:
            sides = await _sides(store, saver)
            for say in sides:
                for _ in range(10):
                    await _conversation(say, next(numbers))
            for _ in range(place.rounds):
                pairs = [[await _conversation(say, next(numbers)) for say in sides] for _ in range(each)]
                ours.append(median([pair[0] for pair in pairs]))
                theirs.append(median([pair[1] for pair in pairs]))
    finally:
        await store.close()
    return _measured(ours, theirs)


async def _sides(store: Database, saver: BaseCheckpointSaver[Any]) -> tuple[Say, Say]:
    """The desk and the prebuilt agent."""
    desk = desks.a_desk(store, saver)
    actor = await store.read(MERCHANT.id, lambda uow: uow.staff.get(desks.STAFF))
    assert actor is not None
    agent = peer.build_peer(store, MERCHANT.id, actor, saver)

    async def desk_says(thread: str, at: int, text: str) -> object:
        return await desks.say(desk, thread, str(at), text)

    async def peer_says(thread: str, at: int, text: str) -> object:
        return await peer.say(agent, thread, text)

    return desk_says, peer_says


async def _conversation(say: Say, number: int) -> float:
    """Seconds a turn, of the two turns of a conversation about a fresh order."""
    texts = messages(number)
    started = time.perf_counter()
    for at, text in enumerate(texts):
        await say(f"thread-{number}", at, text)
    return (time.perf_counter() - started) / len(texts)


def _measured(ours: list[float], theirs: list[float]) -> Measured:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    rows = [(str(at + 1), ms(a), ms(b)) for at, (a, b) in enumerate(zip(ours, theirs, strict=True))]
    figure = Figure("turn_ratio", median(ratios), 0.8, False, f"rounds {spread(ratios)}")
    return Measured([figure], ("round", "desk, p50 a turn", "prebuilt agent, p50 a turn"), rows)
