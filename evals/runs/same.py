"""Whether two replays of a case tell the same: everything but the seconds, byte by byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evals.runs.record import Record


def as_told(trace: dict[str, Any]) -> str:
    """A trace as one line, without its seconds."""
    return json.dumps({**trace, "seconds": 0}, ensure_ascii=False)


def different(records: Sequence[Record]) -> list[str]:
    """Cases whose attempts do not all tell the same."""
    told: dict[str, set[str]] = {}
    for record in records:
        told.setdefault(f"{record.case} | {record.variant}", set()).add(as_told(record.trace))
    return [name for name, lines in told.items() if len(lines) > 1]
