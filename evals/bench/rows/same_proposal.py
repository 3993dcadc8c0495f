"""64 people confirm the same proposal at the same moment, again and again, against 64 who confirm each their own.

Both sides go in volleys: the next 64 requests leave when the last of the 64 answers has come. PostgreSQL, two
`desk serve`, so that people meet within one process and between processes.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Iterator, Sequence

from evals.bench.figures import Figure, Measured, median, ms, spread
from evals.bench.load import Load, run_load
from evals.bench.place import Cluster, Place
from evals.bench.rows.confirm import CLIENTS, REPLICAS, Shop, Wrong, confirmation, seeded
from evals.bench.serving import replicas
from evals.bench.shop import Open

_TROUBLE = ("could not serialize", "deadlock detected")


def run(place: Place) -> Measured:
    """Both kinds of volleys in turn."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    volleys = place.size(25, 1)
    count = (place.rounds * (CLIENTS + 1) + 1) * volleys + CLIENTS
    cluster, folder = place.cluster, place.subfolder()
    shop = await seeded(cluster.database(), count)
    before = _trouble(cluster)
    own: list[Load] = []
    same: list[Load] = []
    with replicas(shop.url, folder, REPLICAS) as ports:
        await run_load(ports, shop.streams(CLIENTS), volleys=True)
        await _together(shop, ports, place.size(3, 1))
        for _ in range(place.rounds):
            own.append(await run_load(ports, shop.streams(volleys * CLIENTS), volleys=True))
            if set(own[-1].statuses) != {202}:
                raise Wrong(f"confirmations were answered with {own[-1].statuses}")
            same.append(await _together(shop, ports, volleys))
    return _measured(own, same, _trouble(cluster) - before)


async def _together(shop: Shop, ports: Sequence[int], volleys: int) -> Load:
    """Everybody confirms the same proposals. Raises Wrong unless one wins each and the others are told who."""
    proposals = list(itertools.islice(shop.open, volleys))
    streams: list[Iterator[bytes]] = [
        iter([confirmation(each, token) for each in proposals]) for token in shop.tokens
    ]
    load = await run_load(ports, streams, keep=True, volleys=True)
    for at, proposal in enumerate(proposals):
        _check(proposal, [answers[at] for answers in load.answers])
    return load


def _check(proposal: Open, answers: Sequence[tuple[int, bytes]]) -> None:
    won = [at for at, (status, _) in enumerate(answers) if status == 202]
    lost = [json.loads(body) for status, body in answers if status == 409]
    if len(won) != 1 or len(lost) != len(answers) - 1:
        raise Wrong(f"{proposal.id}: {len(won)} won, {len(lost)} lost of {len(answers)}")
    winner = f"Sam {won[0]}"
    untold = [problem for problem in lost if winner not in json.dumps(problem, ensure_ascii=False)]
    if untold:
        raise Wrong(f"{proposal.id}: {len(untold)} were not told that {winner} won, e.g. {untold[0]}")


def _trouble(cluster: Cluster) -> int:
    """Serialization errors and deadlocks in the server's log."""
    text = (cluster.data / "log").read_text(errors="replace")
    return sum(text.count(words) for words in _TROUBLE)


def _measured(own: Sequence[Load], same: Sequence[Load], trouble: int) -> Measured:
    ratios = [a.rate / b.rate for a, b in zip(same, own, strict=True)]
    rows = [
        (str(at + 1), f"{b.rate:.0f}", ms(b.p99), f"{a.rate:.0f}", ms(a.p99))
        for at, (a, b) in enumerate(zip(same, own, strict=True))
    ]
    figures = [
        Figure("same_proposal_ratio", median(ratios), 0.8, True, f"rounds {spread(ratios)}"),
        Figure("same_proposal_serialization_errors", float(trouble), 0, False, "in the server's log"),
    ]
    note = "each time one won and 63 were told who"
    return Measured(figures, ("round", "own proposals/s", "p99", "same proposal/s", "p99"), rows, [note])
