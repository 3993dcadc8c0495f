"""What the sandbox provider can be told to do, beyond what all providers keep."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from domain.ports import ProviderRequest, ProviderTimeout, ProviderUnavailable
from integrations.payments.sandbox import SandboxProvider
from integrations.payments.sandbox_faults import FaultRates
from tests.builders import FakeClock


def asking(key: str = "r1", amount: int = 500) -> ProviderRequest:
    return ProviderRequest(key, key, "visa", amount, "EUR")


@pytest.fixture(params=["memory", "file"])
def path(request, tmp_path):
    return ":memory:" if request.param == "memory" else tmp_path / "provider.db"


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def provider(path, clock) -> Iterator[Any]:
    with closing(SandboxProvider(path, clock=clock)) as provider:
        yield provider


async def test_a_scripted_decline_befalls_the_next_refund_only(provider):
    provider.script("decline")
    assert (await provider.refund(asking("r1"))).status == "failed"
    assert (await provider.refund(asking("r2"))).status == "succeeded"
    assert [effect.key for effect in provider.effects()] == ["r2"]


async def test_a_decline_is_remembered_for_its_key(provider):
    provider.script("decline")
    first = await provider.refund(asking())
    assert await provider.refund(asking()) == first
    assert await provider.lookup(asking()) == first


async def test_a_time_out_before_does_nothing(provider):
    provider.script("timeout_before")
    with pytest.raises(ProviderTimeout):
        await provider.refund(asking())
    assert provider.effects() == []
    assert await provider.lookup(asking()) is None


async def test_a_time_out_after_has_happened(provider):
    provider.script("timeout_after")
    with pytest.raises(ProviderTimeout):
        await provider.refund(asking())
    assert len(provider.effects()) == 1
    assert (await provider.refund(asking())).status == "succeeded"
    assert len(provider.effects()) == 1


async def test_a_call_that_hangs_has_happened(provider):
    provider.script("hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await provider.refund(asking())
    assert len(provider.effects()) == 1


async def test_an_unavailable_provider_does_nothing(provider):
    provider.script("unavailable")
    with pytest.raises(ProviderUnavailable):
        await provider.refund(asking())
    assert provider.effects() == []


async def test_a_late_refund_ends_by_itself_after_a_while(provider, clock):
    provider.script("late")
    assert (await provider.refund(asking())).status == "pending"
    assert (await provider.lookup(asking())).status == "pending"
    clock.pass_time(seconds=5)
    assert (await provider.lookup(asking())).status == "succeeded"
    assert (await provider.refund(asking())).status == "pending"


async def test_a_late_refund_ends_when_it_is_released(path, clock):
    with closing(SandboxProvider(path, clock=clock, late_seconds=None)) as opened:
        provider: Any = opened
        provider.script("late", "late_decline")
        await provider.refund(asking("r1"))
        await provider.refund(asking("r2"))
        clock.pass_time(days=3)
        assert (await provider.lookup(asking("r1"))).status == "pending"
        assert provider.release() == 2
        ends = [await provider.lookup(asking(key)) for key in ("r1", "r2")]
    assert [end.status for end in ends] == ["succeeded", "failed"]
    assert ends[1].reason


async def test_an_outcome_waits_for_a_refund_the_provider_does_not_know(provider):
    await provider.refund(asking("r1"))
    provider.script("decline")
    assert (await provider.refund(asking("r1"))).status == "succeeded"
    assert (await provider.refund(asking("r2"))).status == "failed"


async def test_a_failing_connection_also_befalls_a_key_that_is_known(provider):
    await provider.refund(asking())
    provider.script("timeout_before", "unavailable")
    with pytest.raises(ProviderTimeout):
        await provider.refund(asking())
    with pytest.raises(ProviderUnavailable):
        await provider.refund(asking())
    assert len(provider.effects()) == 1


async def test_look_ups_have_faults_of_their_own(provider):
    provider.script("lookup_timeout", "lookup_unavailable", "decline")
    assert (await provider.refund(asking())).status == "failed"
    with pytest.raises(ProviderTimeout):
        await provider.lookup(asking())
    with pytest.raises(ProviderUnavailable):
        await provider.lookup(asking())
    assert (await provider.lookup(asking())).status == "failed"


def test_a_word_that_means_nothing_is_an_error_and_plans_nothing(provider):
    with pytest.raises(ValueError, match="explode"):
        provider.script("decline", "explode")


async def test_keys_are_forgotten_after_a_day_and_refunds_are_not(provider, clock):
    await provider.refund(asking())
    clock.pass_time(hours=25)
    assert (await provider.lookup(asking())).status == "succeeded"
    await provider.refund(asking())
    assert len(provider.effects("r1")) == 2


async def test_the_bank_can_take_a_refund_back(provider):
    await provider.refund(asking())
    assert provider.reverse("r1") == 1
    assert (await provider.lookup(asking())).status == "failed"
    assert [effect.status for effect in provider.effects()] == ["reversed"]


async def test_everything_survives_a_restart(tmp_path):
    with closing(SandboxProvider(tmp_path / "provider.db")) as before:
        before.register_payment("visa", 900)
        answer = await before.refund(asking("r1"))
        before.script("timeout_before")
    with closing(SandboxProvider(tmp_path / "provider.db")) as after:
        assert await after.lookup(asking("r1")) == answer
        with pytest.raises(ProviderTimeout):
            await after.refund(asking("r2"))
        assert (await after.refund(asking("r2"))).status == "failed"
        assert len(after.effects()) == 1


def test_several_processes_use_it_at_once_and_each_refund_happens_once(tmp_path):
    path = str(tmp_path / "provider.db")
    with multiprocessing.get_context("forkserver").Pool(2) as pool:
        pool.map(refund_them_all, [path] * 4, chunksize=1)
    with closing(SandboxProvider(path)) as provider:
        assert sorted(effect.key for effect in provider.effects()) == sorted(f"r{i}" for i in range(30))


def refund_them_all(path: str) -> None:
    """In a process of its own."""

    async def refund() -> None:
        with closing(SandboxProvider(path)) as provider:
            await asyncio.gather(*(provider.refund(asking(f"r{i}")) for i in range(30)))

    asyncio.run(refund())


async def fates(seed: int) -> list[str]:
    rates = FaultRates(
        decline=0.2, late=0.1, timeout_before=0.1, timeout_after=0.1, unavailable=0.1, seed=seed
    )
    seen = []
    with closing(SandboxProvider(rates=rates)) as provider:
        for number in range(400):
            try:
                seen.append((await provider.refund(asking(f"r{number}"))).status)
            except (ProviderTimeout, ProviderUnavailable) as error:
                seen.append(type(error).__name__)
    return seen


async def test_faults_come_at_their_rates_and_the_same_for_the_same_seed():
    first = await fates(7)
    assert first == await fates(7)
    assert first != await fates(8)
    shares = {word: first.count(word) / len(first) for word in set(first)}
    assert shares == pytest.approx(
        {"succeeded": 0.4, "failed": 0.2, "pending": 0.1, "ProviderTimeout": 0.2, "ProviderUnavailable": 0.1},
        abs=0.06,
    )


async def test_a_call_again_has_a_fate_of_its_own():
    with closing(SandboxProvider(rates=FaultRates(timeout_before=0.5, seed=3))) as provider:
        for number in range(50):
            for _ in range(40):
                try:
                    await provider.refund(asking(f"r{number}"))
                    break
                except ProviderTimeout:
                    continue
        assert len(provider.effects()) == 50
