"""`desk import` and `desk replay`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from integrations.cli.through import asked, desk
from integrations.intake.documents import import_documents
from integrations.intake.files import open_plain, unpacking
from integrations.intake.online_retail import NotOnlineRetail
from integrations.intake.parts import json_parts
from integrations.intake.report import MOST_PROBLEMS, ImportReport
from integrations.intake.sales import import_online_retail
from integrations.opening import load_settings, opened
from integrations.replay import NotFresh, replay_online_retail
from integrations.running import read_running

SHOWN = 50
"""Problems printed in full; the count tells the rest."""


async def run_import(file: Path, form: str, *, demo: bool, staff: str) -> int:
    """Exit code 0 where every row came in (or was there already), 1 where some were rejected, 2 for a wrong call."""
    if form not in ("documents", "online-retail"):
        print(f"desk: --format takes documents or online-retail, not {form}", file=sys.stderr)
        return 2
    settings = load_settings()
    if form == "documents" and settings.url.startswith("sqlite") and read_running(settings.data) is not None:
        return await _import_through_the_running_desk(file, staff)
    async with opened(settings, demo=demo, create=True) as (store, merchant):
        try:
            with _bar(file, sized=form == "documents") as show:
                if form == "documents":
                    report = await import_documents(store, merchant.id, file, show)
                else:
                    report = await import_online_retail(store, merchant.id, file, show)
        except (OSError, NotOnlineRetail) as error:
            print(f"desk: {file}: {error}", file=sys.stderr)
            return 2
    return _tell(report)


async def _import_through_the_running_desk(file: Path, staff: str) -> int:
    """It alone writes to the embedded database, so it takes the documents over its API, a part after the other."""
    whole = ImportReport().as_json()
    try:
        async with desk(demo=False, staff=staff) as client:
            with unpacking(), open_plain(file) as source, _bar(file) as shown:
                for before, content in json_parts(source):
                    _add(whole, await _import_part(client, content), before)
                    shown(source.tell() if _is_plain(file) else 0, 0)
    except OSError as error:
        print(f"desk: {file}: {error}", file=sys.stderr)
        return 2
    return _tell_json(whole)


async def _import_part(client: httpx.AsyncClient, content: bytes) -> dict[str, Any]:
    media = "application/json" if content.lstrip()[:1] == b"[" else "application/x-ndjson"
    return await asked(client, "POST", "/v1/orders/import", content=content, headers={"Content-Type": media})


def _add(whole: dict[str, Any], part: dict[str, Any], lines: int) -> None:
    """Another part's report; its lines are counted from the beginning of the file."""
    for name in ("imported", "existing", "rejected_rows", "rejected_left_out"):
        whole[name] += part[name]
    rejected = [{**each, "line": each["line"] + lines} for each in part["rejected"]]
    room = max(0, MOST_PROBLEMS - len(whole["rejected"]))
    whole["rejected"] += rejected[:room]
    whole["rejected_left_out"] += len(rejected[room:])


def _is_plain(file: Path) -> bool:
    return file.suffix not in (".xz", ".gz")


@contextmanager
def _bar(file: Path, *, sized: bool = True) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error; the function moves it to so much of so much (0: the size of the file)."""
    columns = (TextColumn("Importing"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    whole = file.stat().st_size if sized and _is_plain(file) else 0
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("import", total=whole or None)
        yield lambda done, total: bar.update(task, completed=done, total=total or whole or None)


def _tell(report: ImportReport) -> int:
    return _tell_json(report.as_json())


def _tell_json(report: dict[str, Any]) -> int:
    """Problems line by line, then the counts as JSON; the exit code."""
    rejected = report["rejected"]
    for problem in rejected[:SHOWN]:
        kept = " (kept)" if problem.get("kept") else ""
        told = f"{problem['field']}: {problem['rule']}: {problem['message']}{kept}"
        print(f"line {problem['line']}: {told}", file=sys.stderr)
    more = len(rejected) + report["rejected_left_out"] - SHOWN
    if more > 0:
        print(f"… and {more} more problems", file=sys.stderr)
    print(json.dumps({key: value for key, value in report.items() if key != "rejected"}))
    return 1 if report["rejected_rows"] else 0


async def run_replay(file: Path) -> int:
    """Prints one JSON object as its last line; exit code 1 where the books do not come out."""
    try:
        result = await replay_online_retail(file)
    except (OSError, NotOnlineRetail, NotFresh) as error:
        print(f"desk: {file}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(result))
    return 0 if not result["over_refunded_orders"] and not Decimal(result["ledger_sum"]) else 1
