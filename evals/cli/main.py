"""The commands of `desk evals`, as the terminal sees them; what they do is in the modules beside this one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    help="Replay scripted cases against the desk, judge what came of them, and say whether it got better or worse.",
    rich_markup_mode=None,
)

Out = Annotated[Path, typer.Option(help="Folder for the run, its report and its JUnit file.")]
Jobs = Annotated[int, typer.Option(min=1, max=64, help="Cases replayed side by side.")]


@app.callback()
def _evals() -> None:
    """Replay scripted cases against the desk."""


class ReaderName(StrEnum):
    """Which reader reads."""

    LOCAL = "local"
    MODEL = "model"
    CASCADE = "cascade"


@app.command()
def run(  # noqa: PLR0913, PLR0917  (each is an option of the command)
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Cases as JSON Lines or YAML, or folders of such files."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one trace a line, in case order.")] = False,
    reader: Annotated[
        ReaderName | None, typer.Option(help="How messages are read: local, or with --url the server's own.")
    ] = None,
    url: Annotated[str, typer.Option(help="Replay against a running `desk serve --trial`.")] = "",
    jobs: Jobs = 2,
    repeat: Annotated[int, typer.Option(min=1, max=100, help="Times each case is replayed (pass^k).")] = 1,
    vary: Annotated[
        list[str] | None, typer.Option(help="Replay in other words as well: a variant's name, or all.")
    ] = None,
    out: Out = Path("reports/evals/run"),
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in the folder.")] = False,
) -> None:
    """Replay the cases of FILE.

    Exit code 2: a file does not fit, or no desk at that address takes cases.
    Without --json, 1: a case broke, did harm, or did not come out as expected.
    """
    from evals.cli import running

    name = reader.value if reader else ""
    if as_json:
        if repeat > 1 or vary or resume:
            running.fail("--json prints each case once: leave --repeat, --vary and --resume out")
        running.print_traces(files, name, url, jobs)
        return
    asked = running.Asked(files, name, url, jobs, repeat, vary or [], out, resume)
    raise typer.Exit(running.run_and_report(asked))


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(help="A run's folder.")],
) -> None:
    """Print a run's tables again and write its HTML, JSON and JUnit files anew."""
    from evals.cli import running

    raise typer.Exit(running.report_again(folder))


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="A run's folder.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The other run's folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Show which cases flipped from run A to run B, and which harms came or went. Exit code 1: B is worse."""
    from evals.cli import running

    raise typer.Exit(running.compare(before, after, as_json=as_json))


@app.command()
def gate(
    record: Annotated[
        bool,
        typer.Option("--record", help="Write this run's figures down as the bars (evals/baseline.json)."),
    ] = False,
    jobs: Annotated[int, typer.Option(min=0, max=64, help="Cases side by side; 0: one a core.")] = 0,
    out: Out = Path("reports/evals/gate"),
) -> None:
    """Replay every suite and every control; one line a figure, `name value bar ok|short`. Exit code 1: one is short."""
    from evals.cli import gating

    raise typer.Exit(gating.run_gate(out, jobs, record=record))


@app.command()
def controls() -> None:
    """Replay each harm on a desk that does it. Exit code 1: one was not seen, or was seen on a sound desk."""
    from evals.cli import gating

    raise typer.Exit(gating.run_controls())


@app.command()
def record(
    conversation: Annotated[
        str, typer.Argument(help="A conversation's id, as the HTTP API and the log have it.")
    ],
    demo: Annotated[bool, typer.Option("--demo", help="From the demo shop.")] = False,
    out: Annotated[Path | None, typer.Option(help="A file; without it the case is printed.")] = None,
) -> None:
    """Make a case of a real conversation, with personal data replaced, and replay it.

    Exit code 1: it does not come out as it did then.
    """
    from evals.cli import recording

    raise typer.Exit(recording.record(conversation, demo=demo, out=out))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a case."""
    from evals.cases import case_schema
    from evals.cli import running

    running.print_json(case_schema())


if __name__ == "__main__":
    app()
