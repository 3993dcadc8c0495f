"""The worker: leases jobs from the outbox, runs their handlers, and gives back what it could not finish.

Any number of workers may run beside each other, in this process or others. A job whose worker died is leased by
another once its lease has run out; the fence in the job keeps the dead one's late writes out.

    worker = Worker(store, {"execute_refund": ExecuteRefund(...)}, owner="desk-1", clock=clock)
    worker.every(60, post_settlements)
    await worker.run_forever()      # in a task; worker.wake() after a confirm, await worker.stop() at the end
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from domain.ports import Clock, Job, StorageUnavailable, Store
from integrations.work.housekeeping import Chore, Chores
from integrations.work.outcome import Again, BackOff, Dead, Handler, Outcome

log = logging.getLogger(__name__)
OnDead = Callable[[Job, str], Awaitable[object]]
Announced = Callable[[float], Awaitable[object]]
"""Returns when a job was added, or after so many seconds: the store's own way to announce work, if it has one."""
_LONGEST_ERROR = 500


class LeaseTooShort(ValueError):
    """Another worker could take a job while its call to the outside is still waiting for an answer."""

    def __init__(self, kind: str, timeout: float, lease: float) -> None:
        super().__init__(f"{kind} may wait {timeout:g} s; a lease of {lease:g} s must be longer")


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and how stubbornly a worker works."""

    lease_seconds: float = 60.0
    """How long a job is this worker's; longer than any one call of a handler."""
    concurrency: int = 8
    first: tuple[str, ...] = ()
    """Kinds of jobs that come first."""
    kept_for_first: int = 2
    """Places that only those may take: others, however slow, never hold all of them."""
    poll_seconds: float = 1.0
    """How often it looks for jobs that nobody announced with `wake`."""
    max_attempts: int = 8
    back_off: BackOff = field(default_factory=BackOff)


