"""Each guard taken out in turn: the machine has to notice."""

from __future__ import annotations

import queue
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evals.faults.figures import Figure, Scale
from evals.faults.guards.catalogue import GUARDS
from evals.faults.guards.guard import Guard, NotThere
from evals.faults.guards.trial import ORIGINAL, ROOT, Budget, Tree, Verdict, a_tree, try_without
from evals.faults.machine.bench import make_template
from evals.faults.postgres import a_database, a_server

_AT_ONCE = 2
_CONTROLS = (Guard("control: nothing is gone"), Guard("control: nothing is gone, PostgreSQL", postgres=True))
"""With every guard in place the same seeds must find nothing; else a kill would say nothing."""


def measure(scale: Scale) -> Sequence[Figure]:
    """Guards, those that no longer apply, and those whose loss the machine did not see."""
    print(f"guards: {len(GUARDS)}")
    gone = missing_texts()
    for problem in gone:
        print(f"  {problem}")
    alarms = [verdict for verdict in try_all(_CONTROLS) if verdict.killed or verdict.by != "nothing"]
    verdicts = try_all([guard for guard in GUARDS if not any(guard.name in text for text in gone)])
    survivors = [verdict for verdict in verdicts if not verdict.killed]
    listed = documented(ROOT / "docs" / "guards.md")
    for verdict in survivors:
        explained = "explained in docs/guards.md" if verdict.guard.name in listed else "not explained"
        print(f"  survived: {verdict.guard.name}; seen by {verdict.by} {verdict.said} ({explained})")
    unexplained = [verdict for verdict in survivors if verdict.guard.name not in listed]
    return [
        Figure("guards_total", len(GUARDS), 60, most=True),
        Figure("guards_false_alarms", len(alarms), 0, most=True),
        Figure("guards_not_applicable", len(gone), 0, most=True),
        Figure("guards_survived", len(survivors), len(listed), most=True),
        Figure("guards_survived_unexplained", len(unexplained), 0, most=True),
    ]


def missing_texts() -> list[str]:
    """Guards whose text is not in the source any more."""
    problems = []
    for guard in GUARDS:
        try:
            if guard.path:
                guard.without((ROOT / guard.path).read_text(encoding="utf-8"))
        except (NotThere, OSError) as error:
            problems.append(f"{guard.name}: {error}")
    return problems


def documented(page: Path) -> set[str]:
    """Survivors that are explained: headings `### name` of docs/guards.md."""
    if not page.exists():
        return set()
    lines = page.read_text(encoding="utf-8").splitlines()
    return {line.removeprefix("### ").strip() for line in lines if line.startswith("### ")}


def try_all(guards: Sequence[Guard], budget: Budget | None = None) -> list[Verdict]:
    """In two processes side by side, in any order."""
    waiting: queue.SimpleQueue[Guard] = queue.SimpleQueue()
    for guard in sorted(guards, key=lambda guard: not guard.postgres):
        waiting.put(guard)
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, a_server() as server:
        template = Path(folder) / "template.db"
        make_template(template)
        a_database(server, ORIGINAL)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            given = budget or Budget()
            lanes = [pool.submit(_lane, waiting, server, template, given) for _ in range(_AT_ONCE)]
            return [verdict for lane in lanes for verdict in lane.result()]


def _lane(waiting: queue.SimpleQueue[Guard], server: str, template: Path, budget: Budget) -> list[Verdict]:
    verdicts: list[Verdict] = []
    with a_tree() as tree:
        while True:
            try:
                guard = waiting.get_nowait()
            except queue.Empty:
                return verdicts
            verdicts.append(_tried(tree, guard, server, template, budget))


def _tried(tree: Tree, guard: Guard, server: str, template: Path, budget: Budget) -> Verdict:
    verdict = try_without(tree, guard, server, template, budget)
    outcome = "killed" if verdict.killed else f"survived, seen by {verdict.by}"
    when = time.strftime("%H:%M:%S")
    print(
        f"  {when} {guard.name:52} {outcome}: {verdict.steps} steps, {verdict.seconds:.1f} s; {verdict.said[:110]}"
    )
    return verdict
