"""Trying a guard: the machine against a copy of the source without it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from evals.faults.guards.guard import Guard
from evals.faults.machine.bench import TEMPLATE
from evals.faults.postgres import a_copy

ROOT = Path(__file__).resolve().parents[3]
_SOURCE = ("domain", "integrations", "evals/__init__.py", "evals/faults")
_TESTS = ("pyproject.toml", "tests", ".ci")
ORIGINAL = "faults_original"
"""The PostgreSQL database that each trial gets a copy of."""
FOCUSED = (
    *(f"tests/unit/{name}" for name in ("refunds", "returns", "supplier_reviews", "proposals", "execution")),
    "tests/faults/test_seldom_seen.py",
)


@dataclass(frozen=True)
class Verdict:
    """What noticed that the guard was gone, in how many steps, and how it said so."""

    guard: Guard
    killed: bool
    by: str
    steps: int
    seconds: float
    said: str = ""


class Tree:
    """A copy of the source in which one guard at a time is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in (*_SOURCE, *_TESTS):
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.exists():
                shutil.copy(source, target)
        self._turn = 0

    @contextmanager
    def without(self, guard: Guard) -> Iterator[None]:
        """Take it out; put it back."""
        if not guard.path:
            yield
            return
        target = self.folder / guard.path
        whole = target.read_text(encoding="utf-8")
        try:
            guard.remove_from(self.folder)
            self._stamp(target)
            yield
        finally:
            target.write_text(whole, encoding="utf-8")
            self._stamp(target)

    def _stamp(self, target: Path) -> None:
        """Compiled code is told from newer source by the time of its file, in whole seconds."""
        self._turn += 2
        when = time.time() + self._turn
        os.utime(target, (when, when))

    def run(self, *arguments: str, template: Path, seconds: float) -> subprocess.CompletedProcess[str]:
        """A Python command with this copy before everything else."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), TEMPLATE: str(template)}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder, env=environment, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip


@dataclass(frozen=True)
class Budget:
    """How long to look."""

    steps: int = 8000
    seconds: float = 60.0
    seed: int = 7


def try_without(tree: Tree, guard: Guard, server: str, template: Path, budget: Budget) -> Verdict:
    """Run the machine without the guard until something fails; where nothing does, the focused unit tests."""
    began = time.monotonic()
    options = [f"--steps={budget.steps}", f"--seconds={budget.seconds}", f"--seed={budget.seed}"]
    if guard.postgres:
        options.append(f"--url={_database_without(server, guard)}")
    with tree.without(guard):
        try:
            done = tree.run("evals.faults.run", *options, template=template, seconds=budget.seconds + 180)
        except subprocess.TimeoutExpired:
            return Verdict(guard, False, "nothing", 0, time.monotonic() - began, "it came to no end")
        steps, said = _read(done)
        if said:
            return Verdict(guard, True, "machine", steps, time.monotonic() - began, said)
        by, said = _by_tests(tree, template)
    return Verdict(guard, False, by, steps, time.monotonic() - began, said)


def _by_tests(tree: Tree, template: Path) -> tuple[str, str]:
    """Whether the focused unit tests notice, and the first that does."""
    there = [name for name in FOCUSED if (tree.folder / name).exists()]
    tests = tree.run("pytest", "-q", "-x", "-p", "no:cacheprovider", *there, template=template, seconds=300)
    failed = [line for line in tests.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if tests.returncode not in (0, 1):
        return "nothing", f"the unit tests did not run: {tests.stdout[-300:]}"
    return ("unit tests" if tests.returncode else "nothing"), (failed[0] if failed else "")


def _database_without(server: str, guard: Guard) -> str:
    """A fresh database for one trial."""
    address = a_copy(server, f"faults_{threading.get_ident()}", ORIGINAL)
    if guard.ddl:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(guard.ddl.encode())
    return address


def _read(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """Steps, and what failed."""
    try:
        report = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return 0, (done.stderr.strip().splitlines() or ["no report"])[-1]
    failures = [failure.strip().splitlines()[0] for failure in report["failures"]]
    return int(report["steps"]), "; ".join(failures)


@contextmanager
def a_tree() -> Iterator[Tree]:
    """For one process."""
    with tempfile.TemporaryDirectory(prefix="faults-tree-") as folder:
        yield Tree(Path(folder))
