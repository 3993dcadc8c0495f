"""A payment provider that moves no money and remembers everything, in a file of its own.

It behaves as real ones do: the same key gives the same answer, another amount under the same key is an error, keys
are forgotten after a day while refunds can be looked up for ever, an answer can be late or missing. It can be told
what to do next (:meth:`SandboxProvider.script`), or to fail at seeded rates.

>>> import asyncio
>>> provider = SandboxProvider(":memory:")
>>> provider.script("decline")
>>> asyncio.run(provider.refund(ProviderRequest("r1", "r1", "card", 500, "EUR"))).status
'failed'
>>> provider.close()
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from domain.ports import (
    Clock,
    ProviderAnswer,
    ProviderRefund,
    ProviderRequest,
    ProviderTimeout,
    ProviderUnavailable,
)
from integrations.payments.errors import IdempotencyConflict
from integrations.payments.sandbox_book import REVERSED, Effect, SandboxBook
from integrations.payments.sandbox_faults import Fault, FaultRates

T = TypeVar("T")
_HANG_SECONDS = 3600.0
_DECLINED, _EXCEEDS = "declined", "more than what is left of the payment"


class _SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SandboxProvider:
    """Satisfies :class:`domain.ports.PaymentProvider`. ``":memory:"`` keeps it in this process only, and is faster.

    `late_seconds`: how long after a late answer the refund ends when it is looked up (None: only by `release`).
    `key_hours`: how long keys are remembered.
    """

    def __init__(
        self,
        path: str | Path = ":memory:",
        *,
        clock: Clock | None = None,
        rates: FaultRates | None = None,
        late_seconds: float | None = 5.0,
        key_hours: float = 24.0,
        latency_seconds: float = 0.0,
    ) -> None:
        self._book = SandboxBook(path)
        self._in_process = str(path) == ":memory:"
        self._clock = clock or _SystemClock()
        self._rates = rates or FaultRates()
        self._late_seconds, self._key_hours = late_seconds, key_hours
        self._latency_seconds = latency_seconds

    async def refund(self, request: ProviderRequest) -> ProviderAnswer:
        """Ask for a refund. Raises ProviderTimeout, ProviderUnavailable, IdempotencyConflict."""
        answer, fault = await self._call(lambda: self._refund(request))
        if fault is Fault.HANG:
            await asyncio.sleep(_HANG_SECONDS)
        if fault in (Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER, Fault.HANG):
            raise ProviderTimeout(f"sandbox: no answer for {request.key}")
        if answer is None:
            raise ProviderUnavailable("sandbox: not now")
        return answer

    async def lookup(self, request: ProviderRequest) -> ProviderAnswer | None:
        """What became of it, by key; None when it never arrived. Raises ProviderTimeout, ProviderUnavailable."""
        answer, fault = await self._call(lambda: self._lookup(request))
        if fault is Fault.LOOKUP_TIMEOUT:
            raise ProviderTimeout(f"sandbox: no answer about {request.key}")
        if fault is Fault.LOOKUP_UNAVAILABLE:
            raise ProviderUnavailable("sandbox: not now")
        return answer

    async def refunds(self, since: datetime, until: datetime) -> list[ProviderRefund]:
        """Every refund made in that time, declined ones included, oldest first. Raises ProviderUnavailable."""
        effects = await self._call(self._book.all)
        return [_as_recorded(each) for each in effects if since.timestamp() <= each.at < until.timestamp()]

    async def refunds_of(self, payment_ref: str) -> list[ProviderRefund]:
        """Every refund of a payment, oldest first. Raises ProviderUnavailable."""
        effects = await self._call(self._book.all)
        return [_as_recorded(each) for each in effects if each.payment_ref == payment_ref]

    def script(self, *faults: str) -> None:
        """What befalls the next calls, in order, kept over restarts; see :class:`Fault` for the words.

        An outcome (`succeed`, `decline`, `late`, `late_decline`) waits for a refund the provider does not know yet.
        """
        planned = [Fault(word) for word in faults]
        with self._book.transaction():
            self._book.plan(planned)

    def register_payment(self, ref: str, captured: int) -> None:
        """Refunds of this payment above `captured` minor units are declined; unknown payments give anything."""
        with self._book.transaction():
            self._book.register(ref, captured)

    def release(self, key: str | None = None) -> int:
        """Late refunds (of that key) end now; how many."""
        with self._book.transaction():
            return self._book.end_pending(key)

    def reverse(self, key: str) -> int:
        """The bank takes a succeeded refund back; how many."""
        with self._book.transaction():
            return self._book.reverse(key)

    def effects(self, refund_id: str | None = None) -> list[Effect]:
        """What really happened, oldest first: all but declined refunds."""
        return [
            effect
            for effect in self._book.all()
            if effect.status != "failed" and refund_id in (None, effect.refund_id)
        ]

    def close(self) -> None:
        """Give the file back."""
        self._book.close()

    async def aclose(self) -> None:
        """The same, for those who wait for every provider."""
        self.close()

    async def _call(self, work: Callable[[], T]) -> T:
        if self._latency_seconds:
            await asyncio.sleep(self._latency_seconds)
        return work() if self._in_process else await asyncio.to_thread(work)

    def _refund(self, request: ProviderRequest) -> tuple[ProviderAnswer | None, Fault | None]:
        now = self._clock.now().timestamp()
        with self._book.transaction():
            fresh = now - self._key_hours * 3600
            known = next((e for e in reversed(self._book.of_key(request.key)) if e.at > fresh), None)
            if known is not None and not known.is_for(request):
                raise IdempotencyConflict(request.key)
            fault = self._planned(is_replay=known is not None)
            fault = fault or self._rates.draw(request.key, self._book.count_call(request.key))
            if fault is not None and fault.is_before:
                return None, fault
            effect = known or self._take(request, fault, now)
        return ProviderAnswer(effect.answered, effect.ref, effect.reason), fault

    def _planned(self, *, of_lookup: bool = False, is_replay: bool = False) -> Fault | None:
        planned = self._book.next_planned(of_lookup=of_lookup)
        if planned is None or (is_replay and planned[1].is_outcome):
            return None
        self._book.drop_planned(planned[0])
        return planned[1]

    def _take(self, request: ProviderRequest, fault: Fault | None, now: float) -> Effect:
        left = self._book.left(request.payment_ref)
        if request.amount <= 0 or (left is not None and request.amount > left):
            return self._book.add(request, "failed", "failed", _EXCEEDS, now)
        if fault is Fault.DECLINE:
            return self._book.add(request, "failed", "failed", _DECLINED, now)
        if fault is Fault.LATE:
            return self._book.add(request, "pending", "succeeded", "", now)
        if fault is Fault.LATE_DECLINE:
            return self._book.add(request, "pending", "failed", "", now)
        return self._book.add(request, "succeeded", "succeeded", "", now)

    def _lookup(self, request: ProviderRequest) -> tuple[ProviderAnswer | None, Fault | None]:
        now = self._clock.now().timestamp()
        with self._book.transaction():
            fault = self._planned(of_lookup=True)
            call = self._book.count_call(f"lookup:{request.key}")
            fault = fault or self._rates.draw_for_lookup(request.key, call)
            if fault is not None:
                return None, fault
            if self._late_seconds is not None:
                self._book.end_pending(request.key, before=now - self._late_seconds)
            found = self._book.of_key(request.key)
        if not found:
            return None, None
        effect = next((e for e in found if e.status != "failed"), found[-1])
        status = "failed" if effect.status == REVERSED else effect.status
        reason = effect.reason or (_DECLINED if status == "failed" else "")
        return ProviderAnswer(status, effect.ref, reason), None


def _as_recorded(effect: Effect) -> ProviderRefund:
    return ProviderRefund(
        ref=effect.ref,
        payment_refs=(effect.payment_ref,),
        amount=effect.amount,
        currency=effect.currency,
        status="failed" if effect.status == REVERSED else effect.status,
        at=datetime.fromtimestamp(effect.at, UTC),
        key=effect.key,
        refund_id=effect.refund_id,
        reason=effect.reason,
    )
