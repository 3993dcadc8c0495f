"""What people read of a run: tables in the terminal, one HTML page, JSON, and JUnit for machines that know that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.harms.controls import Verdict
from evals.report.junit import junit
from evals.report.page import page
from evals.runs.record import Record
from evals.runs.summary import summed_up


def write_reports(folder: Path, records: Sequence[Record], verdicts: Sequence[Verdict] = ()) -> Path:
    """Write `report.html`, `summary.json` and `junit.xml`; the page's path."""
    summary = summed_up(records)
    (folder / "summary.json").write_text(summary.model_dump_json(indent=2) + "\n", encoding="utf-8")
    (folder / "junit.xml").write_text(junit(records), encoding="utf-8")
    written = folder / "report.html"
    written.write_text(page(summary, records, verdicts, datetime.now(UTC)), encoding="utf-8")
    return written
