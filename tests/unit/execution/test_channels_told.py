"""One event, one job a channel: a channel that is down holds up neither the money nor another channel."""

from __future__ import annotations

from domain.notices import NOTIFY
from domain.ports import JobSpec
from integrations.channels import Spread
from integrations.work.outcome import Again, Done
from integrations.work.worker import Worker
from tests.unit.execution.jobs import QUICK, handler_that


def worker_with(shelf, slack, helpdesk):
    handlers = {
        NOTIFY: Spread(shelf, ["slack", "helpdesk"]),
        "notify.slack": slack,
        "notify.helpdesk": helpdesk,
    }
    return Worker(shelf, handlers, owner="w1", clock=shelf.clock, pace=QUICK)


async def test_a_channel_that_is_down_is_told_later_and_the_other_at_once(shelf):
    told = []

    async def tell(job):
        told.append((job.kind, job.key, job.payload["event"]))
        return Done()

    shelf.jobs.enqueue(JobSpec(NOTIFY, "refund:r1:succeeded", {"event": "succeeded"}))
    worker = worker_with(shelf, handler_that(Again("down")), tell)
    await worker.run_once()
    assert told == [("notify.helpdesk", "refund:r1:succeeded", "succeeded")]
    assert {job.kind: job.state for job in shelf.jobs.rows.values()} == {
        NOTIFY: "done", "notify.slack": "queued", "notify.helpdesk": "done",
    }  # fmt: skip


async def test_an_event_that_is_spread_again_tells_nobody_twice(shelf):
    told = []

    async def tell(job):
        told.append(job.kind)

    shelf.jobs.enqueue(JobSpec(NOTIFY, "proposal:p1:executed", {"event": "executed"}))
    worker = worker_with(shelf, tell, tell)
    await worker.run_once()
    await Spread(shelf, ["slack", "helpdesk"])(next(iter(shelf.jobs.rows.values())))
    await worker.run_once()
    assert sorted(told) == ["notify.helpdesk", "notify.slack"]
