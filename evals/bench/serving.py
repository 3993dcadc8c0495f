"""Servers as processes of their own: `desk serve`, or the bench's app with the peer's route beside the desk's."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.bench.shop import MERCHANT

_PATIENCE_SECONDS = 60.0
DESK = ("-m", "evals.bench.desk")
"""`desk` with this Python, installed or not."""


class ServerDidNotStart(RuntimeError):
    """A server ended, or did not listen in time; what it wrote last is in the message."""


@dataclass(slots=True)
class Server:
    """A process that listens."""

    process: subprocess.Popen[bytes]
    port: int

    def stop(self) -> None:
        """End it, kindly first."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(url: str, data: Path, **more: str) -> dict[str, str]:
    """The desk's settings for a server of the bench's shop: jobs are left to a worker that is not there."""
    given = {
        "DESK_DATABASE_URL": url,
        "DESK_DATA": str(data),
        "DESK_MERCHANT": MERCHANT.id,
        "DESK_WORKER": "external",
        "DESK_WAIT_SECONDS": "0",
        "DESK_REQUESTS_PER_SECOND": "0",
        **more,
    }
    return {**os.environ, **given}


def start(arguments: Sequence[str], environ: dict[str, str], port: int, log: Path) -> Server:
    """Start Python with these arguments and wait until it answers. Raises ServerDidNotStart."""
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, *arguments], env=environ, stdout=out, stderr=out)
    server = Server(process, port)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            server.stop()
            raise ServerDidNotStart(log.read_text(errors="replace")[-2000:])
        time.sleep(0.01)
    return server


def answers(port: int) -> bool:
    """Whether `/healthz` answers."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


@contextmanager
def replicas(url: str, folder: Path, count: int) -> Iterator[list[int]]:
    """So many `desk serve` on one database; their ports."""
    with _running(url, folder, [(*DESK, "serve", "--staff", "sam0") for _ in range(count)]) as ports:
        yield ports


@contextmanager
def bench_server(url: str, folder: Path) -> Iterator[int]:
    """One process with the desk's own app and the peer's route in it; its port."""
    with _running(url, folder, [("-m", "evals.bench.server")]) as ports:
        yield ports[0]


@contextmanager
def _running(url: str, folder: Path, commands: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    servers: list[Server] = []
    try:
        for at, command in enumerate(commands):
            data = folder / f"replica-{at}-{free_port()}"
            data.mkdir()
            port = free_port()
            environ = environment(url, data, DESK_PORT=str(port))
            servers.append(start(command, environ, port, data / "log"))
        yield [server.port for server in servers]
    finally:
        for server in servers:
            server.stop()
