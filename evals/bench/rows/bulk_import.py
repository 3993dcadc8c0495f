"""`desk import` of 1,000,000 order documents (JSON Lines) against 100,000: rate, peak memory, and killed half-way.

The largest import is killed with SIGKILL when half of it is in and started again; its rate is that of both runs
together, with what the second has to read again. Afterwards the database is counted: every order once, with its books.
On each database a `desk serve` is started then, and an order is looked up by its number and by its customer's e-mail.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from evals.bench.figures import Figure, Measured, median, ms
from evals.bench.place import Place
from evals.bench.process import memory_of
from evals.bench.serving import DESK, environment, free_port, start
from evals.bench.shop import document, opened, tokens

_FIRST = 1_000_001
_DAYS = 700
"""The orders' days lie so far apart at most, so that most of their money has settled long ago."""
_POLL_SECONDS = 0.25
_MB = 1_000_000
_HEAD = (
    *("orders", "a second", "CPU each", "peak memory", "bytes an order"),
    *("desk serve", "by number", "by e-mail"),
)


class NotImported(RuntimeError):
    """An import ended otherwise than it should; what it said is in the message."""


@dataclass(frozen=True, slots=True)
class Run:
    """One `desk import`, to its end or killed."""

    seconds: float
    cpu: float
    """Seconds of CPU time."""
    peak: int
    """Bytes of memory, the most that it had."""
    report: dict[str, Any]


@dataclass(slots=True)
class Imported:
    """One size; of two runs, what they took together and the greater peak."""

    count: int
    path: Path
    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    again_seconds: float = 0.0
    """What the second run took, where the first was killed."""
    wrong: int = 0
    """Orders that are not there, or twice, or without their books."""

    def add(self, run: Run) -> None:
        """Another run."""
        self.seconds, self.cpu, self.peak = (
            self.seconds + run.seconds,
            self.cpu + run.cpu,
            max(self.peak, run.peak),
        )

    @property
    def rate(self) -> float:
        """Orders a second."""
        return self.count / self.seconds


def run(place: Place) -> Measured:
    """Three sizes (two of the tiny ones), each into a database of its own."""
    sizes = [1000, 100_000, 1_000_000] if not place.quick else [50, 1500]
    done, rows = [], []
    for count in sizes:
        some = 1 if place.quick else count // 2  # A tiny file would be through before half of it is seen.
        each = _import(place, count, killed_at=some if count == sizes[-1] else None)
        done.append(each)
        served = (0, 0.0, 0.0) if place.quick and count != sizes[-1] else asyncio.run(_served(place, each))
        rows.append(_row(each, served))
        each.path.unlink()
    middle, large = done[-2:]
    figures = [
        Figure("import_peak_memory_ratio", large.peak / middle.peak, 1.2, False),
        Figure("import_rate_ratio", large.rate / middle.rate, 0.8, True),
        Figure("import_wrong_after_kill", sum(each.wrong for each in done), 0, False),
    ]
    note = f"the largest was killed half-way; the second run took {large.again_seconds:.0f} s of {large.seconds:.0f} s"
    return Measured(figures, _HEAD, rows, [note])


def _import(place: Place, count: int, *, killed_at: int | None) -> Imported:
    folder = place.subfolder()
    path = folder / "desk.db"
    asyncio.run(_shop(f"sqlite:///{path}"))
    file = folder / "orders.jsonl"
    _write(file, count)
    done = Imported(count, path)
    if killed_at is not None:
        done.add(_run(file, path, lambda: _stored(path) >= killed_at))
    before = _stored(path)
    last = _run(file, path)
    done.add(last)
    done.again_seconds, report = last.seconds, last.report
    file.unlink()
    if report["imported"] + report["existing"] != count or (killed_at is not None and not 0 < before < count):
        raise NotImported(f"of {count} after {before}: {report}")
    done.wrong = _wrong(path, count)
    return done


async def _shop(url: str) -> None:
    await (await opened(url, confirmers=1)).close()


