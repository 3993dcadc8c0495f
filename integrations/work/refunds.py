"""The `execute_refund` job: ask the providers for a confirmed refund until every part of it has ended.

Each part has one key for ever. No answer makes the part unknown; the same key is sent again, and from the third
attempt, or once keys may have been forgotten, the provider is asked what it knows before anything is sent. A part
the provider has taken but not ended is only ever looked up. What no attempt could clear up goes to the dead
letters with its status as it is: it goes on consuming what it asked for until a person has looked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from domain.ports import (
    Clock,
    Job,
    PaymentProvider,
    ProviderAnswer,
    ProviderTimeout,
    ProviderUnavailable,
    Store,
    UnitOfWork,
)
from domain.refunds.execution import (
    OpenPart,
    RefundMissing,
    find_refund,
    open_parts,
    record_answer,
    record_stuck,
)
from domain.refunds.model import RefundStatus
from domain.refunds.writes import EXECUTE_REFUND
from integrations.payments.errors import IdempotencyConflict
from integrations.work.outcome import Again, Dead, Done, Outcome

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
ProviderFor = Callable[[str], PaymentProvider]
"""The provider of that name (`Payment.provider`). Raises KeyError where it is not connected."""

_RESENDS = 2
"""Attempts that send the key; later ones look an unknown part up first."""


class _NoNews(Exception):
    """A look-up told nothing, so nothing may be sent either."""


@dataclass(frozen=True, slots=True)
class _InTheWay:
    """Why a part has not ended, and how many seconds the provider asked to be left alone for."""

    error: str
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class RefundTimes:
    """How long things may take."""

    call_seconds: float = 20.0
    """One call to a provider."""
    look_up_after: timedelta = timedelta(hours=12)
    """Providers forget keys after a day: an older job asks before it sends."""
    check_first_seconds: float = 5.0
    """The first look at a refund the provider will end later; then twice as long each time."""
    check_most_seconds: float = 3600.0
    wait_at_most: timedelta = timedelta(days=14)
    """After that a refund the provider never ended is a person's."""


class ExecuteRefund:
    """The handler. Safe to run again at any point, and twice at once."""

    def __init__(
        self, store: Store, provider_for: ProviderFor, *, clock: Clock, times: RefundTimes | None = None
    ) -> None:
        self._store, self._provider_for, self._clock = store, provider_for, clock
        self._times = times or RefundTimes()

    @property
    def timeout_seconds(self) -> float:
        """The longest single call to the outside."""
        return self._times.call_seconds

    async def __call__(self, job: Job) -> Outcome:
        """One attempt at every part that has not ended."""
        try:
            parts = await self._open_parts(job)
            news = [(part, await self._attempt(job, part)) for part in parts]
            errors = [said.error for _, said in news if said]
            if any(said and not part.allocation.provider_ref for part, said in news):
                wait = max(said.wait for _, said in news if said)
                return Again("; ".join(errors), at_least=min(wait, self._times.check_most_seconds))
            return self._waiting(job, await self._open_parts(job), errors)
        except (RefundMissing, IdempotencyConflict) as error:
            return Dead(f"{type(error).__name__}: {error}")

    async def on_dead(self, job: Job, error: str) -> None:
        """For the worker's `on_dead`: the refund is noted as stuck, once for each burial."""
        if job.kind != EXECUTE_REFUND:
            return
        try:
            await self._store.write(job.merchant_id, lambda uow: record_stuck(uow, *_names(job)))
        except RefundMissing:
            log.warning("job %s is about a refund that does not exist", job.id)

    async def _attempt(self, job: Job, part: OpenPart) -> _InTheWay | None:
        """Ask for one part and take down what is said; what stood in the way, if anything did."""
        try:
            answer = await self._ask(job, part)
        except _NoNews as nothing:
            return _InTheWay(str(nothing))
        except ProviderUnavailable as error:
            said = f"{part.request.key}: provider unavailable: {error}"
            return _InTheWay(said, error.retry_after or 0.0)
        await self._record(job, part, answer)
        unanswered = f"{part.request.key}: no answer, it may have happened"
        return None if answer is not None else _InTheWay(unanswered)

    async def _ask(self, job: Job, part: OpenPart) -> ProviderAnswer | None:
        """The provider's answer; None where a refund was sent and nothing came back."""
        provider = self._provider_for(part.provider)
        if part.allocation.provider_ref or self._must_look_up(job, part):
            known = await self._look_up(provider, part)
            if known is not None:
                return known
        try:
            return await self._in_time(provider.refund(part.request))
        except (ProviderUnavailable, IdempotencyConflict):
            raise
        except ProviderTimeout:
            return None
        except Exception:
            log.exception("an answer about %s was not understood; it may have happened", part.request.key)
            return None

    async def _look_up(self, provider: PaymentProvider, part: OpenPart) -> ProviderAnswer | None:
        """What the provider knows; None where it never heard of it, and may be asked again with the same key.

        Raises _NoNews where it did not answer, or no longer knows what it took: then nothing may be sent.
        """
        try:
            known = await self._in_time(provider.lookup(part.request))
        except ProviderTimeout:
            raise _NoNews(f"{part.request.key}: no answer to the look-up") from None
        if known is None and part.allocation.provider_ref:
            raise _NoNews(f"{part.request.key}: the provider does not know {part.allocation.provider_ref}")
        return known

    def _must_look_up(self, job: Job, part: OpenPart) -> bool:
        if self._clock.now() - job.created_at > self._times.look_up_after:
            return True
        return part.allocation.status is RefundStatus.UNKNOWN and job.attempts > _RESENDS

    async def _in_time(self, call: Awaitable[Answer]) -> Answer:
        try:
            async with asyncio.timeout(self._times.call_seconds):
                return await call
        except TimeoutError:
            raise ProviderTimeout(f"no answer within {self._times.call_seconds:g} s") from None

    async def _record(self, job: Job, part: OpenPart, answer: ProviderAnswer | None) -> None:
        order_id, refund_id = _names(job)
        payment = part.allocation.payment

        def work(uow: UnitOfWork) -> None:
            record_answer(uow, order_id, refund_id, payment, answer)

        await self._store.write(job.merchant_id, work)

    async def _open_parts(self, job: Job) -> list[OpenPart]:
        return await self._store.read(
            job.merchant_id, lambda uow: open_parts(*find_refund(uow, *_names(job)))
        )

    def _waiting(self, job: Job, left: list[OpenPart], errors: list[str]) -> Outcome:
        """Every part was answered: done, unless a provider will tell later."""
        if not left:
            return Done()
        said = "; ".join(errors) or f"{left[0].request.key}: the provider has not ended it yet"
        if self._clock.now() - job.created_at > self._times.wait_at_most:
            return Dead(said)
        doubled = self._times.check_first_seconds * 2 ** min(job.attempts - 1, 20)
        return Again(said, seconds=min(doubled, self._times.check_most_seconds), bounded=False)


def _names(job: Job) -> tuple[str, str]:
    """Order id and refund id."""
    return str(job.payload["order_id"]), str(job.payload["refund_id"])
