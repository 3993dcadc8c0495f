"""What the worker does with a job, whatever the job is."""

from __future__ import annotations

import asyncio
import logging
import random

import pytest

from domain.ports import JobSpec
from integrations.work.outcome import Again, BackOff, Dead
from integrations.work.worker import LeaseTooShort, Pace
from tests.unit.execution.jobs import QUICK, handler_that, queue, states, worker_of


async def test_run_once_does_everything_that_is_due_in_order(shelf):
    seen = []

    async def handle(job):
        seen.append(job.key)
        if job.key == "a":
            queue(shelf, "c")

    queue(shelf, "a", "b")
    assert await worker_of(shelf, handle).run_once() == 3
    assert (seen, states(shelf)) == (["a", "b", "c"], ["done"] * 3)


async def test_a_failed_attempt_waits_longer_each_time(shelf):
    queue(shelf, "a")
    worker = worker_of(shelf, handler_that(Again("not yet")), Pace(back_off=QUICK.back_off))
    waits = []
    for _ in range(3):
        await worker.run_once()
        waits.append((shelf.jobs.rows[1].run_after - shelf.clock.now()).total_seconds())
        shelf.clock.pass_time(seconds=waits[-1])
    assert waits == [10, 20, 40]


async def test_attempts_are_bounded_and_the_last_ends_in_the_dead_letters_with_an_alert(shelf, caplog):
    told = []

    async def tell(job, error):
        told.append((job.key, error))

    queue(shelf, "a")
    worker = worker_of(shelf, handler_that(Again("no answer")), on_dead=tell)
    for _ in range(5):
        await worker.run_once()
        shelf.clock.pass_time(hours=1)
    assert states(shelf) == ["dead"]
    assert told == [("a", "3 attempts; the last: no answer")]
    assert caplog.records[-1].levelno == logging.ERROR


async def test_an_alert_that_fails_does_not_bring_the_worker_down(shelf, caplog):
    queue(shelf, "a")
    worker = worker_of(shelf, handler_that(Dead("no use")), on_dead=handler_that(OSError("no network")))
    assert await worker.run_once() == 1
    assert states(shelf) == ["dead"]


async def test_waiting_for_something_on_its_way_is_not_bounded(shelf):
    queue(shelf, "a")
    worker = worker_of(shelf, handler_that(*[Again("later", seconds=5, bounded=False)] * 20, None))
    for _ in range(21):
        await worker.run_once()
        shelf.clock.pass_time(seconds=5)
    assert states(shelf) == ["done"]


async def test_an_error_nobody_expected_is_tried_again(shelf, caplog):
    queue(shelf, "a")
    worker = worker_of(shelf, handler_that(RuntimeError("what?"), None))
    await worker.run_once()
    assert shelf.jobs.rows[1].last_error == "RuntimeError: what?"
    shelf.clock.pass_time(hours=1)
    await worker.run_once()
    assert states(shelf) == ["done"]


async def test_a_job_of_an_unknown_kind_is_left_for_a_worker_that_knows_it(shelf):
    shelf.jobs.enqueue(JobSpec("from_the_future", "a"))
    await worker_of(shelf, handler_that(None)).run_once()
    assert states(shelf) == ["queued"]


async def test_a_worker_that_lost_its_lease_cannot_end_the_job(shelf):
    async def slow(job):
        shelf.clock.pass_time(minutes=5)
        (again,) = await shelf.jobs.claim(owner="w2", lease_seconds=60)
        assert again.fence == job.fence + 1

    queue(shelf, "a")
    await worker_of(shelf, slow).run_once()
    assert states(shelf) == ["leased"]


async def test_a_run_is_stopped_when_its_lease_ends(shelf, caplog):
    async def endless(job):
        await asyncio.sleep(60)

    queue(shelf, "a")
    await worker_of(shelf, endless, Pace(lease_seconds=0.02)).run_once()
    assert states(shelf) == ["queued"]
    assert shelf.jobs.rows[1].last_error.startswith("TimeoutError")


async def test_a_worker_that_is_stopped_before_it_has_begun_takes_nothing_and_ends(shelf):
    queue(shelf, "a")
    worker = worker_of(shelf, handler_that(None))
    running = asyncio.create_task(worker.run_forever())
    await worker.stop()
    async with asyncio.timeout(20):
        await running
    assert states(shelf) == ["queued"]


def test_a_lease_must_be_longer_than_a_call_to_the_outside(shelf):
    handler = handler_that(None)
    handler.timeout_seconds = 60.0
    with pytest.raises(LeaseTooShort):
        worker_of(shelf, handler)


def test_back_off_is_spread_so_that_workers_do_not_march_in_step():
    dice, back_off = random.Random(1), BackOff(first=8, factor=4, most=100, jitter=0.25)
    waits = {back_off.seconds(1, dice) for _ in range(50)}
    assert len(waits) > 40
    assert 6 <= min(waits) < max(waits) <= 10
    assert back_off.seconds(99, dice) <= 125


def test_a_chore_needs_an_interval(shelf):
    with pytest.raises(ValueError, match="interval"):
        worker_of(shelf, handler_that(None)).every(0, handler_that(None))