def _write(file: Path, count: int) -> None:
    """So many documents, a line each."""
    now = datetime.now(UTC)
    with file.open("w", encoding="utf-8") as to:
        for number in range(_FIRST, _FIRST + count):
            made = document(number, now - timedelta(days=number % _DAYS))
            to.write(json.dumps(made, ensure_ascii=False) + "\n")


def _run(file: Path, path: Path, enough: Callable[[], bool] | None = None) -> Run:
    """Import a file; where `enough` comes true before the end, the process is killed. Raises NotImported."""
    environ = environment(f"sqlite:///{path}", path.parent)
    log = path.parent / "import.log"
    began = time.perf_counter()
    with log.open("wb") as errors:
        command = [sys.executable, *DESK, "import", str(file)]
        process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=errors)
    while enough is not None and not _has_ended(process.pid):
        if enough():
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(_POLL_SECONDS)
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != (0 if enough is None else -signal.SIGKILL):
        raise NotImported(log.read_text(errors="replace")[-2000:])
    report = {} if enough is not None else json.loads(said.splitlines()[-1])
    seconds, cpu = time.perf_counter() - began, used.ru_utime + used.ru_stime
    return Run(seconds, cpu, used.ru_maxrss * 1024, report)


def _has_ended(pid: int) -> bool:
    """Without taking its end away from whoever waits for it."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _stored(path: Path) -> int:
    return int(_ask(path, "select coalesce(max(serial), 0) from orders"))


def _wrong(path: Path, count: int) -> int:
    numbers = _ask(path, "select count(distinct number_key) from orders")
    orders = _ask(path, "select count(*) from orders")
    noted = _ask(path, "select count(distinct subject) from audit_events where kind = 'order.imported'")
    charged = _ask(path, "select count(distinct order_id) from ledger_entries where kind = 'charge'")
    left = _ask(path, "select abs(sum(amount)) from ledger_entries")
    return sum(abs(each - count) for each in (numbers, orders, noted, charged)) + left


def _ask(path: Path, sql: str) -> int:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return int(connection.execute(sql).fetchone()[0])
    finally:
        connection.close()


async def _served(place: Place, done: Imported) -> tuple[int, float, float]:
    """Bytes of memory of a `desk serve` on it after look-ups, and the medians of these over HTTP, in seconds."""
    url, folder = f"sqlite:///{done.path}", done.path.parent
    store = await opened(url, confirmers=1)
    headers = {"Authorization": f"Bearer {(await tokens(store, 1))[0]}"}
    await store.close()
    port = free_port()
    environ = environment(url, folder, DESK_PORT=str(port))
    server = start((*DESK, "serve", "--staff", "sam0"), environ, port, folder / "log")
    try:
        base = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=base, headers=headers, timeout=60, trust_env=False) as client:
            took: dict[str, list[float]] = {
                "/v1/orders/{}": [],
                "/v1/orders?q=customer{}@example.com": [],
            }
            for at in range(place.size(300, 5)):
                number = _FIRST + at * 7919 % done.count
                for path, seconds in took.items():
                    began = time.perf_counter()
                    answer = await client.get(path.format(number))
                    seconds.append(time.perf_counter() - began)
                    if answer.status_code != 200 or str(number) not in answer.text:
                        raise NotImported(f"{path} of {number}: {answer.status_code} {answer.text[:200]}")
        return (memory_of(server.process.pid), *(median(seconds) for seconds in took.values()))  # type: ignore[return-value]
    finally:
        server.stop()


def _row(done: Imported, served: tuple[int, float, float]) -> tuple[str, ...]:
    memory, by_number, by_email = served
    size = done.path.stat().st_size / done.count
    return (
        f"{done.count:,}",
        f"{done.rate:.0f}",
        ms(done.cpu / done.count),
        f"{done.peak / _MB:.0f} MB",
        f"{size:.0f}",
        f"{memory / _MB:.0f} MB",
        ms(by_number),
        ms(by_email),
    )
