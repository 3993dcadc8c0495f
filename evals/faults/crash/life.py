"""One life of a desk: all that waits is confirmed by two people at once, then worked off; or it dies on the way."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from multiprocessing.connection import wait
from threading import Lock

from domain.ports import UnitOfWork
from evals.faults.crash.hands import LEASE_SECONDS, FreshKeys, LaterClock, Way, a_provider, a_worker
from evals.faults.crash.seam import Boundaries, Watched, WatchedStore
from evals.faults.crash.shop import PEOPLE, SHOP, confirm
from integrations.storage.database import open_database

_ROUNDS = 60
LEASE = timedelta(seconds=LEASE_SECONDS)
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        "evals.faults.crash.life",
        "evals.faults.crash.fleet",
        "integrations.storage.engines.postgres",
        "integrations.storage.engines.sqlite",
        "integrations.storage.migrations",
        "httpcore",
        "h11",
    ]
)


_ASKING = Lock()
"""Who starts a process asks how the others ended; two threads that ask at once are told a wrong code (255)."""


async def live(way: Way, hook: Callable[[str], None] | None = None) -> int:
    """The whole life; how many moments it had. Raises RuntimeError where it does not come to an end."""
    clock = LaterClock(way.minutes)
    boundaries = Boundaries(hook or (lambda name: None))
    inner, adapter = await open_database(way.url, clock=clock, migrate=False), a_provider(way)
    store = WatchedStore(inner, boundaries)
    provider = Watched(FreshKeys(adapter) if way.fresh_keys else adapter, boundaries, "refund", "lookup")
    try:
        await _confirm_all(store)
        worker = a_worker(store, provider, f"w{os.getpid()}", clock)
        for _ in range(_ROUNDS):
            await worker.run_once()
            waiting = [*await inner.jobs.jobs(state="queued"), *await inner.jobs.jobs(state="leased")]
            if not waiting:
                return boundaries.count
            clock.skip_to(max(clock.now() + LEASE, *(job.run_after for job in waiting)))
        raise RuntimeError(f"still waiting: {waiting}")
    finally:
        await adapter.aclose()
        await inner.close()


async def _confirm_all(store: WatchedStore) -> None:
    """Two people press each button at the same moment."""
    waiting = await store.read(SHOP.id, lambda uow: [(p.id, p.sha256) for p in uow.proposals.list_open()])
    for proposal in waiting:
        await asyncio.gather(
            *(store.write(SHOP.id, partial(_press, who=who, seen=proposal)) for who in PEOPLE)
        )


def _press(uow: UnitOfWork, who: str, seen: tuple[str, str]) -> bool:
    return confirm(uow, who, *seen).accepted


def life_that_ends(way: Way, moment: int) -> None:
    """In a process of its own: live until that moment (1 is the first), then kill -9."""

    def hook(name: str) -> None:
        if int(name.split()[0]) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    logging.disable(logging.CRITICAL)
    asyncio.run(live(way, hook))


def killed_at(way: Way, moment: int) -> bool:
    """Live in another process and die at that moment; whether it came to that. Raises RuntimeError for a failure."""
    process = PROCESSES.Process(target=life_that_ends, args=(way, moment))
    with _ASKING:
        process.start()
    ended = wait([process.sentinel], 60)
    with _ASKING:
        if not ended:
            process.kill()
        process.join()
        code = process.exitcode
        process.close()
    if not ended:
        raise RuntimeError(f"it hung before moment {moment}")
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"before moment {moment} the process ended with {code}")
    return code == -signal.SIGKILL
