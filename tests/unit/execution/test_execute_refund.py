"""What is asked of a provider, when, and with which key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from domain.notices import NOTIFY
from domain.ports import ProviderAnswer, ProviderTimeout, ProviderUnavailable
from domain.refunds.model import RefundStatus
from integrations.payments.errors import IdempotencyConflict
from integrations.work.outcome import BackOff
from integrations.work.refunds import ExecuteRefund, RefundTimes
from integrations.work.worker import Pace, Worker
from tests.builders import a_payment, a_refund, an_order, put_confirmed
from tests.unit.execution.shelf import a_shelf

YES, NO = ProviderAnswer("succeeded", "re_1"), ProviderAnswer("failed", "re_1", "declined")
LATER, TIMEOUT, AWAY = ProviderAnswer("pending", "re_1"), ProviderTimeout(), ProviderUnavailable()
NEVER_HEARD = None


class Told:
    """A provider that says what it is told to, and writes down what it is asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    async def _say(self, call, request):
        self.asked.append((call, request.key))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    async def refund(self, request):
        return await self._say("refund", request)

    async def lookup(self, request):
        return await self._say("lookup", request)


class Desk:
    """One confirmed refund, a worker, and a provider."""

    def __init__(self, *answers, times: RefundTimes | None = None, split: dict[str, int] | None = None):
        self.shelf = a_shelf()
        self.provider: Any = Told(*answers)
        payments = [a_payment(name, amount) for name, amount in (split or {"visa": 5000}).items()]
        order = an_order(payments=payments)
        a_refund(order, split)
        put_confirmed(self.shelf, order)
        self.handler: Any = ExecuteRefund(
            self.shelf, lambda name: self.provider, clock=self.shelf.clock, times=times
        )
        self.worker = Worker(
            self.shelf,
            {"execute_refund": self.handler, "notify": quiet},
            owner="w1",
            clock=self.shelf.clock,
            pace=Pace(max_attempts=8, back_off=BackOff(jitter=0)),
            on_dead=self.handler.on_dead,
        )

    @property
    def refund(self) -> Any:
        return self.shelf.orders["order-1"].refund("refund-1")

    @property
    def job(self):
        return self.shelf.jobs.of("execute_refund")[0]

    async def run(self, times: int = 1, until: Callable[[], bool] = lambda: False):
        for _ in range(times):
            await self.worker.run_once()
            if until() or self.job.state in ("done", "dead"):
                return
            self.shelf.clock.at = max(self.job.run_after, self.shelf.clock.at)


async def quiet(job):
    return None


async def test_a_success_is_asked_for_once():
    desk = Desk(YES)
    await desk.run(3)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.SUCCEEDED, "done")
    assert desk.provider.asked == [("refund", "refund-1")]


async def test_a_decline_is_an_end_and_not_tried_again():
    desk = Desk(NO)
    await desk.run(3)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.FAILED, "done")


async def test_no_answer_is_asked_again_with_the_same_key_and_then_looked_up():
    desk = Desk(TIMEOUT, TIMEOUT, YES)
    await desk.run(1)
    assert desk.refund.status is RefundStatus.UNKNOWN
    await desk.run(2)
    assert desk.provider.asked == [
        ("refund", "refund-1"),
        ("refund", "refund-1"),
        ("lookup", "refund-1"),
    ]
    assert (desk.refund.status, desk.job.state) == (RefundStatus.SUCCEEDED, "done")


async def test_what_the_provider_never_heard_of_is_sent_again_under_the_same_key():
    desk = Desk(TIMEOUT, TIMEOUT, NEVER_HEARD, YES)
    await desk.run(3)
    assert desk.provider.asked[-2:] == [("lookup", "refund-1"), ("refund", "refund-1")]
    assert desk.refund.status is RefundStatus.SUCCEEDED


async def test_a_provider_that_is_away_is_waited_for_and_the_status_stays():
    desk = Desk(AWAY, AWAY, YES)
    seen = []
    for _ in range(3):
        await desk.run(1)
        seen.append(desk.refund.status)
    assert seen == [RefundStatus.PENDING, RefundStatus.PENDING, RefundStatus.SUCCEEDED]


async def test_being_away_does_not_make_an_unknown_refund_known():
    desk = Desk(TIMEOUT, AWAY)
    await desk.run(2)
    assert desk.refund.status is RefundStatus.UNKNOWN


async def test_a_late_refund_is_looked_up_and_never_sent_again():
    desk = Desk(LATER, LATER, LATER, YES)
    await desk.run(4)
    assert [call for call, _ in desk.provider.asked] == ["refund", "lookup", "lookup", "lookup"]
    assert (desk.refund.status, desk.job.state) == (RefundStatus.SUCCEEDED, "done")


