"""Cutting the demo's slice out of the Online Retail data: ``python -m integrations.demo.cut FILE``.

Two months of invoices with a customer: all that a credit note takes something back from, and every sixth of the
others, none longer than 40 lines; and those credit notes. Columns and rows stay as they are.
"""

from __future__ import annotations

import csv
import io
import lzma
import sys
from datetime import timedelta
from pathlib import Path

from integrations.intake.credit_notes import Outcome, match_credit_notes
from integrations.intake.files import read_text
from integrations.intake.online_retail import Bill, RetailData, read_online_retail

SLICE = Path(__file__).with_name("online-retail-slice.csv.xz")
DAYS, EVERY, LONGEST = 60, 6, 40


def chosen(data: RetailData) -> set[str]:
    """Numbers of the invoices and credit notes to keep."""
    since = data.invoices[-1].at - timedelta(days=DAYS)
    fit = {bill.number for bill in data.invoices if _fits(bill) and bill.at >= since}
    credits = [
        line for line in match_credit_notes(data) if line.outcome is Outcome.MATCHED and line.invoice in fit
    ]
    credited = {line.invoice for line in credits}
    others = sorted(fit - credited)[::EVERY]
    return credited | set(others) | {line.note for line in credits}


def _fits(bill: Bill) -> bool:
    return bool(bill.customer) and len(bill.lines) <= LONGEST


def cut(source: Path, target: Path = SLICE) -> int:
    """Write the slice; how many rows it has."""
    keep = chosen(read_online_retail(source))
    rows = csv.reader(read_text(source))
    text = io.StringIO(newline="")
    out = csv.writer(text, lineterminator="\n")
    out.writerow(next(rows))
    count = 0
    for row in rows:
        if row[0] in keep:
            out.writerow(row)
            count += 1
    target.write_bytes(lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))
    return count


if __name__ == "__main__":
    print(f"{cut(Path(sys.argv[1]))} rows, {SLICE.stat().st_size} bytes", file=sys.stderr)
