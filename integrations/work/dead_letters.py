"""Jobs as people of finance see them: what waits, what died and why, and putting one back to work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from domain.identity import Role, Staff, role_violation
from domain.money import format_minor
from domain.ports import AuditEvent, Job, Store, UnitOfWork
from domain.refunds.execution import RefundMissing, find_refund
from domain.refunds.rollup import UNFINISHED
from domain.refunds.writes import EXECUTE_REFUND
from domain.rules import Refused, Rule, broken, refuse_if

_WHAT = {
    EXECUTE_REFUND: "asks the payment provider for a confirmed refund",
    "provider_event": "takes down what the payment provider reported",
    "notify": "tells the channels what became of a refund",
    "generate_label": "has the carrier draw a return label",
}


class JobView(BaseModel):
    """A job of the outbox."""

    id: int
    kind: str
    key: str
    state: str
    attempts: int
    created_at: datetime
    run_after: datetime
    last_error: str = ""
    payload: dict[str, Any] = Field(default_factory=dict)

    @classmethod
    def of(cls, job: Job) -> JobView:
        """From the outbox."""
        return cls.model_validate({name: getattr(job, name) for name in cls.model_fields})


class JobExplained(JobView):
    """A job, what it is for, where that stands, and what can be done."""

    order: str = ""
    sentences: list[str] = Field(default_factory=list)


class DeadLetters:
    """The outbox of one merchant, for people. Everything needs the role finance."""

    def __init__(self, store: Store, merchant_id: str) -> None:
        self._store, self._merchant = store, merchant_id

    async def list(self, actor_id: str, state: str | None, limit: int) -> list[JobView]:
        """Jobs of that state (all where none is given), the newest first. Raises Refused."""
        await self._store.read(self._merchant, lambda uow: _finance(uow, actor_id))
        found = await self._store.jobs.jobs(state=state, limit=limit)
        return [JobView.of(job) for job in found if job.merchant_id == self._merchant]

    async def explain(self, actor_id: str, job_id: int) -> JobExplained:
        """Raises Refused."""
        job = await self._one(actor_id, job_id)
        order, sentences = await self._store.read(self._merchant, lambda uow: _story(uow, job))
        return JobExplained(**JobView.of(job).model_dump(), order=order, sentences=sentences)

    async def requeue(self, actor_id: str, job_id: int) -> JobView:
        """A dead job starts anew, its attempts at 0 and its key as ever. Raises Refused where it is not dead."""
        job = await self._one(actor_id, job_id)
        if not await self._store.jobs.requeue(job_id):
            raise Refused(broken(Rule.ACTION_UNAVAILABLE, "job", limit="a dead job", value=job.state))
        data = {"job": job.id, "key": job.key, "error": job.last_error}
        await self._store.write(
            self._merchant,
            lambda uow: uow.audit.append(AuditEvent("job.requeued", job.key, actor_id, uow.now, data)),
        )
        return JobView.of((await self._store.jobs.job(job_id)) or job)

    async def _one(self, actor_id: str, job_id: int) -> Job:
        await self._store.read(self._merchant, lambda uow: _finance(uow, actor_id))
        job = await self._store.jobs.job(job_id)
        if job is None or job.merchant_id != self._merchant:
            raise Refused(broken(Rule.JOB_NOT_FOUND, "job", value=job_id))
        return job


def _finance(uow: UnitOfWork, actor_id: str) -> Staff:
    staff = uow.staff.get(actor_id)
    if staff is None:
        raise Refused(broken(Rule.NOT_AUTHORISED, "actor", limit=Role.FINANCE.value, value="unknown"))
    refuse_if([role_violation(staff, Role.FINANCE)])
    return staff


def _story(uow: UnitOfWork, job: Job) -> tuple[str, list[str]]:
    """The order it is about, and sentences from what it does to what a person can do."""
    told = [f"It {_WHAT.get(job.kind, 'is of a kind this desk does not know')} (key {job.key})."]
    number = ""
    if job.kind == EXECUTE_REFUND:
        number, about = _refund_story(uow, job)
        told += about
    if job.last_error:
        told.append(f"After {job.attempts} attempts it said last: {job.last_error}")
    if job.state == "dead":
        told.append(
            "Nobody tries it any more. Requeue it to start anew: the key stays the same, so nothing is paid twice."
        )
    elif job.state == "queued":
        told.append(f"It is tried next at {job.run_after:%Y-%m-%d %H:%M:%S} UTC.")
    elif job.state == "leased":
        told.append("A worker has it at this moment; another takes over when its lease runs out.")
    return number, told


def _refund_story(uow: UnitOfWork, job: Job) -> tuple[str, list[str]]:
    try:
        order, refund = find_refund(uow, job.payload["order_id"], job.payload["refund_id"])
    except RefundMissing as missing:
        return "", [f"But there is {missing}."]
    amount = f"{format_minor(refund.amount, order.currency)} {order.currency}"
    told = [f"The refund of {amount} on order {order.number} is {refund.status.value}."]
    for part in refund.allocations:
        shown = f"{format_minor(part.amount, order.currency)} {order.currency} to {part.method}"
        told.append(f"{shown}: {part.status.value}{f' ({part.provider_ref})' if part.provider_ref else ''}.")
    if refund.status in UNFINISHED:
        told.append("It goes on counting as given back until it has an end.")
    return order.number, told
