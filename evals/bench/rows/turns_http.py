"""16 conversations at once over HTTP on PostgreSQL: the desk against the prebuilt agent behind the same app."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Iterator, Sequence

from evals.bench.figures import Figure, Measured, median, ms, percentile, spread
from evals.bench.load import Load, post, run_load
from evals.bench.place import Place
from evals.bench.rows.confirm import Wrong
from evals.bench.script import messages
from evals.bench.serving import bench_server
from evals.bench.shop import add_orders, opened, tokens

CONVERSATIONS = 16


def run(place: Place) -> Measured:
    """Both sides in turn, in the same process."""
    return asyncio.run(_run(place))


async def _run(place: Place) -> Measured:
    each = place.size(10, 1)
    """Conversations, of two turns, that each of the clients has in a round."""
    count = 2 * (place.rounds + 1) * each * CONVERSATIONS
    url = place.cluster.database()
    store = await opened(url, confirmers=1)
    await add_orders(store, range(1, count + 1))
    token = (await tokens(store, 1))[0]
    await store.close()
    numbers = iter(range(1, count + 1))
    ours: list[Load] = []
    theirs: list[Load] = []
    with bench_server(url, place.subfolder()) as port:
        for _ in range(place.rounds + 1):
            ours.append(await _desk(port, token, numbers, each))
            theirs.append(await _peer(port, token, numbers, each))
    return _measured(ours[1:], theirs[1:])


async def _desk(port: int, token: str, numbers: Iterator[int], each: int) -> Load:
    begin = post("/v1/conversations", token, b"{}")
    begun = await run_load([port], [iter([begin] * each) for _ in range(CONVERSATIONS)], keep=True)
    ids = [[json.loads(body)["id"] for _, body in answers] for answers in begun.answers]
    streams = [
        _turns(token, [f"/v1/conversations/{each}/messages" for each in mine], numbers) for mine in ids
    ]
    load = _checked(await run_load([port], streams, keep=True))
    for answers in load.answers:
        for _, body in answers[1::2]:
            if not json.loads(body)["proposal_ids"]:
                raise Wrong(f"a conversation ended without a proposal: {body[:500]!r}")
    return load


async def _peer(port: int, token: str, numbers: Iterator[int], each: int) -> Load:
    streams = []
    for _ in range(CONVERSATIONS):
        mine = list(itertools.islice(numbers, each))
        streams.append(_turns(token, [f"/v1/peer/thread-{number}/messages" for number in mine], iter(mine)))
    return _checked(await run_load([port], streams, keep=True))


def _turns(token: str, paths: Sequence[str], numbers: Iterator[int]) -> Iterator[bytes]:
    found = [
        post(path, token, json.dumps({"text": text}).encode())
        for path, number in zip(paths, itertools.islice(numbers, len(paths)), strict=True)
        for text in messages(number)
    ]
    return iter(found)


def _checked(load: Load) -> Load:
    if set(load.statuses) != {200}:
        raise Wrong(f"turns were answered with {load.statuses}")
    return load


def _measured(ours: Sequence[Load], theirs: Sequence[Load]) -> Measured:
    ratios = [a.rate / b.rate for a, b in zip(ours, theirs, strict=True)]
    rows = [
        (
            str(at + 1),
            f"{a.rate:.1f}",
            ms(percentile(a.latencies, 0.5)),
            f"{b.rate:.1f}",
            ms(percentile(b.latencies, 0.5)),
        )
        for at, (a, b) in enumerate(zip(ours, theirs, strict=True))
    ]
    figure = Figure("turns_http_ratio", median(ratios), 1.5, True, f"rounds {spread(ratios)}")
    return Measured([figure], ("round", "desk turns/s", "p50", "prebuilt agent turns/s", "p50"), rows)
