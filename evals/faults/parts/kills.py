"""kill -9 at random, database back-ends killed, a fifth of the provider's answers late, lost or broken off."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from domain.ports import StorageUnavailable
from evals.faults.crash.fleet import Fleet
from evals.faults.crash.hands import LEASE_SECONDS, Way
from evals.faults.crash.shop import Audit, audited, payments_of, set_up
from evals.faults.figures import Figure, Scale
from evals.faults.postgres import ADDRESS, a_database, a_server
from evals.stripe.proxy import Dice, Fate, Proxy, proxy
from evals.stripe.running import StripeLike, stripe_like
from integrations.storage.database import Database, open_database

FAULT_SHARE = 0.2
_OURS = "select pid from pg_stat_activity where application_name = 'returns-desk' limit 1"
_KILL = (
    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'returns-desk'"
)
_GIVE_UP_SECONDS = 120.0
_PAUSE_SECONDS = (0.05, 0.4)
"""Between two kills, once something was confirmed after the one before."""
_PATIENCE_TENTHS = 40
_CRASH_EVERY = 25
"""Process kills between two crashes of the database server."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much happens in one run."""

    account: str
    replicas: int
    kills: int
    backend_kills: int
    orders: int
    fresh_keys: bool = False


@dataclass(slots=True)
class Outcome:
    """What happened, and what the books say."""

    kills: int = 0
    backend_kills: int = 0
    crashes: int = 0
    met: dict[Fate, int] = field(default_factory=dict)
    settled_seconds: float = 0.0
    """From the last kill until everything confirmed had its end."""
    books: Audit = field(default_factory=Audit)

    def __str__(self) -> str:
        met = ", ".join(f"{fate.value} {count}" for fate, count in sorted(self.met.items()))
        books = self.books
        return (
            f"{self.kills} processes and {self.backend_kills} back-ends killed, {self.crashes} crashes of the server; "
            f"requests: {met}; "
            f"{books.confirmed} confirmed, {books.succeeded} succeeded, {len(books.lost)} lost, "
            f"{len(books.doubled)} doubled, {len(books.stuck)} stuck; all ended {self.settled_seconds:.1f} s after "
            "the last kill"
        )


def measure(scale: Scale) -> Sequence[Figure]:
    """Three replicas on PostgreSQL, one process on SQLite, and the control."""
    with tempfile.TemporaryDirectory(prefix="kills-") as name, a_server() as server:
        folder = Path(name)
        (folder / "stripe").mkdir()
        with stripe_like(folder / "stripe") as stripe:
            many = Plan("many", 3, scale.of(150), scale.of(24), scale.of(1500))
            one = Plan("one", 1, scale.of(60), 0, scale.of(300))
            control = Plan("control", 3, scale.of(25), 0, scale.of(250), fresh_keys=True)
            url = a_database(server, "kills_many")
            done = asyncio.run(run(many, url, stripe, folder))
            print(f"  PostgreSQL, 3 replicas, one killed for good at the end: {done}", flush=True)
            single = asyncio.run(run(one, f"sqlite:///{folder / 'one.db'}", stripe, folder))
            print(f"  SQLite: {single}", flush=True)
            fresh = asyncio.run(run(control, a_database(server, "kills_control"), stripe, folder))
            print(f"  control, a fresh key for each attempt: {fresh}", flush=True)
    return [*_figures(done, single, scale), Figure("kills_control_paid_twice", len(fresh.books.doubled), 1)]


def _figures(done: Outcome, single: Outcome, scale: Scale) -> list[Figure]:
    books = Audit()
    books.add(done.books)
    books.add(single.books)
    for problem in [*books.lost, *books.doubled, *books.stuck][:20]:
        print(f"  {problem}")
    leases = max(done.settled_seconds, single.settled_seconds) / LEASE_SECONDS
    met = sum(done.met.values()) + sum(single.met.values())
    faults = met - done.met.get(Fate.PASS, 0) - single.met.get(Fate.PASS, 0)
    return [
        Figure("kills_random", done.kills + single.kills, scale.of(200)),
        Figure("kills_backends", done.backend_kills, scale.of(20)),
        Figure("kills_provider_faults_percent", round(100 * faults / max(1, met)), 15),
        Figure("kills_confirmed", books.confirmed, scale.of(500)),
        Figure("kills_lost", len(books.lost), 0, most=True),
        Figure("kills_paid_twice", len(books.doubled), 0, most=True),
        Figure("kills_stuck", len(books.stuck), 0, most=True),
        Figure("kills_ledger_sum", books.ledger, 0, most=True),
        Figure("kills_settled_tenths_of_a_lease", round(10 * leases), 20, most=True),
    ]


