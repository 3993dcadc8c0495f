"""Work that must not be lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class JobSpec:
    """Work to be done after the commit, once per kind and key."""

    kind: str
    key: str
    payload: dict[str, Any] = field(default_factory=dict)
    run_after: datetime | None = None


class JobQueue(Protocol):
    """The outbox."""

    def enqueue(self, job: JobSpec) -> None:
        """Add a job; the same kind and key again is no second job."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job. The fence grows with every claim: writes that carry an old one are refused."""

    id: int
    merchant_id: str
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int
    fence: int
    created_at: datetime
    run_after: datetime
    last_error: str = ""
    state: str = "leased"


class JobStore(Protocol):
    """The worker's side of the outbox, over all merchants. Each call is one short transaction."""

    async def claim(
        self, *, owner: str, lease_seconds: float, limit: int = 1, only: Sequence[str] = ()
    ) -> list[Job]:
        """Lease jobs that are due (queued, or leased by somebody whose lease ran out), oldest first.

        `only`: of these kinds.
        """
        ...

    async def finish(self, job: Job) -> bool:
        """Done; False where the fence is old."""
        ...

    async def retry(self, job: Job, *, run_after: datetime, error: str) -> bool:
        """Back to the queue for later; False where the fence is old."""
        ...

    async def bury(self, job: Job, *, error: str) -> bool:
        """To the dead letters; False where the fence is old."""
        ...

    async def jobs(self, *, state: str | None = None, limit: int = 100) -> list[Job]:
        """Jobs by state: ``queued``, ``leased``, ``done``, ``dead``."""
        ...

    async def job(self, job_id: int) -> Job | None:
        """The job of that number."""
        ...

    async def requeue(self, job_id: int) -> bool:
        """A dead job back to the queue, its attempts reset; False where it is not dead."""
        ...
