"""A worker at work in the background: woken, polling, stopped."""

from __future__ import annotations

import asyncio

from domain.ports import StorageUnavailable
from integrations.work.worker import Pace, Worker
from tests.unit.execution.jobs import handler_that, queue, states, worker_of


class Running:
    """A worker at work in the background."""

    def __init__(self, worker: Worker):
        self.worker = worker

    async def __aenter__(self):
        self.task = asyncio.create_task(self.worker.run_forever())
        await asyncio.sleep(0)
        return self.worker

    async def __aexit__(self, *exc):
        await self.worker.stop(grace_seconds=1)
        await self.task


async def until(true, seconds: float = 2.0):
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 (what is waited for knows nothing of us)
            await asyncio.sleep(0.002)


async def test_a_wake_up_starts_a_job_without_waiting_for_the_poll(shelf):
    async with Running(worker_of(shelf, handler_that(None), Pace(poll_seconds=60))) as worker:
        await asyncio.sleep(0.02)
        queue(shelf, "a")
        worker.wake()
        await until(lambda: states(shelf) == ["done"])


async def test_a_job_that_the_store_announces_is_run_at_once(shelf):
    added = asyncio.Event()

    async def announced(seconds):
        await added.wait()
        added.clear()

    pace = Pace(poll_seconds=60)
    async with Running(worker_of(shelf, handler_that(None), pace, announced=announced)):
        await asyncio.sleep(0.02)
        queue(shelf, "a")
        added.set()
        await until(lambda: states(shelf) == ["done"])


async def test_a_job_nobody_announced_is_found_by_polling(shelf):
    async with Running(worker_of(shelf, handler_that(None))):
        queue(shelf, "a")
        await until(lambda: states(shelf) == ["done"])


async def test_no_more_jobs_run_at_once_than_allowed(shelf):
    running, most = 0, 0

    async def handle(job):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.005)
        running -= 1

    queue(shelf, *"abcdefgh")
    async with Running(worker_of(shelf, handle, Pace(concurrency=3, poll_seconds=60))):
        await until(lambda: states(shelf) == ["done"] * 8)
    assert most == 3


async def test_stopping_finishes_what_is_held(shelf):
    started = asyncio.Event()

    async def handle(job):
        started.set()
        await asyncio.sleep(0.05)

    queue(shelf, "a")
    async with Running(worker_of(shelf, handle)):
        await started.wait()
    assert states(shelf) == ["done"]


async def test_what_does_not_finish_in_time_is_given_back_at_once(shelf):
    started = asyncio.Event()

    async def handle(job):
        started.set()
        await asyncio.sleep(60)

    queue(shelf, "a")
    worker = worker_of(shelf, handle)
    task = asyncio.create_task(worker.run_forever())
    await started.wait()
    await worker.stop(grace_seconds=0.01)
    await task
    assert (states(shelf), shelf.jobs.rows[1].run_after) == (["queued"], shelf.clock.now())


async def test_a_worker_that_never_ran_can_be_stopped(shelf):
    await worker_of(shelf, handler_that(None)).stop()


async def test_a_database_that_is_away_for_a_moment_is_waited_for(shelf, monkeypatch, caplog):
    real, failures = shelf.jobs.claim, [StorageUnavailable("locked")] * 3

    async def claim(**how):
        if failures:
            raise failures.pop()
        return await real(**how)

    monkeypatch.setattr(shelf.jobs, "claim", claim)
    queue(shelf, "a")
    async with Running(worker_of(shelf, handler_that(None))):
        await until(lambda: states(shelf) == ["done"])


async def test_housekeeping_is_done_again_and_again_and_survives_its_own_failures(shelf, caplog):
    done = []

    async def seal():
        done.append("seal")
        raise RuntimeError("not now")

    async def expire():
        done.append("expire")

    worker = worker_of(shelf, handler_that(None))
    worker.every(0.005, seal)
    worker.every(3600, expire)
    async with Running(worker):
        await until(lambda: done.count("seal") >= 3)
    assert done.count("expire") == 1
    await worker.housekeeping()
    assert done[-2:] == ["seal", "expire"]


async def test_what_is_claimed_while_stopping_is_given_back_unstarted(shelf, monkeypatch):
    real, claiming, go_on = shelf.jobs.claim, asyncio.Event(), asyncio.Event()

    async def claim(**how):
        claimed = await real(**how)
        claiming.set()
        await go_on.wait()
        return claimed

    monkeypatch.setattr(shelf.jobs, "claim", claim)
    queue(shelf, "a")
    worker = worker_of(shelf, handler_that(None))
    task = asyncio.create_task(worker.run_forever())
    await claiming.wait()
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    await task
    assert states(shelf) == ["queued"]


async def test_slow_jobs_of_other_kinds_never_hold_all_the_places(shelf):
    """Channels that hang do not keep money waiting."""
    ended = asyncio.Event()

    async def hangs(job):
        await ended.wait()

    for number in range(20):
        queue(shelf, f"n{number}", kind="notify")
    pace = Pace(poll_seconds=0.01, concurrency=4, kept_for_first=1, first=("refund",))
    handlers = {"notify": hangs, "refund": handler_that(None)}
    worker = Worker(shelf, handlers, owner="w", clock=shelf.clock, pace=pace)
    async with Running(worker):
        await until(lambda: sum(job.state == "leased" for job in shelf.jobs.of("notify")) == 3, 30)
        for number in range(5):
            queue(shelf, f"r{number}", kind="refund")
        await until(lambda: all(job.state == "done" for job in shelf.jobs.of("refund")), 30)
        assert sum(job.state == "leased" for job in shelf.jobs.of("notify")) == 3
        ended.set()
        await until(lambda: all(job.state == "done" for job in shelf.jobs.of("notify")), 30)


async def test_a_worker_with_one_place_still_does_everything(shelf):
    queue(shelf, "n", kind="notify")
    queue(shelf, "r", kind="refund")
    handlers = {"notify": handler_that(None), "refund": handler_that(None)}
    pace = Pace(poll_seconds=0.01, concurrency=1, first=("refund",))
    async with Running(Worker(shelf, handlers, owner="w", clock=shelf.clock, pace=pace)):
        await until(lambda: states(shelf) == ["done", "done"], 30)