class Worker:
    """Runs jobs, up to `pace.concurrency` at once."""

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, Handler],
        *,
        owner: str,
        clock: Clock,
        pace: Pace | None = None,
        on_dead: OnDead | None = None,
        announced: Announced | None = None,
    ) -> None:
        pace = pace or Pace()
        for kind, handler in handlers.items():
            timeout = float(getattr(handler, "timeout_seconds", 0.0))
            if timeout >= pace.lease_seconds:
                raise LeaseTooShort(kind, timeout, pace.lease_seconds)
        self._store, self._handlers, self._owner, self._clock = store, dict(handlers), owner, clock
        self._pace, self._on_dead, self._announced = pace, on_dead, announced
        self._dice = random.Random(owner)
        self._chores = Chores()
        self._held: dict[asyncio.Task[None], Job] = {}
        self._woken = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None

    def every(self, seconds: float, chore: Chore, name: str | None = None) -> None:
        """Do something again and again beside the jobs; it must bear being done by several workers at once."""
        self._chores.add(seconds, chore, name)

    async def housekeeping(self) -> None:
        """Do everything registered with `every` once, now."""
        await self._chores.once()

    def wake(self) -> None:
        """There is work: do not wait for the next poll. May be called from any thread."""
        if self._loop is None or self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._woken.set)

    async def run_once(self) -> int:
        """Run everything that is due, one after the other, until nothing is; how many runs that were."""
        runs = 0
        while claimed := await self._claim(1):
            await self._run(claimed[0])
            runs += 1
        return runs

    async def run_forever(self) -> None:
        """Run jobs and chores until `stop`; not at all where that came first."""
        self._loop = asyncio.get_running_loop()
        self._ended.clear()
        beside = self._chores.start()
        if self._announced is not None:
            beside.append(asyncio.create_task(self._listen(self._announced)))
        try:
            while not self._stopping:
                self._woken.clear()
                if not await self._take():
                    await self._rest()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            self._ended.set()

    async def stop(self, grace_seconds: float | None = None) -> None:
        """Take nothing more, finish what is held (for a lease's time at most), give back the rest."""
        self._stopping = True
        self.wake()
        await self._ended.wait()
        grace = self._pace.lease_seconds if grace_seconds is None else grace_seconds
        if self._held:
            await asyncio.wait(self._held, timeout=grace)
        left = dict(self._held)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for job in left.values():
            await self._release(job)

    async def _listen(self, announced: Announced) -> None:
        while True:
            await announced(self._pace.poll_seconds)
            self._woken.set()

    async def _claim(self, limit: int, only: Sequence[str] = ()) -> list[Job]:
        if limit <= 0:
            return []
        return await self._store.jobs.claim(
            owner=self._owner, lease_seconds=self._pace.lease_seconds, limit=limit, only=only
        )

    async def _claim_for(self, room: int) -> list[Job]:
        """Jobs for so many places; the last ones are kept for the kinds that come first, if there are such."""
        if not self._pace.first:
            return await self._claim(room)
        others = sum(job.kind not in self._pace.first for job in self._held.values())
        kept = min(self._pace.kept_for_first, self._pace.concurrency - 1)
        open_to_all = max(0, min(room, self._pace.concurrency - kept - others))
        claimed = await self._claim(open_to_all)
        if len(claimed) < open_to_all:
            return claimed
        return claimed + await self._claim(room - len(claimed), only=self._pace.first)

    async def _take(self) -> bool:
        """Start what there is room for; whether there was anything."""
        room = self._pace.concurrency - len(self._held)
        if room <= 0:
            return False
        try:
            claimed = await self._claim_for(room)
        except StorageUnavailable as error:
            log.warning("no jobs taken, storage is unavailable: %s", error)
            return False
        for job in claimed:
            if self._stopping:
                await self._release(job)
                continue
            task = asyncio.create_task(self._run(job))
            self._held[task] = job
            task.add_done_callback(self._let_go)
        return bool(claimed)

    def _let_go(self, task: asyncio.Task[None]) -> None:
        self._held.pop(task, None)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            known = isinstance(error, StorageUnavailable)
            said = "a job's end could not be written, its lease will run out: %s"
            log.error(said, error, exc_info=None if known else error)

    async def _rest(self) -> None:
        """Until something ends or is announced, or the next poll."""
        if self._stopping:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.poll_seconds):
                await self._woken.wait()

    async def _run(self, job: Job) -> None:
        outcome = await self._handled(job)
        if isinstance(outcome, Again) and outcome.bounded and job.attempts >= self._pace.max_attempts:
            outcome = Dead(f"{job.attempts} attempts; the last: {outcome.error}")
        if isinstance(outcome, Again):
            wait = outcome.seconds
            if wait is None:
                wait = self._pace.back_off.seconds(job.attempts, self._dice)
            later = self._clock.now() + timedelta(seconds=max(wait, outcome.at_least))
            await self._store.jobs.retry(job, run_after=later, error=outcome.error[:_LONGEST_ERROR])
        elif isinstance(outcome, Dead):
            await self._bury(job, outcome.error[:_LONGEST_ERROR])
        else:
            await self._store.jobs.finish(job)

    async def _handled(self, job: Job) -> Outcome | None:
        """What the handler says. It has until the lease runs out: after that the job may be another's."""
        handler = self._handlers.get(job.kind)
        if handler is None:
            return Again(f"this worker has no handler for {job.kind}")
        try:
            async with asyncio.timeout(self._pace.lease_seconds):
                return await handler(job)
        except StorageUnavailable as error:
            log.warning("job %s (%s %s) has to wait for the database: %s", job.id, job.kind, job.key, error)
            return Again(f"{type(error).__name__}: {error}")
        except Exception as error:
            log.exception("job %s (%s %s) failed", job.id, job.kind, job.key)
            return Again(f"{type(error).__name__}: {error}")

    async def _bury(self, job: Job, error: str) -> None:
        """Dead letters are an alert: a person has to look and may requeue."""
        # What went wrong is in the job, not in the log: a provider's words may name a card.
        log.error("job %s (%s %s) is dead after %d attempts", job.id, job.kind, job.key, job.attempts)
        if not await self._store.jobs.bury(job, error=error) or self._on_dead is None:
            return
        try:
            await self._on_dead(job, error)
        except Exception:
            log.exception("nobody could be told that job %s is dead", job.id)

    async def _release(self, job: Job) -> None:
        try:
            await self._store.jobs.retry(job, run_after=self._clock.now(), error="the worker stopped")
        except StorageUnavailable as error:
            log.warning("job %s is not given back, its lease will run out: %s", job.id, error)
