"""The `provider_event` job: what a provider reported of itself (a webhook) comes to stand on the order.

An event may come before the order or the refund it is about; it is tried again for a while. What it still carries of
ours then, while nobody here knows the refund, is entered as made outside: the money has moved.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from domain.orders.disputes import record_dispute
from domain.orders.model import Dispute
from domain.ports import (
    Job,
    PaymentRecords,
    ProviderRefund,
    ProviderTimeout,
    ProviderUnavailable,
    Store,
    UnitOfWork,
)
from domain.refunds.reported import Reported, take_in
from integrations.work.outcome import Again, Done, Outcome

log = logging.getLogger(__name__)
EARLY_ATTEMPTS = 5
"""How often an event that fits nothing here is tried (about three minutes)."""


class TakeInEvent:
    """The handler. Safe to run again at any point, and twice at once."""

    def __init__(self, store: Store, records: PaymentRecords, *, timeout_seconds: float) -> None:
        self._store, self._records, self.timeout_seconds = store, records, timeout_seconds

    async def __call__(self, job: Job) -> Outcome:
        """Take one event down."""
        payload, may_be_early = job.payload, job.attempts < EARLY_ATTEMPTS
        if payload["what"] == "dispute":
            known = await self._store.write(job.merchant_id, lambda uow: _dispute(uow, payload))
            return _ended(known, may_be_early, job)
        try:
            seen = await self._seen(payload)
        except (ProviderTimeout, ProviderUnavailable) as error:
            return Again(
                f"the provider did not say: {error}", at_least=getattr(error, "retry_after", None) or 0.0
            )
        found = [await self._taken_in(job, each, may_be_early) for each in seen]
        if Reported.TOO_EARLY in found:
            return Again("it is about a refund that is not here yet")
        return _ended(Reported.NOT_OURS not in found, may_be_early, job)

    async def _taken_in(self, job: Job, seen: ProviderRefund, may_be_early: bool) -> Reported:
        provider = str(job.payload["provider"])

        def work(uow: UnitOfWork) -> Reported:
            return take_in(uow, provider, seen, may_be_early=may_be_early)

        return await self._store.write(job.merchant_id, work)

    async def _seen(self, payload: dict[str, Any]) -> list[ProviderRefund]:
        """The refund that was reported; for a payment, all of its refunds as the provider has them now."""
        if payload["what"] == "refund":
            return [read_refund(payload)]
        return await self._records.refunds_of(payload["payment_refs"][0])


def _dispute(uow: UnitOfWork, payload: dict[str, Any]) -> bool:
    """Whether the payment is ours."""
    provider, refs = payload["provider"], payload["payment_refs"]
    order = uow.orders.by_payment(provider, refs)
    if order is None:
        return False
    payment = next(p for p in order.payments if p.provider == provider and p.provider_ref in refs)
    record_dispute(uow, order, payment, payload["ref"], Dispute(payload["state"]))
    return True


def _ended(known: bool, may_be_early: bool, job: Job) -> Outcome:
    if known:
        return Done()
    if may_be_early:
        return Again("no order here has this payment")
    log.info("%s is about a payment of nobody here", job.key)
    return Done()


def read_refund(payload: dict[str, Any]) -> ProviderRefund:
    """The refund as the event's job carries it."""
    return ProviderRefund(
        ref=payload["ref"],
        payment_refs=tuple(payload["payment_refs"]),
        amount=int(payload["amount"]),
        currency=payload["currency"],
        status=payload["status"],
        at=datetime.fromisoformat(payload["at"]),
        key=payload["key"],
        refund_id=payload["refund_id"],
        reason=payload["reason"],
    )
