"""A bar on standard error while cases are replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from evals.runs.record import Record


@contextmanager
def bar(what: str, total: int) -> Iterator[Callable[[Record], None]]:
    """What is yielded moves the bar on by a record; those that do not pass are counted."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
    )
    failed = 0
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=total, failed="")

        def done(record: Record) -> None:
            nonlocal failed
            failed += not record.passed
            progress.update(task, advance=1, failed=f"{failed} not passed" if failed else "")

        yield done
