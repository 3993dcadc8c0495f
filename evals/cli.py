"""`desk evals run FILE`: replay scripted cases and print what happened."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from evals.cases import CaseShape
from evals.run import NoSuchReader, NoTrial

app = typer.Typer(no_args_is_help=True, help="Replay scripted cases against the desk.")


@app.callback()
def _evals() -> None:
    """Replay scripted cases against the desk."""


class ReaderName(StrEnum):
    """Which reader reads."""

    LOCAL = "local"
    MODEL = "model"
    CASCADE = "cascade"


@app.command()
def run(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Cases as JSON Lines or YAML.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one trace a line, in case order.")] = False,
    reader: Annotated[
        ReaderName | None, typer.Option(help="How messages are read: local, or with --url the server's own.")
    ] = None,
    url: Annotated[str, typer.Option(help="Replay against a running `desk serve --trial`.")] = "",
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Cases replayed side by side.")] = 2,
) -> None:
    """Replay the cases of FILE.

    Exit code 2: a file does not fit, or no desk at that address takes cases.
    Without --json, 1: a case broke or did not come out as expected.
    """
    cases = _read(files)
    traces = _traces(cases, reader.value if reader else "", url, jobs)
    try:
        failed = (_print_traces if as_json else _print_table)(cases, traces)
    except (NoSuchReader, NoTrial) as error:
        _fail(str(error))
    if failed and not as_json:
        raise typer.Exit(1)


def _fail(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _read(files: Sequence[Path]) -> list[CaseShape]:
    from evals.case_files import BadCaseFile, read_cases

    cases: list[CaseShape] = []
    problems: list[str] = []
    for file in files:
        try:
            cases += read_cases(file)
        except BadCaseFile as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{file}: {error.strerror}")
    if problems:
        _fail("\n".join(problems))
    return cases


def _traces(cases: list[CaseShape], reader: str, url: str, jobs: int) -> Iterator[dict[str, Any]]:
    if url:
        from evals.http_driver import run_cases_by_url

        return run_cases_by_url(cases, url, reader=reader, jobs=jobs)
    from evals.run import run_cases

    return run_cases(cases, reader=reader or ReaderName.LOCAL.value, jobs=jobs)


def _print_traces(cases: list[CaseShape], traces: Iterator[dict[str, Any]]) -> int:
    broken = 0
    for at, trace in enumerate(traces, 1):
        sys.stdout.write(json.dumps(trace, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        broken += trace["error"] is not None
        typer.echo(f"{at}/{len(cases)} {trace['id']} {trace['seconds']:.2f} s{_error(trace)}", err=True)
    return broken


def _print_table(cases: list[CaseShape], traces: Iterator[dict[str, Any]]) -> int:
    from evals.expect import differences

    failed = 0
    for case, trace in zip(cases, traces, strict=True):
        found = differences(case.expect, trace)
        failed += bool(found)
        verdict = "FAILED" if found else "ok"
        typer.echo(f"{verdict:7}{case.id:44} {case.theme:20} {trace['seconds']:6.2f} s")
        for line in found:
            typer.echo(f"         {line}")
    typer.echo(f"{len(cases) - failed} of {len(cases)} cases came out as expected")
    return failed


def _error(trace: dict[str, Any]) -> str:
    return f": {trace['error']}" if trace["error"] else ""


if __name__ == "__main__":
    app()