async def run(plan: Plan, url: str, stripe: StripeLike, folder: Path) -> Outcome:
    """Let it happen, then wait for the end of everything that was confirmed, and read the books."""
    numbers = range(1, plan.orders + 1)
    await set_up(url, numbers)
    captured = {ref: amount for n in numbers for ref, amount in payments_of(n, two=False).items()}
    await asyncio.to_thread(stripe.add_payments, captured, account=plan.account)
    outcome = Outcome()
    async with (
        proxy(stripe.url, Dice(FAULT_SHARE, seed=plan.kills)) as before,
        _fleet(plan, url, before, folder) as fleet,
    ):
        await _trouble(plan, fleet, url, outcome)
        await asyncio.to_thread(fleet.stop_confirming.touch)
        await asyncio.to_thread(fleet.kill_for_good if plan.replicas > 1 else fleet.kill_one)
        last = time.monotonic()
        await _until_settled(url, last + _GIVE_UP_SECONDS)
        outcome.settled_seconds = time.monotonic() - last
        outcome.kills, outcome.met = fleet.kills, dict(before.met)
        told = fleet.told_ids()
    store = await open_database(url, migrate=False)
    try:
        effects = await asyncio.to_thread(stripe.effects, plan.account)
        outcome.books = await audited(store, numbers, effects, told)
    finally:
        await store.close()
    return outcome


async def _until_settled(url: str, until: float) -> None:
    """Until no job waits, as somebody sees who only reads; at most until then (what is left is stuck)."""
    store = await open_database(url, migrate=False, read_only=url.startswith("sqlite"))
    try:
        for _ in range(int(10 * _GIVE_UP_SECONDS)):
            if time.monotonic() > until or not await _waiting(store):
                return
            await asyncio.sleep(0.1)
    finally:
        await store.close()


async def _waiting(store: Database) -> bool:
    try:
        return any([await store.jobs.jobs(state=state, limit=1) for state in ("queued", "leased")])
    except StorageUnavailable:
        return True


@asynccontextmanager
async def _fleet(plan: Plan, url: str, before: Proxy, folder: Path) -> AsyncIterator[Fleet]:
    way = Way(url, before.url, plan.account, plan.fresh_keys)
    fleet = await asyncio.to_thread(Fleet, way, folder, plan.replicas, plan.kills)
    try:
        yield fleet
    finally:
        await asyncio.to_thread(fleet.close)


async def _trouble(plan: Plan, fleet: Fleet, url: str, outcome: Outcome) -> None:
    """Kill processes and back-ends, the last process left for the end."""
    dice = random.Random(plan.orders)
    every = max(1, plan.kills // max(1, plan.backend_kills))
    for number in range(plan.kills - 1):
        await _until_something_is_told(fleet)
        await asyncio.sleep(dice.uniform(*_PAUSE_SECONDS))
        await asyncio.to_thread(fleet.kill_one)
        if plan.backend_kills and number % every == 0:
            outcome.backend_kills += await asyncio.to_thread(_kill_backends, url)
        if plan.backend_kills and number % _CRASH_EVERY == _CRASH_EVERY // 2:
            outcome.crashes += await asyncio.to_thread(_crash, url)


def _crash(url: str) -> int:
    """kill -9 of one of the server's own processes: it restarts all of itself. Only where the server is this run's."""
    if ADDRESS in os.environ:
        return 0
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            row = connection.execute(_OURS).fetchone()
    except psycopg.OperationalError:
        return 0
    if row is None:
        return 0
    os.kill(int(row[0]), signal.SIGKILL)
    return 1


async def _until_something_is_told(fleet: Fleet) -> None:
    """So that a busy machine does not kill processes that have done nothing; not for ever: all may be confirmed."""
    before = fleet.heard()
    for _ in range(_PATIENCE_TENTHS):
        if fleet.heard() > before:
            return
        await asyncio.sleep(0.1)


def _kill_backends(url: str) -> int:
    """How many; 0 while the server takes no connections."""
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            row = connection.execute(_KILL).fetchone()
            return int(row[0]) if row else 0
    except psycopg.OperationalError:
        return 0
