"""Jobs for the worker's tests."""

from __future__ import annotations

from typing import Any

from domain.ports import JobSpec
from integrations.work.outcome import BackOff
from integrations.work.worker import Pace, Worker

QUICK = Pace(poll_seconds=0.01, max_attempts=3, back_off=BackOff(first=10, factor=2, jitter=0))


def worker_of(shelf: Any, handler, pace: Pace = QUICK, **more) -> Worker:
    return Worker(shelf, {"job": handler}, owner="w1", clock=shelf.clock, pace=pace, **more)


def queue(shelf: Any, *keys: str, kind: str = "job") -> None:
    for key in keys:
        shelf.jobs.enqueue(JobSpec(kind, key))


def states(shelf: Any) -> list[str]:
    return [job.state for job in shelf.jobs.rows.values()]


def handler_that(*outcomes):
    """Ends its runs so, in turn; the last one for ever."""
    left = list(outcomes)

    async def handle(job):
        outcome = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return handle
