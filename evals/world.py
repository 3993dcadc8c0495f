"""The desk of one case, put together in this process: fresh database, still clock, scripted provider."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from agent.graph import build_graph
from agent.reading.view import Reader
from agent.runner import Desk
from domain.ports import RecordingProvider, UnitOfWork
from domain.proposals.service import expire_if_due
from evals.beside import Metered
from evals.cases import CaseShape
from evals.orders import START
from evals.seed import MERCHANT, merchant_of, seed
from integrations.assembly import make_worker
from integrations.payments.sandbox import SandboxProvider
from integrations.storage.checkpoints import checkpointer
from integrations.storage.database import Database, open_database
from integrations.work.worker import Worker

LATER = timedelta(minutes=5)
"""How far ahead of the case's clock the worker looks between two turns: people take their time, retries come due."""


class StillClock:
    """Time that only moves when it is told to."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._at

    def move(self, minutes: float) -> None:
        """Time passes."""
        self._at += timedelta(minutes=minutes)

    @contextmanager
    def ahead(self, by: timedelta) -> Iterator[None]:
        """Look at the world as it will be; then be back."""
        at, self._at = self._at, self._at + by
        try:
            yield
        finally:
            self._at = at


class CaseIds:
    """Ids that are the same in every run of a case, in the order in which they are made."""

    _ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

    def __init__(self, case_id: str) -> None:
        self._case, self._count = case_id, 0

    def new(self, prefix: str) -> str:
        """The next id."""
        self._count += 1
        digest = hashlib.sha256(f"{self._case}:{self._count}".encode()).digest()
        tail = "".join(self._ALPHABET[byte & 31] for byte in digest[:12])
        return f"{prefix}_{self._count:08}{tail}"


class World:
    """Everything that runs for one case."""

    store: Database
    provider: SandboxProvider
    worker: Worker
    desk: Desk

    def __init__(self, case: CaseShape, reader: Reader, folder: Path) -> None:
        self.case, self.reader, self.folder = case, Metered(reader), folder
        self.clock, self.ids = StillClock(), CaseIds(case.id)
        self._opened = AsyncExitStack()

    async def open(self) -> None:
        """Open everything on the case's own database."""
        url = f"sqlite:///{self.folder / 'desk.db'}"
        self.store = await open_database(url, clock=self.clock, ids=self.ids)
        self._opened.push_async_callback(self.store.close)
        self.provider = SandboxProvider(self.folder / "sandbox.db", clock=self.clock)
        self._opened.callback(self.provider.close)
        self.worker = make_worker(self.store, self.reached(), "evals", self.clock)
        self.worker.every(30, self._expire)
        graph = build_graph(await self._opened.enter_async_context(checkpointer(url)))
        merchant = merchant_of(self.case)
        self.desk = Desk(self.store, merchant, self.reader, graph, self._execute, self.clock, self.ids)

    def reached(self) -> RecordingProvider:
        """The provider as the worker reaches it."""
        return self.provider

    async def seed(self) -> None:
        """Fill the fresh database. Raises Refused."""
        await seed(self.store, self.case)

    async def close(self) -> None:
        """Close everything; the files stay."""
        await self._opened.aclose()

    async def restart(self) -> None:
        """As after a crash: only the files survive. The new worker takes up what was left."""
        await self.close()
        await self.open()
        await self.catch_up()

    async def catch_up(self) -> None:
        """What the worker does while people think: retries come due, though the case's clock stands still."""
        with self.clock.ahead(LATER):
            await self.worker.run_once()

    async def wait(self, minutes: float) -> None:
        """Time passes: chores are done, then jobs that came due."""
        self.clock.move(minutes)
        await self.worker.housekeeping()
        await self.worker.run_once()

    async def _execute(self, merchant_id: str, proposal_id: str) -> None:
        await self.worker.run_once()

    async def _expire(self) -> None:
        def work(uow: UnitOfWork) -> None:
            for proposal in uow.proposals.list_open(1000):
                expire_if_due(uow, proposal)

        await self.store.write(MERCHANT, work)
