"""What every payment provider keeps, the stand-in as well as the real ones.

To put another provider under the same tests, add a function to CONNECTIONS that yields a Connection.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.ports import PaymentProvider, ProviderRequest
from integrations.payments.errors import IdempotencyConflict
from integrations.payments.sandbox import SandboxProvider

_numbers = itertools.count(1)


@dataclass
class Connection:
    """A provider and what a test needs to know of the world behind it."""

    provider: PaymentProvider
    capture: Callable[[int], str]
    """Take a payment of so many minor units (EUR); the provider's name for it."""
    given_back: Callable[[str], int]
    """What has really been refunded of a payment."""


def _sandbox(path: Path | str) -> Iterator[Connection]:
    with closing(SandboxProvider(path)) as provider:

        def capture(amount: int) -> str:
            ref = f"ch_{next(_numbers)}"
            provider.register_payment(ref, amount)
            return ref

        def given_back(ref: str) -> int:
            return sum(effect.amount for effect in provider.effects() if effect.payment_ref == ref)

        yield Connection(provider, capture, given_back)


@contextmanager
def sandbox_in_memory(folder: Path) -> Iterator[Connection]:
    yield from _sandbox(":memory:")


@contextmanager
def sandbox_in_a_file(folder: Path) -> Iterator[Connection]:
    yield from _sandbox(folder / "provider.db")


CONNECTIONS: list[Callable[[Path], AbstractContextManager[Connection]]] = [
    sandbox_in_memory,
    sandbox_in_a_file,
]


@pytest.fixture(params=CONNECTIONS, ids=lambda connection: connection.__name__)
def world(request, tmp_path) -> Iterator[Connection]:
    with request.param(tmp_path) as connection:
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
