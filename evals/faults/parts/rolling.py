"""A rolling restart: three `desk serve` on one PostgreSQL, two of them stopped and started in turn under conversations.

The control kills a replica while its balancer gives nothing to another one: turns must be seen as lost.
"""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from evals.bench.figures import percentile
from evals.bench.serving import Server
from evals.faults.crash.shop import SHOP, Audit, audited, payments_of, set_up
from evals.faults.figures import Figure, Scale
from evals.faults.postgres import a_database, a_server
from evals.faults.replica import ACCOUNT, SECRET, replica
from evals.faults.rolling.balancer import Balancer
from evals.faults.rolling.kept import Kept, kept
from evals.faults.rolling.talk import Talk
from evals.stripe.running import StripeLike, stripe_like
from integrations.http.access import Scope, Tokens
from integrations.storage.database import Database, open_database

_PATIENCE_SECONDS, _TICK_SECONDS = 120.0, 0.05
_STOP_SECONDS = 30.0
_SCOPES = [Scope.READ, Scope.CONVERSE, Scope.DECIDE]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much happens: so many conversations at once, and turns answered between two events."""

    talks: int
    between: int
    orders: int
    replicas: int = 3
    restarts: int = 2
    """How many of them are restarted, in turn."""
    control: bool = False
    """Kill one replica, and send nothing twice."""


@dataclass(slots=True)
class Outcome:
    """What happened."""

    turns: Kept = field(default_factory=Kept)
    books: Audit = field(default_factory=Audit)
    told: int = 0
    """Refunds that somebody was told are confirmed."""
    refused: list[str] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    """Seconds of each graceful stop."""
    untidy: list[str] = field(default_factory=list)
    """Replicas that did not end by themselves, in order."""
    moved_on: int = 0
    slowest: float = 0.0
    median: float = 0.0
    seconds: float = 0.0

    def __str__(self) -> str:
        books, turns = self.books, self.turns
        stops = ", ".join(f"{each:.1f} s" for each in self.stops)
        return (
            f"{turns.turns} turns in {self.seconds:.0f} s, {turns.turns - len(turns.unanswered)} answered, "
            f"{self.moved_on} requests asked another replica, half of all in {1000 * self.median:.0f} ms, the slowest "
            f"in {self.slowest:.1f} s; {self.told} confirmed, {books.succeeded} executed; stops took {stops or '-'}"
        )


def measure(scale: Scale) -> Sequence[Figure]:
    """The restart, then the control."""
    plan = Plan(talks=8, between=scale.of(120), orders=scale.of(2000))
    control = Plan(talks=8, between=scale.of(40), orders=scale.of(400), control=True)
    with tempfile.TemporaryDirectory(prefix="rolling-") as name, a_server() as server:
        folder = Path(name)
        with stripe_like(folder, secret=SECRET) as stripe:
            done = asyncio.run(run(plan, a_database(server, "rolling"), stripe, folder / "desks"))
            print(f"  {done}", flush=True)
            killed = asyncio.run(
                run(control, a_database(server, "rolling_control"), stripe, folder / "control")
            )
            print(f"  control, one killed and nothing sent again: {killed}", flush=True)
    turns, books = done.turns, done.books
    lost = [*turns.unanswered, *turns.without_reply, *turns.other]
    for wrong in [*lost, *turns.twice, *done.refused, *done.untidy][:20]:
        print(f"  {wrong}")
    control_lost = len(killed.turns.unanswered) + len(killed.turns.without_reply)
    return [
        Figure("rolling_restarts", len(done.stops), plan.restarts),
        Figure("rolling_turns", turns.turns, 5 * plan.between),
        Figure("rolling_turns_lost", len(lost), 0, most=True),
        Figure("rolling_turns_twice", len(turns.twice), 0, most=True),
        Figure("rolling_turns_refused", len(done.refused), 0, most=True),
        Figure("rolling_met_a_restart", done.moved_on, 1),
        Figure("rolling_stops_untidy", len(done.untidy), 0, most=True),
        Figure("rolling_refunds_confirmed", done.told, plan.between // 2),
        Figure("rolling_refunds_not_executed", abs(done.told - books.succeeded), 0, most=True),
        Figure("rolling_lost", len(books.lost), 0, most=True),
        Figure("rolling_paid_twice", len(books.doubled), 0, most=True),
        Figure("rolling_stuck", len(books.stuck), 0, most=True),
        Figure("rolling_ledger_sum", books.ledger, 0, most=True),
        Figure("rolling_control_turns_lost", control_lost, 1),
    ]


async def run(plan: Plan, url: str, stripe: StripeLike, folder: Path) -> Outcome:
    """Let it happen, wait for the end of what was confirmed, and read what is kept."""
    numbers = range(1, plan.orders + 1)
    await set_up(url, numbers, proposals=False)
    captured = {ref: amount for n in numbers for ref, amount in payments_of(n, two=False).items()}
    await asyncio.to_thread(stripe.add_payments, captured, account=ACCOUNT)
    before = await asyncio.to_thread(stripe.effects, ACCOUNT)
    await asyncio.to_thread(folder.mkdir)
    outcome = Outcome()
    store = await open_database(url, migrate=False)
    try:
        token = await Tokens(store, SHOP.id).new("sam", _SCOPES, days=1)
        async with _replicas(plan.replicas, url, stripe, folder) as servers:
            balancer = Balancer([f"http://127.0.0.1:{each.port}" for each in servers], again=not plan.control)
            talks = [Talk(balancer, token, f"talk-{at}") for at in range(plan.talks)]
            began = time.monotonic()
            await _talk(plan, talks, servers, numbers, _Restarts(url, stripe.url, folder, outcome))
            outcome.seconds = time.monotonic() - began
            await _until_settled(store)
            await balancer.close()
        _note(outcome, balancer, talks)
        effects = (await asyncio.to_thread(stripe.effects, ACCOUNT))[len(before) :]
        told = [each for talk in talks for each in talk.confirmed]
        outcome.books = await audited(store, numbers, effects, told)
        outcome.turns = await kept(store, talks)
    finally:
        await store.close()
    return outcome


def _note(outcome: Outcome, balancer: Balancer, talks: Sequence[Talk]) -> None:
    outcome.told = sum(len(talk.confirmed) for talk in talks)
    outcome.refused = [f"{talk.name}: {each}" for talk in talks for each in talk.refused]
    outcome.moved_on, outcome.slowest = balancer.moved_on, max(balancer.seconds)
    outcome.median = percentile(balancer.seconds, 0.5)


async def _talk(
    plan: Plan, talks: Sequence[Talk], servers: list[Server], numbers: Sequence[int], restarts: _Restarts
) -> None:
    """All conversations go on while the replicas are restarted, or one is killed."""
    for talk in talks:
        await talk.begin()
    stop, orders = asyncio.Event(), iter(random.Random(5).sample(numbers, len(numbers)))
    going = [asyncio.create_task(talk.go_on(orders, stop)) for talk in talks]

    async def more() -> None:
        """Until so many more turns were tried."""
        wanted = _tried(talks) + plan.between
        for _ in range(int(_PATIENCE_SECONDS / _TICK_SECONDS)):
            if _tried(talks) >= wanted or all(each.done() for each in going):
                return
            await asyncio.sleep(_TICK_SECONDS)

    await more()
    if plan.control:
        servers[0].process.send_signal(signal.SIGKILL)
        await more()
    else:
        for at in range(plan.restarts):
            await restarts.stop(servers[at])
            await more()
            servers[at] = await restarts.start(at, servers[at].port)
            await more()
    stop.set()
    await asyncio.gather(*going)


def _tried(talks: Sequence[Talk]) -> int:
    return sum(len(talk.turns) for talk in talks)


@dataclass(frozen=True, slots=True)
class _Restarts:
    """Stopping a replica as a supervisor does, and starting it again at its place."""

    url: str
    stripe_url: str
    folder: Path
    outcome: Outcome

    async def stop(self, server: Server) -> None:
        """SIGTERM, and wait for its end."""
        began = time.monotonic()
        server.process.terminate()
        try:
            code = await asyncio.to_thread(server.process.wait, _STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.outcome.untidy.append(f"replica {server.port} did not end")
            server.process.kill()
            return
        self.outcome.stops.append(time.monotonic() - began)
        if code:
            self.outcome.untidy.append(f"replica {server.port} ended with {code}")

    async def start(self, at: int, port: int) -> Server:
        """The same replica again."""
        return await asyncio.to_thread(
            replica, self.url, self.stripe_url, self.folder / f"replica-{at}", port
        )


@asynccontextmanager
async def _replicas(count: int, url: str, stripe: StripeLike, folder: Path) -> AsyncIterator[list[Server]]:
    servers: list[Server] = []
    try:
        for at in range(count):
            servers.append(await asyncio.to_thread(replica, url, stripe.url, folder / f"replica-{at}"))
        yield servers
    finally:
        for server in servers:
            await asyncio.to_thread(server.stop)


async def _until_settled(store: Database) -> None:
    for _ in range(int(_PATIENCE_SECONDS / _TICK_SECONDS)):
        if not any([await store.jobs.jobs(state=state, limit=1) for state in ("queued", "leased")]):
            return
        await asyncio.sleep(_TICK_SECONDS)
