"""`desk import` and `desk replay`."""

from __future__ import annotations

import asyncio
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from integrations.bootstrap import application, load_settings
from integrations.cli.through import asked, desk
from integrations.http.local import read_running
from integrations.intake.documents import import_documents
from integrations.intake.online_retail import NotOnlineRetail
from integrations.intake.report import ImportReport
from integrations.intake.sales import import_online_retail
from integrations.replay import NotFresh, replay_online_retail

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
    columns = (TextColumn("Importing"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    async with application(settings, demo=demo, create=True) as app:
        with Progress(*columns, console=Console(stderr=True)) as bar:
            plain = form == "documents" and file.suffix not in (".xz", ".gz")
            whole = (await asyncio.to_thread(file.stat)).st_size if plain else 0
            task = bar.add_task("import", total=whole or None)

            def show(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total or whole or None)

            try:
                if form == "documents":
                    report = await import_documents(app.store, app.merchant.id, file, show)
                else:
                    report = await import_online_retail(app.store, app.merchant.id, file, show)
            except (OSError, NotOnlineRetail) as error:
                print(f"desk: {file}: {error}", file=sys.stderr)
                return 2
    return _tell(report)


async def _import_through_the_running_desk(file: Path, staff: str) -> int:
    """It alone writes to the embedded database, so it takes the documents over its API."""
    content = await asyncio.to_thread(file.read_bytes)
    media = "application/json" if content.lstrip()[:1] == b"[" else "application/x-ndjson"
    async with desk(demo=False, staff=staff) as client:
        report = await asked(
            client, "POST", "/v1/orders/import", content=content, headers={"Content-Type": media}
        )
    return _tell_json(report)


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
