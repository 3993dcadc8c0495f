"""What every payment provider keeps, the stand-in as well as the real ones.

To put another provider under the same tests, add a function to CONNECTIONS that yields a Connection.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.ports import ProviderRequest
from evals.stripe.running import stripe_like
from integrations.payments.errors import IdempotencyConflict
from integrations.payments.sandbox import SandboxProvider
from integrations.payments.stripe import StripeProvider
from integrations.payments.stripe_api import StripeApi
from tests.localstripe import KEY, AsDocumented, LocalStripe, local_stripe

_numbers = itertools.count(1)
Servers = Callable[[str], Any]
"""Servers by name, started once for all tests of this file."""


@dataclass
class Connection:
    """A provider and what a test needs to know of the world behind it."""

    provider: Any
    capture: Callable[[int], str]
    """Take a payment of so many minor units (EUR); the provider's name for it."""
    given_back: Callable[[str], int]
    """What has really been refunded of a payment."""


async def _sandbox(path: Path | str) -> AsyncIterator[Connection]:
    with closing(SandboxProvider(path)) as provider:

        def capture(amount: int) -> str:
            ref = f"ch_{next(_numbers)}"
            provider.register_payment(ref, amount)
            return ref

        def given_back(ref: str) -> int:
            return sum(effect.amount for effect in provider.effects() if effect.payment_ref == ref)

        yield Connection(provider, capture, given_back)


@asynccontextmanager
async def sandbox_in_memory(folder: Path, servers: Servers) -> AsyncIterator[Connection]:
    async for connection in _sandbox(":memory:"):
        yield connection


@asynccontextmanager
async def sandbox_in_a_file(folder: Path, servers: Servers) -> AsyncIterator[Connection]:
    async for connection in _sandbox(folder / "provider.db"):
        yield connection


async def _localstripe(stripe: LocalStripe, which: int) -> AsyncIterator[Connection]:
    provider = StripeProvider(StripeApi(KEY, url=stripe.url, transport=AsDocumented(stripe)))
    try:
        yield Connection(provider, lambda amount: stripe.capture(amount)[which], stripe.given_back)
    finally:
        await provider.aclose()


@asynccontextmanager
async def stripe_payment_intents_at_localstripe(folder: Path, servers: Servers) -> AsyncIterator[Connection]:
    async for connection in _localstripe(servers("localstripe"), 0):
        yield connection


@asynccontextmanager
async def stripe_charges_at_localstripe(folder: Path, servers: Servers) -> AsyncIterator[Connection]:
    async for connection in _localstripe(servers("localstripe"), 1):
        yield connection


@asynccontextmanager
async def stripe_at_our_own_server(folder: Path, servers: Servers) -> AsyncIterator[Connection]:
    server = servers("ours")
    provider = StripeProvider(StripeApi(KEY, url=server.url))

    def capture(amount: int) -> str:
        ref = f"pi_{next(_numbers)}"
        server.add_payments({ref: amount})
        return ref

    def given_back(ref: str) -> int:
        return sum(effect["amount"] for effect in server.effects() if effect["payment_intent"] == ref)

    try:
        yield Connection(provider, capture, given_back)
    finally:
        await provider.aclose()


CONNECTIONS: list[Callable[[Path, Servers], AbstractAsyncContextManager[Connection]]] = [
    sandbox_in_memory,
    sandbox_in_a_file,
    stripe_payment_intents_at_localstripe,
    stripe_charges_at_localstripe,
    stripe_at_our_own_server,
]
_STARTERS: dict[str, Callable[[Path], Any]] = {"localstripe": local_stripe, "ours": stripe_like}


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """Each server is started when a test first asks for it."""
    with ExitStack() as stack:
        running: dict[str, Any] = {}

        def server(name: str) -> Any:
            if name not in running:
                running[name] = stack.enter_context(_STARTERS[name](tmp_path_factory.mktemp(name)))
            return running[name]

        yield server


@pytest.fixture(params=CONNECTIONS, ids=lambda connection: connection.__name__)
async def world(request, tmp_path, servers) -> AsyncIterator[Connection]:
    async with request.param(tmp_path, servers) as connection:
        yield connection


def asking(ref: str, amount: int, key: str | None = None) -> ProviderRequest:
    key = key or f"refund-{next(_numbers)}"
    return ProviderRequest(key, key, ref, amount, "EUR")


async def test_a_refund_gives_the_money_back_and_has_a_name(world):
    ref = world.capture(5000)
    answer = await world.provider.refund(asking(ref, 2000))
    assert answer.status == "succeeded"
    assert answer.ref
    assert world.given_back(ref) == 2000


async def test_the_same_key_again_gives_the_same_answer_and_nothing_more(world):
    request = asking(world.capture(5000), 2000)
    answers = [await world.provider.refund(request) for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert world.given_back(request.payment_ref) == 2000


async def test_the_same_key_at_the_same_time_gives_it_back_once(world):
    request = asking(world.capture(5000), 2000)
    await asyncio.gather(*(world.provider.refund(request) for _ in range(5)), return_exceptions=True)
    assert world.given_back(request.payment_ref) == 2000


async def test_another_amount_under_the_same_key_is_an_error_and_does_nothing(world):
    request = asking(world.capture(5000), 2000)
    await world.provider.refund(request)
    with pytest.raises(IdempotencyConflict):
        await world.provider.refund(asking(request.payment_ref, 2001, request.key))
    assert world.given_back(request.payment_ref) == 2000


async def test_two_keys_are_two_refunds(world):
    ref = world.capture(5000)
    await world.provider.refund(asking(ref, 2000))
    await world.provider.refund(asking(ref, 2000))
    assert world.given_back(ref) == 4000


async def test_more_than_is_left_is_declined_with_a_reason(world):
    ref = world.capture(5000)
    await world.provider.refund(asking(ref, 4000))
    answer = await world.provider.refund(asking(ref, 1001))
    assert answer.status == "failed"
    assert answer.reason
    assert world.given_back(ref) == 4000


async def test_what_happened_can_be_looked_up(world):
    request = asking(world.capture(5000), 2000)
    answer = await world.provider.refund(request)
    found = await world.provider.lookup(request)
    assert found is not None
    assert (found.status, found.ref) == (answer.status, answer.ref)


async def test_what_never_arrived_is_not_known(world):
    assert await world.provider.lookup(asking(world.capture(5000), 2000)) is None


async def test_what_was_made_in_a_time_can_be_listed_with_our_own_key(world):
    request = asking(world.capture(5000), 2000)
    began = datetime.now(UTC).replace(microsecond=0)
    answer = await world.provider.refund(request)
    found = await world.provider.refunds(began, began + timedelta(hours=1))
    (made,) = [refund for refund in found if refund.ref == answer.ref]
    assert (made.key, made.refund_id, made.amount, made.currency, made.status) == (
        request.key, request.refund_id, 2000, "EUR", "succeeded",
    )  # fmt: skip
    assert request.payment_ref in made.payment_refs
    assert began <= made.at < began + timedelta(hours=1)
    earlier = await world.provider.refunds(began - timedelta(hours=2), began)
    assert answer.ref not in [refund.ref for refund in earlier]
