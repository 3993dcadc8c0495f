"""A load generator that costs little: keep-alive connections that speak just enough HTTP/1.1, on one thread."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from evals.bench.figures import percentile

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Load:
    """What came back."""

    seconds: float = 0.0
    own_seconds: float = 0.0
    """CPU time of the generator itself."""
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    answers: list[list[tuple[int, bytes]]] = field(default_factory=list)
    """Status and body of each answer, by connection and in order, where they were asked for."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    @property
    def p99(self) -> float:
        """Seconds."""
        return percentile(self.latencies, 0.99)

    @property
    def own_share(self) -> float:
        """Share of one core that the generator took."""
        return self.own_seconds / self.seconds


class Volley:
    """A gate that opens when all connections stand before it: their next requests go out at the same moment."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._waiting: list[Callable[[], None]] = []

    def wait(self, go: Callable[[], None]) -> None:
        """Go on with the others."""
        self._waiting.append(go)
        if len(self._waiting) == self._count:
            waiting, self._waiting = self._waiting, []
            for each in waiting:
                each()


class Client(asyncio.Protocol):
    """One connection: sends the next request when the answer to the last one is there."""

    def __init__(
        self,
        requests: Iterator[bytes],
        load: Load,
        kept: list[tuple[int, bytes]] | None,
        volley: Volley | None,
    ) -> None:
        self._requests, self._load, self._kept, self._volley = requests, load, kept, volley
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._buffer = b""
        self._sent = 0.0
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first."""
        self._transport = cast(asyncio.WriteTransport, transport)
        self._go_on()

    def _go_on(self) -> None:
        if self._volley is None:
            self._next()
        else:
            self._volley.wait(self._next)

    def _next(self) -> None:
        assert self._transport is not None
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            if not self.ended.done():
                self.ended.set_result(None)
            return
        self._sent = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """An answer, or a part of one."""
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        found = _LENGTH.search(self._buffer, 0, end)
        whole = end + 4 + (int(found[1]) if found else 0)
        if len(self._buffer) < whole:
            return
        self._load.latencies.append(time.perf_counter() - self._sent)
        status = int(self._buffer[9:12])
        self._load.statuses[status] = self._load.statuses.get(status, 0) + 1
        if self._kept is not None:
            self._kept.append((status, self._buffer[end + 4 : whole]))
        self._buffer = self._buffer[whole:]
        self._go_on()

    def connection_lost(self, error: Exception | None) -> None:
        """Before the end, that is a failure."""
        if not self.ended.done():
            self.ended.set_exception(error or ConnectionError("the server closed the connection"))


async def run_load(
    ports: Sequence[int], streams: Sequence[Iterator[bytes]], *, keep: bool = False, volleys: bool = False
) -> Load:
    """One connection a stream, spread evenly over the ports; until all streams are used up."""
    load = Load(answers=[[] for _ in streams])
    loop = asyncio.get_running_loop()
    volley = Volley(len(streams)) if volleys else None
    clients = [
        Client(stream, load, kept if keep else None, volley)
        for stream, kept in zip(streams, load.answers, strict=True)
    ]
    started, own = time.perf_counter(), time.process_time()
    for at, client in enumerate(clients):
        await loop.create_connection(lambda client=client: client, "127.0.0.1", ports[at % len(ports)])  # type: ignore[misc]
    await asyncio.gather(*(client.ended for client in clients))
    load.seconds, load.own_seconds = time.perf_counter() - started, time.process_time() - own
    return load


def post(path: str, token: str, body: bytes, *headers: str) -> bytes:
    """A request as it goes over the wire."""
    head = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*head, "", ""]).encode() + body
