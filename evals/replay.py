"""One case, replayed turn by turn, as a trace."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from agent.messages import Reply
from agent.reading.view import Reader
from domain.orders.model import Order
from domain.rules import Refused
from evals.beside import Beside
from evals.cases import Attach, CaseShape, FileShape, OrderChanged, ProviderFault, Restart, Say, Wait
from evals.driver import Driver, PressTurn, in_process
from evals.snapshot import Snapshot
from evals.trace import add_reply, command_trace, proposal_trace, refused, turn_trace

MOST_SECONDS = 120.0
"""A case that takes longer is broken."""

log = logging.getLogger(__name__)


async def replay(case: CaseShape, reader: Reader) -> dict[str, Any]:
    """The trace of a case in a world of its own, in this process."""
    return await replay_through(in_process(case, reader), case, reader.name)


async def replay_through(
    desk: AbstractAsyncContextManager[Driver], case: CaseShape, reader: str
) -> dict[str, Any]:
    """The trace of a case at that desk. What breaks is told in `error` and ends the case."""
    return (await tell(desk, case, reader)).trace


@dataclass(frozen=True, slots=True)
class Told:
    """A case's trace, and what stands beside it."""

    trace: dict[str, Any]
    beside: Beside


async def tell(desk: AbstractAsyncContextManager[Driver], case: CaseShape, reader: str) -> Told:
    """The trace of a case at that desk with what the trace does not say."""
    began = time.perf_counter()
    beside, seconds = Beside(), list[float]()
    trace: dict[str, Any] = {"id": case.id, "seconds": 0.0, "reader": reader, "error": None, "turns": []}
    trace["end"] = None
    try:
        async with asyncio.timeout(MOST_SECONDS), desk as driver:
            trace["reader"] = driver.reader
            start = await driver.snapshot()
            await Replay(case, driver, trace, start, seconds).turns()
            trace["end"] = await driver.end(start)
            beside = await driver.beside()
    except Exception as error:
        _note(trace, error, "the case")
    trace["seconds"] = round(time.perf_counter() - began, 3)
    beside.turn_seconds = seconds
    return Told(trace, beside)


def _note(trace: dict[str, Any], error: BaseException, where: str) -> None:
    log.debug("%s broke", where, exc_info=error)
    if trace["error"] is None:
        trace["error"] = f"{where}: {type(error).__name__}: {error}"


class Replay:
    """The turns of one case against a desk."""

    def __init__(
        self, case: CaseShape, driver: Driver, trace: dict[str, Any], start: Snapshot, seconds: list[float]
    ) -> None:
        self.case, self.driver, self.trace, self.state = case, driver, trace, start
        self._seconds = seconds
        self._files: list[FileShape] = []
        self._commands: list[dict[str, Any]] = []
        self._topic = start.orders[0].id if len(start.orders) == 1 else None

    async def turns(self) -> None:
        """Every turn in order, until one breaks."""
        for at, turn in enumerate(self.case.turns):
            given = turn.model_dump(mode="json", exclude_unset=True, by_alias=True)
            told = turn_trace(given)
            self.trace["turns"].append(told)
            began = time.perf_counter()
            try:
                await self._turn(at, told)
            except Refused as refusal:
                told["refused"] += refused(refusal.violations)
                if isinstance(turn, OrderChanged):
                    _note(self.trace, refusal, f"turn {at + 1} (order_changed)")
            except Exception as error:
                name = given.get("event", "say")
                _note(self.trace, error, f"turn {at + 1} ({name})")
            self._seconds.append(round(time.perf_counter() - began, 4))
            told["proposals"] = await self._changed()
            told["commands"] = self._named_commands()
            if self.trace["error"] is not None:
                return

    async def _turn(self, at: int, told: dict[str, Any]) -> None:
        turn = self.case.turns[at]
        if isinstance(turn, ProviderFault):
            await self.driver.catch_up()
            await self.driver.fault(turn.answer)
        elif isinstance(turn, Wait):
            await self.driver.wait(turn.minutes)
        elif isinstance(turn, Restart):
            await self.driver.restart()
        elif isinstance(turn, OrderChanged):
            await self.driver.change(turn)
        elif isinstance(turn, Attach):
            self._files += turn.files
            if not self._say_follows(at):
                await self._said("", told)
        elif isinstance(turn, Say):
            await self._said(turn.say, told)
        else:
            await self._pressed(turn, told)

    def _say_follows(self, at: int) -> bool:
        """Whether files wait for the next message: it comes at once, or after more files."""
        for turn in self.case.turns[at + 1 :]:
            if not isinstance(turn, Attach):
                return isinstance(turn, Say)
        return False

    async def _said(self, text: str, told: dict[str, Any]) -> None:
        files, self._files = self._files, []
        await self.driver.catch_up()
        reply = await self.driver.say(text, files)
        self.trace["reader"] = reply.reader or self.trace["reader"]
        self._tell(told, reply)

    async def _pressed(self, turn: PressTurn, told: dict[str, Any]) -> None:
        await self.driver.catch_up()
        self._tell(told, await self.driver.press(turn))

    def _tell(self, told: dict[str, Any], reply: Reply) -> None:
        add_reply(told, reply)
        self._commands = reply.commands

    def _named_commands(self) -> list[dict[str, Any]]:
        """The turn's commands; lines of each go by the SKUs of the order it names, else of what was talked about."""
        commands, self._commands = self._commands, []
        return [command_trace(command, self._about(command)) for command in commands]

    def _about(self, command: dict[str, Any]) -> Order | None:
        named = str((command["slots"].get("order") or {}).get("value") or "").lstrip("#").lower()
        for order in self.state.orders:
            if named and order.number.lstrip("#").lower() == named:
                self._topic = order.id
        return self.state.order(self._topic)

    async def _changed(self) -> list[dict[str, Any]]:
        before, self.state = self.state, await self.driver.snapshot()
        changed = self.state.changed_since(before)
        if changed:
            self._topic = changed[-1].order_id
        return [proposal_trace(proposal) for proposal in changed]
