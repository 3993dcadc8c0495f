"""``python -m evals.soak``: steady load on one `desk serve`; samples as a table, then one line a figure.

Exit code 1 where memory, open files or threads grew, or anything went wrong. SQLite, unless ``--postgres``.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals.bench.figures import Figure, percentile, table
from evals.bench.process import holding
from evals.bench.serving import DESK, Server, environment, free_port, start
from evals.faults.postgres import a_database, a_server
from evals.soak.clients import Clients
from evals.soak.judge import LEAST, Sample, judged
from evals.soak.shop import FIRST, STAFF, Doors, books, set_up

_SAMPLES = 60
"""In a whole run: one each half minute of thirty."""
_ORDERS_A_MINUTE = 45
"""More than one client can ask about; its turns alone take longer than that."""
_SHOWN = 24
_HEAD = ("minute", "memory", "files", "threads", "turns/s", "p50", "p95", "CPU", "errors")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how many at once, and on what."""

    minutes: float
    talkers: int
    watchers: int
    url: str
    folder: Path


def main() -> int:
    """0 where nothing grew and nothing went wrong."""
    options = argparse.ArgumentParser(prog="python -m evals.soak", description=__doc__)
    options.add_argument("--minutes", type=float, default=30.0)
    options.add_argument("--talkers", type=int, default=4, help="conversations at once")
    options.add_argument("--watchers", type=int, default=2, help="sidebars that stay open")
    options.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    given = options.parse_args()
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    print(f"{now}, {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}")
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="soak-") as name, _database(Path(name), given.postgres) as url:
        plan = Plan(given.minutes, given.talkers, given.watchers, url, Path(name))
        samples, errors = _soak(plan)
        ledger, left = asyncio.run(books(url))
    print(table(_HEAD, _rows(samples)))
    for error, count in errors.most_common(_SHOWN):
        print(f"{count} times: {error}")
    print(f"(load average {before:.1f} → {os.getloadavg()[0]:.1f})\n")
    figures = judged(samples)
    figures.append(Figure("soak_ledger_sum", ledger, 0, False))
    figures.append(Figure("soak_jobs_left", left, 0, False))
    for figure in figures:
        print(figure.line())
    return 0 if all(figure.ok for figure in figures) else 1


@contextmanager
def _database(folder: Path, is_postgres: bool) -> Iterator[str]:
    if not is_postgres:
        yield f"sqlite:///{folder / 'desk.db'}"
        return
    with a_server() as server:
        yield a_database(server, "soak")


def _soak(plan: Plan) -> tuple[list[Sample], Counter[str]]:
    orders = int(plan.talkers * max(1.0, plan.minutes) * _ORDERS_A_MINUTE)
    doors = asyncio.run(set_up(plan.url, orders))
    port = free_port()
    given = {
        "DESK_PORT": str(port),
        "DESK_MERCHANT": "demo",
        "DESK_WORKER": "embedded",
        "DESK_WAIT_SECONDS": "3",
    }
    environ = environment(plan.url, plan.folder, **given)
    command = (*DESK, "serve", "--demo", "--staff", STAFF)
    server = start(command, environ, port, plan.folder / "log")
    try:
        return asyncio.run(_watched(plan, server, doors, iter(range(FIRST, FIRST + orders))))
    finally:
        server.stop()


async def _watched(
    plan: Plan, server: Server, doors: Doors, orders: Iterator[int]
) -> tuple[list[Sample], Counter[str]]:
    clients = Clients(f"http://127.0.0.1:{server.port}", doors, orders)
    running = asyncio.create_task(clients.run(plan.talkers, plan.watchers))
    samples: list[Sample] = []
    told = Counter[str]()
    every = max(plan.minutes * 60 / _SAMPLES, 1.0)
    began = time.monotonic()
    count = max(LEAST, round(plan.minutes * 60 / every))
    for number in itertools.count(1):
        await asyncio.wait({running}, timeout=max(0.0, began + number * every - time.monotonic()))
        turns, errors = clients.seen.empty()
        told.update(errors)
        samples.append(_sample(time.monotonic() - began, server, turns, len(errors)))
        if number == count or running.done():
            break
    clients.stopping.set()
    await running
    return samples, told


def _sample(second: float, server: Server, turns: list[float], errors: int) -> Sample:
    half, slow = (1000 * percentile(turns, share) if turns else 0.0 for share in (0.5, 0.95))
    return Sample(second, holding(server.process.pid), len(turns), half, slow, errors)


def _rows(samples: list[Sample]) -> list[tuple[str, ...]]:
    """At most so many lines, evenly spread; each says what its own sample saw."""
    rows: list[tuple[str, ...]] = []
    step = max(1, len(samples) // _SHOWN)
    ticks = os.sysconf("SC_CLK_TCK")
    for before, each in list(itertools.pairwise([None, *samples]))[step - 1 :: step]:
        assert each is not None
        since = each.second - (before.second if before is not None else 0.0)
        used = (each.held.ticks - (before.held.ticks if before is not None else 0)) / ticks
        rows.append(
            (
                f"{each.second / 60:.1f}",
                f"{each.held.memory / 1e6:.1f} MB",
                str(each.held.files),
                str(each.held.threads),
                f"{each.turns / since:.1f}",
                f"{each.half_ms:.0f} ms",
                f"{each.slow_ms:.0f} ms",
                f"{100 * used / since:.0f} %",
                str(each.errors),
            )
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
