"""A TCP proxy that breaks connections on purpose: late, reset before the request arrives, or its answer never arrives.

It knows nothing of HTTP but that an answer follows a request on a connection.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

_CHUNK = 65536


class Fate(StrEnum):
    """What befalls a request."""

    PASS = "pass"
    DELAY = "delay"
    """It arrives late."""
    RESET = "reset"
    """The connection is reset before it arrives: nothing happens."""
    DROP = "drop"
    """It arrives and has its effect; the connection is reset instead of the answer."""
    HANG = "hang"
    """It arrives and has its effect; the answer never comes."""


@dataclass(slots=True)
class Dice:
    """Which request meets what; `share` of them (0 to 1) meets a fault, each kind as often."""

    share: float
    seed: int = 1
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def __call__(self) -> Fate:
        """The next request's fate."""
        if self.random.random() >= self.share:
            return Fate.PASS
        return self.random.choice((Fate.DELAY, Fate.RESET, Fate.DROP, Fate.HANG))


@dataclass(slots=True)
class _Exchange:
    """The request a connection is at."""

    fate: Fate
    answered: bool = True


@dataclass(slots=True)
class Proxy:
    """A running one. `met` counts what befell requests; `fate` may be replaced while it runs."""

    fate: Callable[[], Fate]
    target: int
    delay_seconds: float = 0.3
    port: int = 0
    met: Counter[Fate] = field(default_factory=Counter)
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        try:
            there, to_there = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            _reset(writer)
            return
        try:
            await self._exchange(reader, writer, there, to_there)
        except (OSError, asyncio.CancelledError):
            _reset(writer)
        finally:
            self._running.discard(task)
            writer.close()
            to_there.close()

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        there: asyncio.StreamReader,
        to_there: asyncio.StreamWriter,
    ) -> None:
        """Requests and their answers, until one side has had enough."""
        exchange = _Exchange(Fate.PASS)
        asked = asyncio.ensure_future(reader.read(_CHUNK))
        told = asyncio.ensure_future(there.read(_CHUNK))
        try:
            goes_on = True
            while goes_on:
                await asyncio.wait({asked, told}, return_when=asyncio.FIRST_COMPLETED)
                if asked.done():
                    goes_on = await self._ask(exchange, asked.result(), writer, to_there)
                    asked = asyncio.ensure_future(reader.read(_CHUNK))
                if goes_on and told.done():
                    goes_on = _tell(exchange, told.result(), writer)
                    told = asyncio.ensure_future(there.read(_CHUNK))
        finally:
            asked.cancel()
            told.cancel()

    async def _ask(
        self, exchange: _Exchange, data: bytes, writer: asyncio.StreamWriter, to_there: asyncio.StreamWriter
    ) -> bool:
        """Pass a piece of a request on; False where that is the connection's end."""
        if data and exchange.answered:
            exchange.fate, exchange.answered = self.fate(), False
            self.met[exchange.fate] += 1
        if not data:
            return False
        if exchange.fate is Fate.RESET:
            _reset(writer)
            return False
        if exchange.fate is Fate.DELAY:
            await asyncio.sleep(self.delay_seconds)
        to_there.write(data)
        return True

    def stop(self) -> None:
        """End all connections."""
        for task in self._running:
            task.cancel()


def _tell(exchange: _Exchange, data: bytes, writer: asyncio.StreamWriter) -> bool:
    """Pass a piece of an answer on, or what becomes of it; False where that is the connection's end."""
    exchange.answered = True
    if data and exchange.fate is Fate.DROP:
        _reset(writer)
        return False
    if data and exchange.fate is not Fate.HANG:
        writer.write(data)
    return bool(data)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Not a tidy end: RST, as a broken network would."""
    connection = writer.get_extra_info("socket")
    if connection is not None:
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@asynccontextmanager
async def proxy(target: str, fate: Callable[[], Fate]) -> AsyncIterator[Proxy]:
    """Before a server on this machine (``http://127.0.0.1:port``)."""
    running = Proxy(fate, int(target.rsplit(":", 1)[1]))
    server = await asyncio.start_server(running.serve, "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()
        running.stop()
