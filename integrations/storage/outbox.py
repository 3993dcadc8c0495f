"""The worker's side of the outbox: leases with fences, over all merchants."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from domain.ports import Clock, Job
from integrations.storage.engines.contract import Engine
from integrations.storage.link import Link
from integrations.storage.mapping import moment
from integrations.storage.statements import Query

if TYPE_CHECKING:
    from integrations.storage.engines.postgres_notice import Notices

_JOB = "id, merchant_id, kind, key, payload, attempts, fence, created_at, run_after, last_error, state"

_CLAIM = (
    "update jobs set state = 'leased', due_at = :due_at, owner = :owner, fence = fence + 1, attempts = attempts + 1 "
    "where id in (select id from jobs where due_at <= :now{kinds} order by due_at, id limit :limit{lock}) "
    f"returning {_JOB}"
)
_LOCK = " for update skip locked"
_CLAIM_DUE = Query(
    "jobs", sqlite=_CLAIM.format(lock="", kinds=""), postgres=_CLAIM.format(lock=_LOCK, kinds="")
)
_CLAIM_KINDS = Query(
    "jobs",
    sqlite=_CLAIM.format(lock="", kinds=" and kind in (select value from json_each(:kinds))"),
    postgres=_CLAIM.format(lock=_LOCK, kinds=" and kind = any(:kinds)"),
)
_MINE = "where id = :number and state = 'leased' and fence = :fence returning id"
_FINISH = Query("jobs", f"update jobs set state = 'done', due_at = null, owner = '' {_MINE}")
_RETRY = Query(
    "jobs",
    "update jobs set state = 'queued', due_at = :run_after, run_after = :run_after, owner = '', "
    f"last_error = :error {_MINE}",
)
_BURY = Query(
    "jobs", f"update jobs set state = 'dead', due_at = null, owner = '', last_error = :error {_MINE}"
)
_REQUEUE = Query(
    "jobs",
    "update jobs set state = 'queued', attempts = 0, due_at = :now, run_after = :now "
    "where id = :number and state = 'dead' returning id",
)
_ONE = Query("jobs", f"select {_JOB} from jobs where id = :number")
_ALL = Query("jobs", f"select {_JOB} from jobs order by id desc limit :limit")
_BY_STATE = Query("jobs", f"select {_JOB} from jobs where state = :state order by id desc limit :limit")


_WAITING = Query("jobs", "select count(*), min(run_after) from jobs where due_at is not null")
_DEAD = Query("jobs", "select count(*) from jobs where state = 'dead'")
_BEAT = Query(
    "workers",
    "insert into workers (id, beat_at) values (:id, :now) "
    "on conflict (id) do update set beat_at = excluded.beat_at returning id",
)
_FORGET_WORKERS = Query("workers", "delete from workers where beat_at < :until returning id")
_LAST_BEAT = Query("workers", "select max(beat_at) from workers")
_GONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the queue stands: jobs that are not done, how long the oldest has been due, and who works."""

    waiting: int
    oldest_due_seconds: float
    dead: int
    worker_seen_seconds: float | None
    """Since a worker last showed itself; None where none ever has."""


