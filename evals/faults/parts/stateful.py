"""The state machine over every command, on SQLite and PostgreSQL side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from evals.faults.figures import Figure, Scale
from evals.faults.machine.proposing import WISHES
from evals.faults.postgres import a_database, a_server

_SQLITE_STEPS, _POSTGRES_STEPS = 40_000, 12_000
_BAR, _EACH = 50_000, 20
Report = dict[str, Any]


def measure(scale: Scale) -> Sequence[Figure]:
    """Steps, failures, and how often the rarest kind of write was carried out."""
    with a_server() as server, ThreadPoolExecutor(2) as both:
        address = a_database(server, "faults_machine")
        sqlite = both.submit(_run, None, scale.of(_SQLITE_STEPS), 1)
        postgres = both.submit(_run, address, scale.of(_POSTGRES_STEPS), 100_001)
        reports = {"sqlite": sqlite.result(), "postgresql": postgres.result()}
    counts = _table(reports)
    for name, report in reports.items():
        for failure in report["failures"]:
            print(f"\n{name}: {failure}")
    kinds = {kind for kind, _ in WISHES.values()}
    done = {kind: counts.get(f"confirm {kind}", {}).get("accepted", 0) for kind in sorted(kinds)}
    rarest = min(done, key=lambda kind: done[kind])
    print(f"\nrarest kind of write: {rarest}, carried out {done[rarest]} times")
    return [
        Figure("stateful_steps", sum(report["steps"] for report in reports.values()), scale.of(_BAR)),
        Figure(
            "stateful_failures", sum(len(report["failures"]) for report in reports.values()), 0, most=True
        ),
        Figure("stateful_rarest_write", done[rarest], scale.of(_EACH)),
    ]


def _run(url: str | None, steps: int, seed: int) -> Report:
    """In a process of its own."""
    options = [f"--steps={steps}", f"--seed={seed}", *([f"--url={url}"] if url else [])]
    done = subprocess.run(
        [sys.executable, "-m", "evals.faults.run", *options], capture_output=True, text=True, check=False
    )
    try:
        report: Report = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        report = {"steps": 0, "seconds": 1.0, "failures": [done.stderr[-2000:]], "counts": {}}
    return report


def _table(reports: dict[str, Report]) -> dict[str, dict[str, int]]:
    """Print how often each command ended how; the sums of both databases."""
    counts: dict[str, dict[str, int]] = {}
    for name, report in reports.items():
        pace = report["steps"] / max(report["seconds"], 0.001)
        print(f"{name}: {report['steps']} steps in {report['seconds']:.0f} s, {pace:.0f} a second")
        for command, outcomes in report["counts"].items():
            for outcome, count in outcomes.items():
                both = counts.setdefault(command, {})
                both[outcome] = both.get(outcome, 0) + count
    print()
    for command, outcomes in sorted(counts.items()):
        shown = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
        print(f"  {command:32} {shown}")
    return counts
