"""The outbox: jobs exist if their transaction committed, are leased with a fence, and are never lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.ports import JobSpec
from tests.builders import NOW
from tests.contract.storage.conftest import OTHER


def enqueue(key, kind="refund", **fields):
    return lambda uow: uow.jobs.enqueue(JobSpec(kind, key, **fields))


async def claim(store, owner="w1", lease_seconds=60, limit=10):
    return await store.jobs.claim(owner=owner, lease_seconds=lease_seconds, limit=limit)


async def test_a_job_is_there_after_the_commit_and_only_then(store, write):
    def fail(uow):
        uow.jobs.enqueue(JobSpec("refund", "lost"))
        raise ValueError("after all, no")

    with pytest.raises(ValueError, match="after all"):
        await write(fail)
    assert await claim(store) == []
    await write(enqueue("k1", payload={"order": "order-1", "n": 2}))
    (job,) = await claim(store)
    assert (job.kind, job.key, job.payload, job.merchant_id) == (
        "refund",
        "k1",
        {"order": "order-1", "n": 2},
        "shop",
    )
    assert (job.attempts, job.fence, job.state, job.created_at, job.run_after) == (1, 1, "leased", NOW, NOW)


async def test_the_same_kind_and_key_is_one_job_whatever_became_of_it(store, write):
    await write(enqueue("k1"))
    await write(enqueue("k1"))
    await write(enqueue("k1", kind="notify"))
    await write(enqueue("k1"), OTHER)
    jobs = await claim(store)
    assert sorted((job.merchant_id, job.kind) for job in jobs) == [
        (OTHER, "refund"), ("shop", "notify"), ("shop", "refund"),
    ]  # fmt: skip
    for job in jobs:
        assert await store.jobs.finish(job)
    await write(enqueue("k1"))
    assert await claim(store) == []


async def test_jobs_are_claimed_when_due_oldest_first(store, write, clock):
    await write(enqueue("later", run_after=NOW + timedelta(seconds=30)))
    await write(enqueue("soon", run_after=NOW + timedelta(seconds=10)))
    await write(enqueue("now"))
    assert [job.key for job in await claim(store)] == ["now"]
    clock.pass_time(seconds=30)
    assert [job.key for job in await claim(store, limit=1)] == ["soon"]
    assert [job.key for job in await claim(store)] == ["later"]


async def test_many_workers_share_the_jobs_and_none_is_given_twice(store, write):
    await write(lambda uow: [uow.jobs.enqueue(JobSpec("refund", f"k{i}")) for i in range(40)])
    given = await asyncio.gather(*(claim(store, f"w{i}", limit=3) for i in range(20)))
    keys = [job.key for jobs in given for job in jobs]
    assert len(keys) == len(set(keys))
    keys += [job.key for job in await claim(store, limit=40)]
    assert sorted(keys) == sorted(f"k{i}" for i in range(40))


async def test_a_lease_that_ran_out_goes_to_another_and_the_old_fence_is_refused(store, write, clock):
    await write(enqueue("k1"))
    (first,) = await claim(store, "w1", lease_seconds=60)
    clock.pass_time(seconds=59)
    assert await claim(store, "w2") == []
    clock.pass_time(seconds=1)
    (second,) = await claim(store, "w2")
    assert (second.fence, second.attempts) == (2, 2)
    assert await store.jobs.finish(first) is False
    assert await store.jobs.retry(first, run_after=NOW, error="late") is False
    assert await store.jobs.bury(first, error="late") is False
    assert await store.jobs.finish(second) is True
    assert await store.jobs.finish(second) is False


async def test_a_retried_job_comes_back_at_its_time_with_its_error(store, write, clock):
    await write(enqueue("k1"))
    (job,) = await claim(store)
    assert await store.jobs.retry(job, run_after=NOW + timedelta(seconds=5), error="provider is away")
    assert await claim(store) == []
    assert [j.last_error for j in await store.jobs.jobs(state="queued")] == ["provider is away"]
    clock.pass_time(seconds=5)
    (again,) = await claim(store)
    assert (again.id, again.attempts, again.last_error) == (job.id, 2, "provider is away")


async def test_a_buried_job_stays_until_it_is_requeued(store, write, clock):
    await write(enqueue("k1"))
    (job,) = await claim(store)
    assert await store.jobs.requeue(job.id) is False
    assert await store.jobs.bury(job, error="gave up")
    clock.pass_time(days=30)
    assert await claim(store) == []
    (dead,) = await store.jobs.jobs(state="dead")
    assert (dead.id, dead.state, dead.last_error) == (job.id, "dead", "gave up")
    assert await store.jobs.requeue(job.id) is True
    assert await store.jobs.requeue(job.id) is False
    (again,) = await claim(store)
    assert (again.attempts, again.fence) == (1, 2)


async def test_jobs_are_listed_by_state_the_last_first(store, write):
    await write(lambda uow: [uow.jobs.enqueue(JobSpec("refund", f"k{i}")) for i in range(5)])
    leased = await claim(store, limit=2)
    await store.jobs.finish(leased[0])

    async def keys(state=None, limit=100):
        return [job.key for job in await store.jobs.jobs(state=state, limit=limit)]

    assert await keys() == ["k4", "k3", "k2", "k1", "k0"]
    assert await keys(limit=2) == ["k4", "k3"]
    assert (await keys("queued"), await keys("leased"), await keys("done")) == (
        ["k4", "k3", "k2"],
        ["k1"],
        ["k0"],
    )
    assert await keys("dead") == []


async def test_waiting_ends_when_a_job_is_added(store, write):
    waiting = asyncio.create_task(store.jobs.wait(30))
    await asyncio.sleep(0)
    await write(enqueue("k1"))
    await asyncio.wait_for(waiting, 5)
    await store.jobs.wait(0.01)


async def test_a_worker_that_stops_just_as_a_job_is_added_stops_waiting(store, write):
    await store.jobs.wait(1)  # PostgreSQL says once that it listens
    waiting = asyncio.create_task(store.jobs.wait(60))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    store._added.set()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_a_claim_can_be_for_some_kinds_only(store, write):
    await write(enqueue("k1", kind="notify"))
    await write(enqueue("k2"))
    await write(enqueue("k3", kind="label"))
    of_two = await store.jobs.claim(owner="w", lease_seconds=60, limit=10, only=("refund", "label"))
    assert [job.key for job in of_two] == ["k2", "k3"]
    assert [job.key for job in await claim(store)] == ["k1"]


async def test_a_job_is_found_by_its_number(store, write):
    await write(enqueue("k1"))
    (job,) = await store.jobs.jobs()
    assert (await store.jobs.job(job.id)) == job
    assert await store.jobs.job(job.id + 1) is None