class Jobs:
    """Jobs of all merchants. Each call is one short transaction."""

    def __init__(
        self, engine: Engine, clock: Clock, added: asyncio.Event, notices: Notices | None = None
    ) -> None:
        self._engine, self._clock, self._added, self._notices = engine, clock, added, notices

    async def claim(
        self, *, owner: str, lease_seconds: float, limit: int = 1, only: Sequence[str] = ()
    ) -> list[Job]:
        """Lease jobs that are due (queued, or leased by somebody whose lease ran out), oldest first.

        `only`: of these kinds.
        """
        now = self._clock.now()
        given = {"due_at": now + timedelta(seconds=lease_seconds), "owner": owner, "now": now, "limit": limit}

        def claim(link: Link) -> Sequence[Sequence[Any]]:
            if only:
                return link.change(_CLAIM_KINDS, kinds=link.array(only), **given)
            return link.change(_CLAIM_DUE, **given)

        rows = await self._engine.write(claim, alone=True)
        return sorted(map(_job, rows), key=lambda job: (job.run_after, job.id))

    async def finish(self, job: Job) -> bool:
        """Done; False where the fence is old."""
        return await self._change(_FINISH, number=job.id, fence=job.fence)

    async def retry(self, job: Job, *, run_after: datetime, error: str) -> bool:
        """Back to the queue for later; False where the fence is old."""
        return await self._change(_RETRY, number=job.id, fence=job.fence, run_after=run_after, error=error)

    async def bury(self, job: Job, *, error: str) -> bool:
        """To the dead letters; False where the fence is old."""
        return await self._change(_BURY, number=job.id, fence=job.fence, error=error)

    async def requeue(self, job_id: int) -> bool:
        """A dead job back to the queue, its attempts reset; False where it is not dead."""
        if await self._change(_REQUEUE, number=job_id, now=self._clock.now()):
            self._added.set()
            if self._notices is not None:
                self._notices.announce()
            return True
        return False

    async def jobs(self, *, state: str | None = None, limit: int = 100) -> list[Job]:
        """Jobs by state (``queued``, ``leased``, ``done``, ``dead``), the last added first."""

        def rows(link: Link) -> Sequence[Sequence[Any]]:
            return link.rows(_BY_STATE, state=state, limit=limit) if state else link.rows(_ALL, limit=limit)

        return [_job(row) for row in await self._engine.read(rows)]

    async def job(self, job_id: int) -> Job | None:
        """The job of that number."""

        def rows(link: Link) -> Sequence[Sequence[Any]]:
            return link.rows(_ONE, number=job_id)

        return next((_job(row) for row in await self._engine.read(rows)), None)

    async def beat(self, worker: str) -> None:
        """A worker shows that it lives."""
        now = self._clock.now()

        def work(link: Link) -> None:
            link.change(_BEAT, id=worker, now=now)
            link.change(_FORGET_WORKERS, until=now - _GONE)

        await self._engine.write(work, alone=True)

    async def backlog(self) -> Backlog:
        """How the queue stands now."""
        now = self._clock.now()

        def work(link: Link) -> Backlog:
            waiting, oldest = link.rows(_WAITING)[0]
            seen = link.rows(_LAST_BEAT)[0][0]
            due = (now - moment(oldest)).total_seconds() if oldest is not None else 0.0
            return Backlog(
                waiting=int(waiting),
                oldest_due_seconds=max(0.0, due),
                dead=int(link.rows(_DEAD)[0][0]),
                worker_seen_seconds=(now - moment(seen)).total_seconds() if seen is not None else None,
            )

        return await self._engine.read(work)

    async def wait(self, seconds: float) -> None:
        """Until a job was added, by this process or (on PostgreSQL) another, or `seconds` have passed."""
        if self._notices is not None:
            self._notices.listen()
        try:
            # `asyncio.wait_for` of Python 3.11 loses a cancellation that comes together with the event.
            async with asyncio.timeout(seconds):
                await self._added.wait()
        except TimeoutError:
            return
        self._added.clear()

    async def _change(self, query: Query, **parameters: Any) -> bool:
        def change(link: Link) -> bool:
            return bool(link.change(query, **parameters))

        return await self._engine.write(change, alone=True)


def _job(row: Sequence[Any]) -> Job:
    number, merchant, kind, key, payload, attempts, fence, created_at, run_after, error, state = row
    return Job(
        id=number,
        merchant_id=merchant,
        kind=kind,
        key=key,
        payload=orjson.loads(payload),
        attempts=attempts,
        fence=fence,
        created_at=moment(created_at),
        run_after=moment(run_after),
        last_error=error,
        state=state,
    )
