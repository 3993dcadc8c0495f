"""Short runs of `make faults`: the moments of one refund, random kills, and the control that has to pay twice."""

from __future__ import annotations

import asyncio
import shutil
from functools import partial

import pytest

from evals.faults.crash.hands import Way
from evals.faults.crash.shop import audited, payments_of, set_up
from evals.faults.parts import kills
from evals.faults.parts.kills import Plan
from evals.faults.parts.moments import Stage
from evals.stripe.proxy import Dice, Fate, proxy
from evals.stripe.running import stripe_like


@pytest.fixture(scope="module")
def stripe(tmp_path_factory):
    with stripe_like(tmp_path_factory.mktemp("stripe")) as running:
        yield running


@pytest.fixture
def stage(stripe, tmp_path):
    """One order on SQLite, of which the first answer is lost."""
    template = tmp_path / "template.db"
    asyncio.run(set_up(f"sqlite:///{template}", [1]))

    def copy(name):
        return f"sqlite:///{shutil.copyfile(template, tmp_path / f'{name}.db')}"

    return partial(Stage, copy, stripe, False)


@pytest.mark.timeout(400)
def test_killed_around_the_provider_call_it_pays_once_and_with_fresh_keys_twice(stage):
    names = iter(range(1000))
    moments, books = asyncio.run(stage((Fate.DROP,)).play(f"whole-{next(names)}", None))
    assert (books.succeeded, books.lost, books.doubled, books.stuck, books.ledger) == (1, [], [], [], 0)
    assert moments > 15
    for moment in range(moments // 2, moments, 4):
        died, books = asyncio.run(stage((Fate.DROP,)).play(f"kept-{next(names)}", moment))
        assert died
        assert (books.succeeded, books.lost, books.doubled, books.stuck) == (1, [], [], [])
    _, books = asyncio.run(stage((Fate.DROP,)).play("fresh", None, fresh_keys=True))
    assert len(books.doubled) == 1, "the control: were keys not kept, this would be seen"


@pytest.mark.timeout(400)
def test_replicas_that_are_killed_at_random_lose_nothing_and_pay_once(stripe, postgres_url, tmp_path):
    plan = Plan("short", replicas=2, kills=4, backend_kills=2, orders=30)
    done = asyncio.run(kills.run(plan, postgres_url, stripe, tmp_path))
    books = done.books
    assert done.kills == 4
    assert books.confirmed > 0
    assert (books.lost, books.doubled, books.stuck, books.ledger) == ([], [], [], 0)


async def test_the_audit_sees_what_was_lost_doubled_and_stuck(tmp_path):
    from integrations.storage.database import open_database

    url = f"sqlite:///{tmp_path / 'desk.db'}"
    await set_up(url, [1])
    store = await open_database(url)
    effect = {"metadata": {"desk_refund": "prop_x"}, "payment_intent": "pi_1"}
    found = await audited(store, [1], [effect, effect], told=["prop_told"])
    await store.close()
    assert len(found.doubled) == 1
    assert len(found.lost) == 2
    assert payments_of(7, two=True) == {"pi_7a": 800, "pi_7b": 4200}
    assert Way("u", "s", "a").fresh_keys is False


async def test_the_proxy_breaks_connections_as_it_is_told(stripe):
    from domain.ports import ProviderRequest, ProviderTimeout
    from integrations.payments.stripe import StripeProvider
    from integrations.payments.stripe_api import StripeApi

    await asyncio.to_thread(stripe.add_payments, {"pi_proxy": 5000})
    fates = iter([Fate.RESET, Fate.DROP, Fate.HANG, Fate.DELAY, Fate.PASS])
    async with proxy(stripe.url, lambda: next(fates)) as before:
        provider = StripeProvider(StripeApi("sk_test_1", url=before.url, timeout_seconds=2))

        async def ask(key):
            return await provider.refund(ProviderRequest(key, key, "pi_proxy", 100, "EUR"))

        for key, has_happened in (("reset", False), ("drop", True), ("hang", True)):
            with pytest.raises(ProviderTimeout):
                await ask(key)
            made = [e["metadata"]["desk_key"] for e in await asyncio.to_thread(stripe.effects)]
            assert (key in made) is has_happened
        assert (await ask("delay")).status == (await ask("pass")).status == "succeeded"
        await provider.aclose()
    assert dict(before.met) == dict.fromkeys(Fate, 1)


def test_dice_meet_about_their_share_and_the_same_for_the_same_seed():
    first, second = Dice(0.2, seed=7), Dice(0.2, seed=7)
    fates = [first() for _ in range(2000)]
    assert fates == [second() for _ in range(2000)]
    assert 0.16 < sum(fate is not Fate.PASS for fate in fates) / 2000 < 0.24
