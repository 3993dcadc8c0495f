"""`desk evals gate` and `desk evals controls`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer
from pydantic import ValidationError

from evals.cli.progress import bar
from evals.cli.running import cases_of, fail
from evals.gate import (
    BASELINE,
    Baseline,
    baseline_of,
    figures_of,
    gate_jobs,
    read_baseline,
    workers,
    write_baseline,
)
from evals.harms.controls import Verdict, try_all
from evals.report import write_reports
from evals.report.terminal import print_summary
from evals.run import reader_by_name
from evals.runs.record import Record
from evals.runs.replaying import plan_of, run_into
from evals.runs.summary import summed_up
from evals.suites import CASES


def run_gate(out: Path, jobs: int, *, record: bool) -> int:
    """Everything, then one line a figure; 1 where one is short."""
    cases = cases_of([CASES], judged=True)
    todo = gate_jobs(cases)
    plan = plan_of(todo, reader="local", url="", repeat=1, variants=["one of each"])
    with bar("Cases", len(todo)) as done:
        records = run_into(out, todo, plan, workers=jobs or workers(), done=done)
    verdicts = list(try_all(reader_by_name("local")))
    written = write_reports(out, records, verdicts)
    print_summary(summed_up(records), records)
    if record:
        write_baseline(baseline_of(records))
    return _tell(records, verdicts, _baseline(), written)


def _baseline() -> Baseline:
    try:
        return read_baseline()
    except (OSError, ValidationError) as error:
        fail(f"{BASELINE} cannot be read; `desk evals gate --record` writes it: {error}")


def _tell(records: Sequence[Record], verdicts: Sequence[Verdict], baseline: Baseline, written: Path) -> int:
    figures = list(figures_of(records, verdicts, baseline))
    for figure in figures:
        typer.echo(str(figure))
    typer.echo(f"report: {written}", err=True)
    return 0 if all(figure.ok for figure in figures) else 1


def run_controls() -> int:
    """One line a control."""
    missed = 0
    for verdict in try_all(reader_by_name("local")):
        missed += not verdict.is_caught
        told = verdict.seen[0].text if verdict.seen else verdict.error or "not seen"
        if verdict.falsely:
            told = f"seen on a sound desk: {verdict.falsely[0].text}"
        outcome = "caught" if verdict.is_caught else "MISSED"
        typer.echo(f"{outcome:7}{verdict.control.harm:24}{verdict.control.story}\n{'':31}{told}")
    return 1 if missed else 0
