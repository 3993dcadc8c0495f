"""From the button to the executed refund, end to end, against what it cannot do without.

That is: the provider's own time for one refund, and two raw transactions (the intent and the answer), each measured in
the same run. `desk serve` with its own worker on PostgreSQL; the provider is a Stripe-like server that takes its time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import asyncpg
import httpx

from evals.bench.figures import Figure, Measured, median, ms, spread
from evals.bench.place import Place
from evals.bench.serving import DESK, environment, free_port, start
from evals.bench.shop import MERCHANT, add_orders, add_proposals, opened, tokens
from evals.stripe.running import StripeLike, stripe_like

_LATENCY_SECONDS = 0.1
"""A provider's time for a refund. What is measured is what we add to it."""
_RAW = (
    "select version, revision from orders where merchant_id = $1 and id = $2 for update",
    "update orders set revision = revision + 1 where merchant_id = $1 and id = $2",
)


def run(place: Place) -> Measured:
    """One person, one refund after the other."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    each, folder = place.size(40, 3), place.subfolder()
    count = (place.rounds + 1) * each
    url = place.cluster.database()
    with stripe_like(folder, latency=_LATENCY_SECONDS) as stripe:
        stripe.add_payments({f"pi_{n}": 10**6 for n in range(1, count + each * place.rounds + 1)})
        proposals, token = await _seeded(url, count)
        data, port = folder / "desk", free_port()
        data.mkdir()
        given = {
            "DESK_PORT": str(port),
            "DESK_WORKER": "embedded",
            "DESK_WAIT_SECONDS": "10",
            "DESK_PAYMENTS": "stripe",
            "DESK_STRIPE_KEY": "sk_test_bench",
            "DESK_STRIPE_URL": stripe.url,
        }
        command = (*DESK, "serve", "--staff", "sam0")
        server = start(command, environment(url, data, **given), port, data / "log")
        try:
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30
            ) as desk:
                return await _rounds(place, desk, stripe, url, proposals, each)
        finally:
            server.stop()


async def _rounds(
    place: Place, desk: httpx.AsyncClient, stripe: StripeLike, url: str, proposals: Sequence[Any], each: int
) -> Measured:
    waiting = iter(proposals)
    await _confirmed(desk, [next(waiting) for _ in range(each)])
    ratios, rows = [], []
    for number in range(place.rounds):
        provider = await _provider(stripe, number, each)
        raw = await _raw(url, each)
        ours = await _confirmed(desk, [next(waiting) for _ in range(each)])
        ratios.append(ours / (provider + 2 * raw))
        rows.append((str(number + 1), ms(ours), ms(provider), ms(raw)))
    figure = Figure("executed_ratio", median(ratios), 1.5, False, f"rounds {spread(ratios)}")
    head = ("round", "confirm to executed", "the provider alone", "a raw transaction")
    return Measured([figure], head, rows, ["medians of one person's refunds, one after the other"])


async def _confirmed(desk: httpx.AsyncClient, proposals: Sequence[Any]) -> float:
    """Seconds from the button until the answer says that it was executed; the median. Raises RuntimeError."""
    took = []
    for each in proposals:
        began = time.perf_counter()
        answer = await desk.post(f"/v1/proposals/{each.id}/confirm", json={"sha256": each.sha256})
        took.append(time.perf_counter() - began)
        if answer.status_code != 200 or answer.json()["proposal"]["state"] != "executed":
            raise RuntimeError(f"a refund was not executed: {answer.status_code} {answer.text[:300]}")
    return median(took)


async def _provider(stripe: StripeLike, number: int, count: int) -> float:
    """Seconds of one refund at the provider, asked for directly; the median."""
    took = []
    async with httpx.AsyncClient(base_url=stripe.url, timeout=30) as client:
        for at in range(count):
            key = f"direct-{number}-{at}"
            form = {"payment_intent": "pi_1", "amount": "1", "metadata[desk_key]": key}
            began = time.perf_counter()
            answer = await client.post("/v1/refunds", data=form, headers={"Idempotency-Key": key})
            took.append(time.perf_counter() - began)
            answer.raise_for_status()
    return median(took)


async def _raw(url: str, count: int) -> float:
    """Seconds of one lock-read-write transaction, durable when it ends; the median."""
    took = []
    connection = await asyncpg.connect(url)
    try:
        for at in range(count):
            began = time.perf_counter()
            async with connection.transaction():
                for sql in _RAW:
                    await connection.execute(sql, MERCHANT.id, f"order-{at + 1}")
            took.append(time.perf_counter() - began)
    finally:
        await connection.close()
    return median(took)


async def _seeded(url: str, count: int) -> tuple[list[Any], str]:
    """Orders paid at the Stripe-like server, each with an open proposal; and a token."""
    store = await opened(url, confirmers=1)
    try:
        ids = await add_orders(store, range(1, count + 1), paid_at="stripe")
        return await add_proposals(store, ids), (await tokens(store, 1))[0]
    finally:
        await store.close()
