"""Reconciliation: the provider is asked about every refund without an end, and a day's books are compared both ways."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta

from pydantic import BaseModel, Field

from domain.orders.model import Order
from domain.ports import (
    Clock,
    Job,
    ProviderAnswer,
    ProviderRefund,
    ProviderTimeout,
    ProviderUnavailable,
    RecordingProvider,
    Store,
    UnitOfWork,
)
from domain.refunds.execution import OpenPart, RefundMissing, find_refund, open_parts, record_answer
from domain.refunds.model import RefundStatus
from domain.refunds.reconciliation import (
    Difference,
    DifferenceKind,
    OwnPart,
    differing,
    match,
    missing_here,
    own_parts,
)
from domain.refunds.writes import EXECUTE_REFUND
from integrations.payments.errors import IdempotencyConflict

log = logging.getLogger(__name__)
_MANY = 10_000


class ReconciliationReport(BaseModel):
    """What was compared, and where the books differ."""

    day: date | None = None
    asked: int = 0
    """Refunds without an end that the provider was asked about."""
    cleared: int = 0
    """Of these, those that have an end now."""
    ours: int = 0
    theirs: int = 0
    """Refunds of the day in each of the books."""
    differences: list[Difference] = Field(default_factory=list)


class Reconciler:
    """Compares one merchant's books with the provider's. `name`: the payments' provider; `sandbox` is all of them."""

    def __init__(self, store: Store, provider: RecordingProvider, *, name: str, clock: Clock) -> None:
        self._store, self._provider, self._name, self._clock = store, provider, name, clock

    def yesterday(self) -> date:
        """The last day that is over everywhere in UTC."""
        return self._clock.now().astimezone(UTC).date() - timedelta(days=1)

    async def reconcile(self, merchant_id: str, day: date) -> ReconciliationReport:
        """Ask about everything without an end, then compare the day (UTC).

        Raises ProviderTimeout, ProviderUnavailable.
        """
        report = await self.ask_about_unknowns(merchant_id)
        report.day = day
        since = datetime.combine(day, time(), UTC)
        until = since + timedelta(days=1)
        orders = await self._store.read(merchant_id, lambda uow: _orders(uow, since, until))
        ours = [part for order, on in orders for part in own_parts(order) if part.request.refund_id in on]
        ours = [part for part in ours if self._is_its(part.provider)]
        theirs = await self._provider.refunds(since, until)
        report.ours, report.theirs = len(ours), len(theirs)
        matched: set[str] = set()
        for each in theirs:
            part = match(ours, each) or await self._elsewhere(merchant_id, each)
            if part is not None:
                matched.add(part.request.key)
            _note(report, differing(part, each) if part is not None else missing_here(each))
        unclear = {each.refund_id for each in report.differences if each.kind is DifferenceKind.UNKNOWN}
        for part in ours:
            if part.request.key not in matched and part.request.refund_id not in unclear:
                _note(report, differing(part, await self._on_another_day(part)))
        return report

    async def ask_about_unknowns(self, merchant_id: str) -> ReconciliationReport:
        """Ask what became of every refund nobody could clear up; a dead job that has its answer is done with."""
        report = ReconciliationReport()
        for job in await self._jobs(merchant_id):
            for part in await self._open_parts(job):
                is_waiting = part.allocation.status is RefundStatus.PENDING and job.state != "dead"
                if is_waiting or not self._is_its(part.provider):
                    continue
                report.asked += 1
                if await self._cleared(job, part):
                    report.cleared += 1
                else:
                    report.differences.append(await self._unclear(job, part))
            if job.state == "dead" and not await self._open_parts(job):
                await self._store.jobs.requeue(job.id)
        return report

    async def _jobs(self, merchant_id: str) -> list[Job]:
        found = [
            job
            for state in ("dead", "queued", "leased")
            for job in await self._store.jobs.jobs(state=state, limit=_MANY)
        ]
        return [job for job in found if job.kind == EXECUTE_REFUND and job.merchant_id == merchant_id]

    async def _open_parts(self, job: Job) -> list[OpenPart]:
        def read(uow: UnitOfWork) -> list[OpenPart]:
            try:
                return open_parts(*find_refund(uow, job.payload["order_id"], job.payload["refund_id"]))
            except RefundMissing:
                return []

        return await self._store.read(job.merchant_id, read)

    async def _cleared(self, job: Job, part: OpenPart) -> bool:
        """Whether the provider told an end, which is taken down."""
        try:
            answer = await self._provider.lookup(part.request)
        except (ProviderTimeout, ProviderUnavailable, IdempotencyConflict) as error:
            log.warning("no news of %s: %s", part.request.key, error)
            return False
        if answer is None:
            return False
        await self._take_down(job, part, answer)
        return answer.status != RefundStatus.PENDING

    async def _take_down(self, job: Job, part: OpenPart, answer: ProviderAnswer) -> None:
        def work(uow: UnitOfWork) -> None:
            record_answer(
                uow, job.payload["order_id"], job.payload["refund_id"], part.allocation.payment, answer
            )

        await self._store.write(job.merchant_id, work)

    async def _unclear(self, job: Job, part: OpenPart) -> Difference:
        def number(uow: UnitOfWork) -> str:
            order = uow.orders.get(job.payload["order_id"])
            return order.number if order else ""

        order = await self._store.read(job.merchant_id, number)
        own = OwnPart(
            order=order, provider=part.provider, request=part.request, status=part.allocation.status
        )
        given = {"order": order, "refund_id": part.request.refund_id, "ours": own.words}
        return Difference(kind=DifferenceKind.UNKNOWN, theirs="no refund of that key, or no answer", **given)

    async def _elsewhere(self, merchant_id: str, theirs: ProviderRefund) -> OwnPart | None:
        """Our part of that refund where it was confirmed on another day."""

        def read(uow: UnitOfWork) -> OwnPart | None:
            names = [self._name] if self._name != "sandbox" else ["sandbox", "stripe"]
            found = (uow.orders.by_payment(name, theirs.payment_refs) for name in names)
            order = next((each for each in found if each is not None), None)
            return match(own_parts(order), theirs) if order is not None else None

        return await self._store.read(merchant_id, read)

    async def _on_another_day(self, part: OwnPart) -> ProviderRefund | None:
        """The provider's record of a part of ours that was made there on another day."""
        found = await self._provider.refunds_of(part.request.payment_ref)
        return next((each for each in found if match([part], each)), None)

    def _is_its(self, provider: str) -> bool:
        return self._name in ("sandbox", provider)


def _orders(uow: UnitOfWork, since: datetime, until: datetime) -> list[tuple[Order, set[str]]]:
    """Orders with refunds made in that time, and which of their refunds these are."""
    found = []
    for order_id in uow.orders.refunded_between(since, until):
        order = uow.orders.get(order_id)
        if order is not None:
            found.append((order, {r.id for r in order.refunds if since <= r.created_at < until}))
    return found


def _note(report: ReconciliationReport, difference: Difference | None) -> None:
    if difference is not None and difference not in report.differences:
        report.differences.append(difference)
