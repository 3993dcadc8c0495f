"""`python -m evals.bench [names…] [--quick]`: run rows, print tables and figures; exit code 1 where one is short."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import signal
import sys
import time
from datetime import UTC, datetime

import uvloop

from evals.bench.figures import Figure, table
from evals.bench.place import Place, place
from evals.bench.registry import LONG, ROWS, load_row


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 where every figure reaches its bar, 1 where one is short."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="name",
        help=f"rows to run: {', '.join(ROWS)}; none: all but {', '.join(LONG)}",
    )
    parser.add_argument(
        "--quick", action="store_true", help="tiny sizes, one round: shows that everything runs"
    )
    given = parser.parse_args(arguments)
    unknown = sorted(set(given.names) - set(ROWS))
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)} (there are {', '.join(ROWS)})")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # So that servers are stopped on the way out.
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    usual = [name for name in ROWS if name not in LONG]
    print(_machine(), flush=True)
    with place(quick=given.quick) as here:
        figures = [figure for name in given.names or usual for figure in _run(name, here)]
    for figure in figures:
        print(figure.line())
    return 0 if all(figure.ok for figure in figures) else 1


def _run(name: str, here: Place) -> list[Figure]:
    started, before = time.monotonic(), os.getloadavg()[0]
    print(f"\n{name}: {ROWS[name]}", flush=True)
    measured = load_row(name)(here)
    if measured.rows:
        print(table(measured.head, measured.rows))
    for note in measured.notes:
        print(note)
    print(
        f"({time.monotonic() - started:.0f} s; load average {before:.1f} → {os.getloadavg()[0]:.1f})\n",
        flush=True,
    )
    return measured.figures


def _machine() -> str:
    now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{now}, {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
