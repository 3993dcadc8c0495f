"""`desk evals run`, `report` and `compare`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import typer

from evals.case_files import BadCaseFile
from evals.cases import CaseShape
from evals.cli.progress import bar
from evals.report import write_reports
from evals.report.terminal import print_comparison, print_summary
from evals.run import NoSuchReader, NoTrial
from evals.runs.comparing import compared
from evals.runs.folder import NoRun, RunFolder
from evals.runs.record import Record
from evals.runs.replaying import jobs_for, plan_of, run_into
from evals.runs.summary import summed_up
from evals.runs.variants import VARIANTS
from evals.suites import read_all


@dataclass(frozen=True, slots=True)
class Asked:
    """What `desk evals run` was asked for."""

    files: Sequence[Path]
    reader: str
    url: str
    workers: int
    repeat: int
    vary: Sequence[str]
    out: Path
    resume: bool


def fail(message: str) -> NoReturn:
    """One clear line, exit code 2."""
    typer.echo(message, err=True)
    raise typer.Exit(2)


def cases_of(files: Sequence[Path], *, judged: bool) -> list[CaseShape]:
    """The cases of the files; what does not fit is told, and ends the command."""
    try:
        cases = read_all(files, judged=judged)
    except BadCaseFile as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")
    if not cases:
        fail(f"no cases in {', '.join(map(str, files))}")
    return cases


def print_traces(files: Sequence[Path], reader: str, url: str, workers: int) -> None:
    """One trace a line, in the order of the cases."""
    cases = cases_of(files, judged=False)
    try:
        for at, trace in enumerate(_traces(cases, reader, url, workers), 1):
            sys.stdout.write(json.dumps(trace, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            error = f": {trace['error']}" if trace["error"] else ""
            typer.echo(f"{at}/{len(cases)} {trace['id']} {trace['seconds']:.2f} s{error}", err=True)
    except (NoSuchReader, NoTrial) as error:
        fail(str(error))


def _traces(cases: list[CaseShape], reader: str, url: str, workers: int) -> Iterator[dict[str, Any]]:
    if url:
        from evals.http_driver import run_cases_by_url

        return run_cases_by_url(cases, url, reader=reader, jobs=workers)
    from evals.run import run_cases

    return run_cases(cases, reader=reader or "local", jobs=workers)


def run_and_report(asked: Asked) -> int:
    """Replay, judge, keep, report; 1 where a case does not pass."""
    cases = cases_of(asked.files, judged=True)
    variants = _variants(asked.vary)
    jobs = jobs_for(cases, repeat=asked.repeat, variants=variants)
    reader = asked.reader or ("" if asked.url else "local")
    plan = plan_of(jobs, reader=reader, url=asked.url, repeat=asked.repeat, variants=variants)
    try:
        with bar("Cases", len(jobs)) as done:
            records = run_into(asked.out, jobs, plan, resume=asked.resume, workers=asked.workers, done=done)
    except (NoSuchReader, NoTrial, NoRun) as error:
        fail(str(error))
    return _report(asked.out, records)


def report_again(folder: Path) -> int:
    """The report of a run that is there."""
    return _report(folder, _records(folder))


def _report(folder: Path, records: list[Record]) -> int:
    written = write_reports(folder, records)
    print_summary(summed_up(records), records)
    typer.echo(f"report: {written}", err=True)
    return 0 if all(record.passed for record in records) else 1


def compare(before: Path, after: Path, *, as_json: bool) -> int:
    """Print what flipped; 1 where the other run is worse."""
    found = compared(_records(before), _records(after))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        print_comparison(found)
    return 1 if found.is_worse else 0


def _records(folder: Path) -> list[Record]:
    try:
        return RunFolder(folder).records()
    except NoRun as error:
        fail(str(error))


def _variants(asked: Sequence[str]) -> list[str]:
    if "all" in asked:
        return list(VARIANTS)
    if unknown := [name for name in asked if name not in VARIANTS]:
        fail(f"--vary does not know {', '.join(unknown)}: it takes all, {', '.join(VARIANTS)}")
    return list(asked)


def print_json(value: Any) -> None:
    """Indented JSON on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")
