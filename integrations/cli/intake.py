"""`desk import` and `desk replay`."""

from __future__ import annotations

import asyncio
import json
import sys
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from integrations.bootstrap import application, load_settings
from integrations.intake.documents import import_documents
from integrations.intake.online_retail import NotOnlineRetail
from integrations.intake.report import ImportReport
from integrations.intake.sales import import_online_retail
from integrations.replay import NotFresh, replay_online_retail

SHOWN = 50
"""Problems printed in full; the count tells the rest."""


async def run_import(file: Path, form: str, *, demo: bool) -> int:
    """Exit code 0 where every row came in (or was there already), 1 where some were rejected, 2 for a wrong call."""
    if form not in ("documents", "online-retail"):
        print(f"desk: --format takes documents or online-retail, not {form}", file=sys.stderr)
        return 2
    columns = (TextColumn("Importing"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    async with application(load_settings(), demo=demo, create=True) as app:
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


def _tell(report: ImportReport) -> int:
    for problem in report.rejected[:SHOWN]:
        kept = " (kept)" if problem.kept else ""
        print(
            f"line {problem.line}: {problem.field}: {problem.rule}: {problem.message}{kept}", file=sys.stderr
        )
    more = len(report.rejected) + report.left_out - SHOWN
    if more > 0:
        print(f"… and {more} more problems", file=sys.stderr)
    counts = {key: value for key, value in report.as_json().items() if key != "rejected"}
    print(json.dumps(counts))
    return 1 if report.rejected_rows else 0


async def run_replay(file: Path) -> int:
    """Prints one JSON object as its last line; exit code 1 where the books do not come out."""
    try:
        result = await replay_online_retail(file)
    except (OSError, NotOnlineRetail, NotFresh) as error:
        print(f"desk: {file}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(result))
    return 0 if not result["over_refunded_orders"] and not Decimal(result["ledger_sum"]) else 1
