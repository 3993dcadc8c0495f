"""Scripted cases on a running server: the world of each, and the HTTP app of the desk in it."""

from __future__ import annotations

import asyncio
import itertools
import logging
import secrets
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI
from pydantic import Field, ValidationError

from agent.reading.view import Reader
from domain.identity import Role
from evals.cases import CaseShape, Limits, OrderChanged, ProviderFault, Restart, Wait
from evals.driver import InProcessDriver
from evals.order_shapes import Shape
from evals.run import NoSuchReader, reader_by_name
from evals.seed import ACTOR
from evals.snapshot import Snapshot
from evals.world import CaseIds, World
from integrations.bootstrap import Application
from integrations.http.access import Scope
from integrations.http.app import create_app
from integrations.http.problems import Problem

PREFIX = "/trial"
MOST_OPEN, IDLE_SECONDS = 64, 900.0
"""So many cases at once; one that nobody asked about for so long is closed when the next one comes."""
DAYS = 36_500
"""A token lasts however long a case lets time pass."""

log = logging.getLogger(__name__)


class OtherStaff(Shape):
    """A second member of staff is needed."""

    event: Literal["other_staff"]
    role: Role
    limit: Limits = Field(default_factory=dict)


class CatchUp(Shape):
    """What was left undone is taken up, as the worker does while people think."""

    event: Literal["catch_up"]


Event = Annotated[
    Wait | ProviderFault | OrderChanged | Restart | OtherStaff | CatchUp, Field(discriminator="event")
]


class TrialIds(CaseIds):
    """The ids of a replay in process; tokens, which only a server needs, are not counted."""

    def new(self, prefix: str) -> str:
        """The next id."""
        return f"tok_{secrets.token_hex(10)}" if prefix == "tok" else super().new(prefix)


class ErrorsOnly:
    """Takes the place of a desk's log of requests: the server's own has them already."""

    def info(self, event: str, **fields: Any) -> None:
        """Nothing."""

    def error(self, event: str, **fields: Any) -> None:
        """What nobody foresaw."""
        log.error(event, exc_info=fields.get("exc_info"))


class Trial:
    """One case: its world, and the HTTP app of the desk in it."""

    web: FastAPI
    start: Snapshot

    def __init__(self, number: int, case: CaseShape, reader: Reader, server: Application) -> None:
        self.number, self.used, self._server = number, time.monotonic(), server
        self._folder = tempfile.TemporaryDirectory(prefix="desk-trial-")
        self.world = World(case, reader, Path(self._folder.name))
        self.world.ids = TrialIds(case.id)
        self.driver = InProcessDriver(case, reader, self.world)

    async def open(self) -> dict[str, Any]:
        """Set the scene; what a client needs to speak. Raises Refused where a history breaks a rule of the page."""
        await self.world.open()
        await self.world.seed()
        self.start = await self.driver.snapshot()
        self._serve()
        base = f"{PREFIX}/{self.number}"
        tokens = {"actor": await self.token(ACTOR)}
        return {"number": self.number, "base": base, "tokens": tokens, "reader": self.driver.reader}

    async def token(self, staff_id: str) -> str:
        """A token of this person's."""
        token: str = await self.web.state.tokens.new(staff_id, list(Scope), days=DAYS, name="trial")
        return token

    async def happen(self, event: Event) -> dict[str, Any]:
        """What happens between two words. Raises Refused."""
        if isinstance(event, Wait):
            await self.driver.wait(event.minutes)
        elif isinstance(event, ProviderFault):
            await self.driver.fault(event.answer)
        elif isinstance(event, OrderChanged):
            await self.driver.change(event)
        elif isinstance(event, Restart):
            await self.web.state.turns.close()
            await self.driver.restart()
            self._serve()
        elif isinstance(event, OtherStaff):
            staff_id = await self.driver.other_staff(event.role, event.limit)
            return {"staff": staff_id, "token": await self.token(staff_id)}
        else:
            await self.driver.catch_up()
        return {}

    async def close(self) -> None:
        """Let running turns end, close everything, forget the files."""
        try:
            if hasattr(self, "web"):
                await self.web.state.turns.close()
            await self.world.close()
        finally:
            await asyncio.to_thread(self._folder.cleanup)

    def _serve(self) -> None:
        world, server = self.world, self._server.settings
        changes = {
            "data": world.folder, "database_url": "", "merchant": world.desk.merchant.id, "requests_per_second": 0,
        }  # fmt: skip
        settings = server.model_copy(update=changes)
        parts = (world.store, world.desk.merchant, world.desk, world.worker, world.provider)
        self.web = create_app(Application(settings, *parts), log=ErrorsOnly())


class Trials:
    """The cases that are open on a server."""

    def __init__(self, server: Application) -> None:
        self._server = server
        self._readers = {server.desk.reader.name: server.desk.reader}
        self._open: dict[int, Trial] = {}
        self._numbers = itertools.count(1)

    def reader(self, name: str) -> Reader:
        """The server's own where no other is asked for. Raises Problem 422."""
        if not name:
            return self._server.desk.reader
        if name not in self._readers:
            try:
                self._readers[name] = reader_by_name(name)
            except NoSuchReader as error:
                raise Problem(422, "reader_unknown", str(error)) from None
        return self._readers[name]

    async def begin(self, case: CaseShape, reader: str) -> dict[str, Any]:
        """Open a case. Raises Problem, Refused."""
        await self._tidy()
        trial = Trial(next(self._numbers), case, self.reader(reader), self._server)
        self._open[trial.number] = trial
        try:
            return await trial.open()
        except BaseException as error:
            await self.end(trial.number)
            if isinstance(error, ValidationError):
                raise Problem(422, "case_does_not_fit", str(error)) from None
            raise

    def get(self, number: int) -> Trial:
        """An open case. Raises Problem 404."""
        trial = self._open.get(number)
        if trial is None:
            raise Problem(404, "trial_not_found", f"No case {number} is open here.")
        trial.used = time.monotonic()
        return trial

    async def end(self, number: int) -> None:
        """Close a case, if it is open."""
        trial = self._open.pop(number, None)
        if trial is not None:
            await trial.close()

    async def close(self) -> None:
        """Close all of them."""
        for number in list(self._open):
            await self.end(number)

    async def _tidy(self) -> None:
        before = time.monotonic() - IDLE_SECONDS
        for number in [trial.number for trial in self._open.values() if trial.used < before]:
            await self.end(number)
        if len(self._open) >= MOST_OPEN:
            raise Problem(503, "too_many_trials", f"{MOST_OPEN} cases are open already; close one first.")
