"""The outbox as a transaction sees it: jobs are added in it and exist if it commits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.ports import JobSpec
from integrations.storage.link import Link
from integrations.storage.mapping import json_text
from integrations.storage.statements import insert

_ENQUEUE = insert(
    70,
    "jobs",
    (
        "merchant_id",
        "kind",
        "key",
        "state",
        "due_at",
        "run_after",
        "owner",
        "fence",
        "attempts",
        "last_error",
        "payload",
        "created_at",
    ),
)


Carry = Callable[[], str]
"""The trace that a job goes on with, as W3C `traceparent`; empty where there is none."""


class Outbox:
    """Jobs of one merchant."""

    def __init__(self, link: Link, merchant_id: str, now: datetime, carry: Carry | None = None) -> None:
        self._link, self._merchant, self._now, self._carry = link, merchant_id, now, carry

    def enqueue(self, job: JobSpec) -> None:
        """Add a job; the same kind and key again is no second job, whatever became of the first."""
        due = job.run_after or self._now
        payload = json_text(self._carried(job.payload) if self._carry is not None else job.payload)
        row = (job.kind, job.key, "queued", due, due, "", 0, 0, "", payload, self._now)
        self._link.pending.add(_ENQUEUE, (self._merchant, *row))
        self._link.pending.jobs = True

    def _carried(self, payload: dict[str, Any]) -> dict[str, Any]:
        trace = self._carry() if self._carry is not None else ""
        return {**payload, "traceparent": trace} if trace else payload