async def test_a_late_refund_is_waited_for_beyond_the_bound_on_attempts():
    desk = Desk(*[LATER] * 20, TIMEOUT, AWAY, YES)
    await desk.run(23)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.SUCCEEDED, "done")


async def test_a_late_refund_that_never_ends_is_a_persons_after_two_weeks():
    desk = Desk(*[LATER] * 500)
    await desk.run(500)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.PENDING, "dead")
    age = desk.shelf.clock.now() - desk.job.created_at
    assert timedelta(days=14) < age < timedelta(days=14, hours=2)


@pytest.mark.parametrize("said", [NEVER_HEARD, TIMEOUT, AWAY])
async def test_what_the_provider_took_is_not_sent_again_when_a_look_up_tells_nothing(said):
    desk = Desk(LATER, said, said)
    await desk.run(3)
    assert [call for call, _ in desk.provider.asked] == ["refund", "lookup", "lookup"]
    assert desk.refund.status is RefundStatus.PENDING


async def test_an_old_job_is_looked_up_before_anything_is_sent():
    desk = Desk(YES)
    desk.shelf.clock.pass_time(hours=13)
    await desk.run(1)
    assert desk.provider.asked == [("lookup", "refund-1")]
    assert desk.refund.status is RefundStatus.SUCCEEDED


async def test_an_old_job_sends_nothing_while_the_look_up_has_no_answer():
    desk = Desk(TIMEOUT, AWAY, YES)
    desk.shelf.clock.pass_time(hours=13)
    await desk.run(3)
    assert [call for call, _ in desk.provider.asked] == ["lookup"] * 3


async def test_after_the_last_attempt_an_unknown_refund_waits_for_a_person_and_keeps_its_money():
    desk = Desk(*[TIMEOUT] * 20)
    await desk.run(20)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.UNKNOWN, "dead")
    assert desk.job.attempts == 8
    assert desk.refund.counts
    assert "refund.stuck" in desk.shelf.audit.kinds("refund-1")
    assert [job.key for job in desk.shelf.jobs.of(NOTIFY)][-1] == "refund:refund-1:stuck"


async def test_a_dead_refund_that_is_requeued_can_still_end():
    desk = Desk(*[TIMEOUT] * 8, YES)
    await desk.run(20)
    await desk.shelf.jobs.requeue(desk.job.id)
    await desk.run(1)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.SUCCEEDED, "done")


async def test_a_provider_that_hangs_is_given_up_on_and_the_refund_is_unknown():
    desk = Desk(times=RefundTimes(call_seconds=0.01))

    async def hang(request):
        await asyncio.sleep(60)

    desk.provider.refund = hang
    await desk.run(1)
    assert desk.refund.status is RefundStatus.UNKNOWN


async def test_an_answer_nobody_understands_may_mean_that_it_happened():
    desk = Desk(RuntimeError("500: <html>"))
    await desk.run(1)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.UNKNOWN, "queued")


async def test_a_key_that_belongs_to_another_refund_is_a_persons_at_once():
    desk = Desk(IdempotencyConflict("refund-1"))
    await desk.run(1)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.PENDING, "dead")


async def test_a_job_about_nothing_is_dead():
    desk = Desk()
    desk.shelf.orders["order-1"].refunds.clear()
    await desk.run(1)
    assert desk.job.state == "dead"


async def test_a_provider_that_is_not_connected_is_not_asked(caplog):
    desk = Desk(YES)
    desk.handler._provider_for = {}.__getitem__
    await desk.run(1)
    assert (desk.refund.status, desk.job.state) == (RefundStatus.PENDING, "queued")


async def test_a_repeated_job_asks_nothing_for_a_refund_that_ended():
    desk = Desk(YES)
    await desk.run(1)
    assert await desk.handler(desk.job) is not None
    assert len(desk.provider.asked) == 1


class TestSeveralPayments:
    SPLIT: ClassVar = {"visa": 3000, "gift": 2000}

    async def test_each_part_is_asked_for_with_its_own_key(self):
        desk = Desk(YES, YES, split=self.SPLIT)
        await desk.run(1)
        assert desk.provider.asked == [("refund", "refund-1"), ("refund", "refund-1:2")]
        assert desk.refund.status is RefundStatus.SUCCEEDED

    async def test_only_the_part_without_an_end_is_asked_for_again(self):
        desk = Desk(YES, TIMEOUT, YES, split=self.SPLIT)
        await desk.run(2)
        assert desk.provider.asked[2:] == [("refund", "refund-1:2")]
        assert desk.refund.status is RefundStatus.SUCCEEDED

    async def test_one_part_waiting_does_not_keep_the_other_from_being_bounded(self):
        desk = Desk(LATER, TIMEOUT, *[LATER, TIMEOUT] * 20, split=self.SPLIT)
        await desk.run(30)
        assert (desk.refund.status, desk.job.state) == (RefundStatus.UNKNOWN, "dead")
