"""Several processes that confirm and work on one database, each killed with -9 and started again, over and over."""

from __future__ import annotations

import asyncio
import logging
import os
import random
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

from domain.ports import StorageUnavailable, UnitOfWork
from evals.faults.crash.hands import FreshKeys, LaterClock, Way, a_provider, a_worker
from evals.faults.crash.life import PROCESSES
from evals.faults.crash.shop import PEOPLE, SHOP, confirm
from integrations.storage.database import Database, open_database

_PAUSE_SECONDS = 0.15
_LOOKED_AT = 20


def work_here(way: Way, told: Path, stop: Path) -> None:
    """In a process of its own, until it is killed."""
    logging.disable(logging.CRITICAL)  # It is meant to go wrong.
    asyncio.run(_work_here(way, told, stop))


async def _work_here(way: Way, told: Path, stop: Path) -> None:
    """Confirm what waits (until the file `stop` is there) and work; note in `told` what somebody was told."""
    clock = LaterClock()
    store, adapter = await open_database(way.url, clock=clock, migrate=False), a_provider(way)
    worker = a_worker(store, FreshKeys(adapter) if way.fresh_keys else adapter, f"w{os.getpid()}", clock)
    running = asyncio.create_task(worker.run_forever())
    heard = os.open(told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while not await asyncio.to_thread(stop.exists):
        try:
            for accepted in await _press_one(store):
                os.write(heard, f"{accepted}\n".encode())
        except StorageUnavailable:
            continue
        finally:
            await asyncio.sleep(_PAUSE_SECONDS)
    await running


async def _press_one(store: Database) -> list[str]:
    """Two people confirm one of the proposals that wait, at the same moment; its id, once for each who was told so."""
    waiting = await store.read(
        SHOP.id, lambda uow: [(p.id, p.sha256) for p in uow.proposals.list_open(_LOOKED_AT)]
    )
    if not waiting:
        return []
    seen = random.choice(waiting)

    def press(uow: UnitOfWork, who: str) -> bool:
        return confirm(uow, who, *seen).accepted

    presses = [store.write(SHOP.id, lambda uow, who=who: press(uow, who)) for who in PEOPLE]  # type: ignore[misc]
    answers = await asyncio.gather(*presses, return_exceptions=True)
    return [seen[0] for answer in answers if answer is True]


class Fleet:
    """The processes."""

    def __init__(self, way: Way, folder: Path, count: int, seed: int) -> None:
        self._way, self._dice = way, random.Random(seed)
        self.told, self.stop_confirming = folder / f"told-{way.account}", folder / f"stop-{way.account}"
        self._running: list[BaseProcess] = [self._started() for _ in range(count)]
        self.kills = 0

    def _started(self) -> BaseProcess:
        process = PROCESSES.Process(target=work_here, args=(self._way, self.told, self.stop_confirming))
        process.start()
        return process

    def kill_one(self) -> None:
        """-9 for one of them, and another in its place. Raises RuntimeError where one had ended by itself."""
        at = self._dice.randrange(len(self._running))
        self._end(self._running[at])
        self.kills += 1
        self._running[at] = self._started()

    def kill_for_good(self) -> None:
        """-9 for one of them, with none in its place."""
        self._end(self._running.pop())
        self.kills += 1

    def close(self) -> None:
        """End them all."""
        for process in self._running:
            with suppress(RuntimeError):
                self._end(process)

    def heard(self) -> int:
        """Bytes of what was told so far: grows while they work."""
        return self.told.stat().st_size if self.told.exists() else 0

    def told_ids(self) -> list[str]:
        """Proposals that somebody was told are confirmed; a line cut off by a kill counts as not told."""
        if not self.told.exists():
            return []
        return [line for line in self.told.read_text().split("\n")[:-1] if line]

    @staticmethod
    def _end(process: BaseProcess) -> None:
        code = process.exitcode
        process.kill()
        process.join()
        process.close()
        if code is not None:
            raise RuntimeError(f"a process ended by itself with {code}")
