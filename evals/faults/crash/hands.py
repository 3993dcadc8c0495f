"""What a process of these runs is made of: a store, Stripe's adapter, and a worker with its handlers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.notices import NOTIFY
from domain.ports import Job, ProviderAnswer, ProviderRequest
from domain.refunds.writes import EXECUTE_REFUND
from integrations.payments.stripe import StripeProvider
from integrations.payments.stripe_api import StripeApi
from integrations.work.outcome import BackOff, Handler
from integrations.work.refunds import ExecuteRefund, RefundTimes
from integrations.work.worker import Pace, Worker

LEASE_SECONDS = 5.0
CALL_SECONDS = 1.5
PACE = Pace(
    lease_seconds=LEASE_SECONDS,
    poll_seconds=0.5,
    max_attempts=60,
    back_off=BackOff(first=0.1, factor=2.0, most=1.0),
)
"""As the product's, quicker; attempts are many because every kill costs one."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a process of a run works. `fresh_keys` is the control: what must never be done."""

    url: str
    stripe_url: str
    account: str
    fresh_keys: bool = False
    minutes: float = 0.0
    """How much later than now its clock stands."""


class LaterClock:
    """The time, some minutes from now."""

    def __init__(self, minutes: float = 0.0) -> None:
        self._ahead = timedelta(minutes=minutes)

    def now(self) -> datetime:
        """The instant."""
        return datetime.now(UTC) + self._ahead

    def skip_to(self, at: datetime) -> None:
        """Be no earlier than that."""
        self._ahead += max(timedelta(), at - self.now())


class FreshKeys:
    """A new key for every attempt, and nothing is looked up: the control, which has to pay twice."""

    def __init__(self, inner: StripeProvider) -> None:
        self._inner = inner

    async def refund(self, request: ProviderRequest) -> ProviderAnswer:
        """Ask anew."""
        return await self._inner.refund(replace(request, key=uuid.uuid4().hex))

    async def lookup(self, request: ProviderRequest) -> ProviderAnswer | None:
        """Nothing is ever known."""
        return None


def a_provider(way: Way) -> StripeProvider:
    """The real adapter, to the Stripe-like server."""
    return StripeProvider(
        StripeApi("sk_test_faults", url=way.stripe_url, account=way.account, timeout_seconds=CALL_SECONDS)
    )


def a_worker(store: Any, provider: Any, owner: str, clock: Any, pace: Pace = PACE) -> Worker:
    """The real worker with the real handler."""
    execute = ExecuteRefund(
        store, lambda name: provider, clock=clock, times=RefundTimes(call_seconds=CALL_SECONDS)
    )
    announced = getattr(store.jobs, "wait", None)
    handlers: dict[str, Handler] = {EXECUTE_REFUND: execute, NOTIFY: _told}
    return Worker(
        store, handlers, owner=owner, clock=clock, pace=pace, on_dead=execute.on_dead, announced=announced
    )


async def _told(job: Job) -> None:
    """Nobody listens."""
