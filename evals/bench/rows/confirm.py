"""Confirming over HTTP with 64 clients: PostgreSQL against pgbench, and SQLite against PostgreSQL.

A confirmation here is the whole request: token, JSON, rules, the guarded order, the ledger rows, the job and the
audit event, durable when the answer comes. Nobody executes the refunds meanwhile.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evals.bench.figures import Figure, Measured, median, ms, spread
from evals.bench.load import Load, post, run_load
from evals.bench.pgbench import Peer, run_pgbench
from evals.bench.place import Place
from evals.bench.serving import replicas
from evals.bench.shop import Open, add_orders, add_proposals, opened, tokens

CLIENTS = 64
REPLICAS = 2
"""Equal `desk serve` processes on PostgreSQL, on this one machine; SQLite has one, it takes no more."""


class Wrong(RuntimeError):
    """Answers that no measurement may be made of."""


@dataclass
class Shop:
    """A seeded database: proposals to confirm, each once, and whose tokens confirm them."""

    url: str
    open: Iterator[Open]
    tokens: list[str]
    loads: list[Load] = field(default_factory=list)

    def streams(self, count: int) -> list[Iterator[bytes]]:
        """The next `count` proposals, spread over the clients."""
        taken = list(itertools.islice(self.open, count))
        return [
            iter([confirmation(each, token) for each in taken[at :: len(self.tokens)]])
            for at, token in enumerate(self.tokens)
        ]


def confirmation(proposal: Open, token: str) -> bytes:
    """The request that confirms it and does not wait for the provider."""
    body = f'{{"sha256":"{proposal.sha256}"}}'.encode()
    return post(f"/v1/proposals/{proposal.id}/confirm", token, body, "Prefer: respond-async")


async def seeded(url: str, orders: int, clients: int = CLIENTS) -> Shop:
    """Orders, each with an open proposal."""
    store = await opened(url, confirmers=clients)
    try:
        ids = await add_orders(store, range(1, orders + 1))
        proposals = await add_proposals(store, ids)
        return Shop(url, iter(proposals), await tokens(store, clients))
    finally:
        await store.close()


async def confirm_some(shop: Shop, ports: Sequence[int], count: int) -> Load:
    """Confirm the next proposals. Raises Wrong unless every one was decided."""
    load = await run_load(ports, shop.streams(count))
    if set(load.statuses) != {202}:
        raise Wrong(f"confirmations were answered with {load.statuses}")
    return load


def run(place: Place) -> Measured:
    """Both databases and pgbench, in turn."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    orders, each = place.size(20_000, 130), place.size(3000, 64)
    cluster, folder = place.cluster, place.subfolder()
    many, one = await seeded(cluster.database(), orders), await seeded(place.sqlite(), orders)
    peers: list[Peer] = []
    with replicas(many.url, folder, REPLICAS) as ports, replicas(one.url, folder, 1) as single:
        for shop, at in ((many, ports), (one, single)):
            await confirm_some(shop, at, place.size(640, 64))
        for _ in range(place.rounds):
            seconds = place.size(5, 1)
            given = {"orders": orders, "clients": CLIENTS, "seconds": seconds}
            peers.append(await asyncio.to_thread(run_pgbench, cluster, many.url, folder, **given))
            many.loads.append(await confirm_some(many, ports, each))
            one.loads.append(await confirm_some(one, single, each))
    return _measured(peers, many.loads, one.loads)


def _measured(peers: Sequence[Peer], many: Sequence[Load], one: Sequence[Load]) -> Measured:
    rate = [load.rate / peer.rate for load, peer in zip(many, peers, strict=True)]
    tail = [load.p99 / peer.p99 for load, peer in zip(many, peers, strict=True)]
    rate_one = [a.rate / b.rate for a, b in zip(one, many, strict=True)]
    tail_one = [a.p99 / b.p99 for a, b in zip(one, many, strict=True)]
    rows = []
    for at, sides in enumerate(zip(peers, many, one, strict=True), 1):
        found = [(f"{side.rate:.0f}", ms(side.p99)) for side in sides]
        rows.append((str(at), *itertools.chain(*found)))
    busy = max(load.own_share for load in [*many, *one])
    return Measured(
        [
            Figure("confirm_pg_ratio", median(rate), 0.15, True, f"aim 0.20; rounds {spread(rate)}"),
            Figure("confirm_pg_p99_ratio", median(tail), 6, False, f"rounds {spread(tail)}"),
            Figure("confirm_sqlite_ratio", median(rate_one), 0.5, True, f"rounds {spread(rate_one)}"),
            Figure("confirm_sqlite_p99_ratio", median(tail_one), 3, False, f"rounds {spread(tail_one)}"),
        ],
        ("round", "pgbench/s", "p99", "PostgreSQL/s", "p99", "SQLite/s", "p99"),
        rows,
        [
            f"{REPLICAS} `desk serve` on PostgreSQL, 1 on SQLite, {CLIENTS} keep-alive clients; "
            f"the load generator took at most {busy:.0%} of a core"
        ],
    )
