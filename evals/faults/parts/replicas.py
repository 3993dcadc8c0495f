"""Three `desk serve` on one PostgreSQL, 64 people on each button; one server is killed for good and nothing changes."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.identity import Role, Staff
from domain.ports import UnitOfWork
from evals.bench.serving import Server
from evals.faults.crash.people import People, Volley
from evals.faults.crash.shop import SHOP, Audit, audited, payments_of, set_up
from evals.faults.figures import Figure, Scale
from evals.faults.postgres import a_database, a_server
from evals.faults.replica import ACCOUNT, LEASE_SECONDS, SECRET, replica
from evals.stripe.proxy import Dice, proxy
from evals.stripe.running import StripeLike, stripe_like
from integrations.http.access import Scope, Tokens
from integrations.payments.stripe_events import PROVIDER_EVENT
from integrations.storage.database import Database, open_database

_PEOPLE, _REPLICAS = 64, 3
_FAULT_SHARE = 0.2
_GIVE_UP_TENTHS = 1200


@dataclass(slots=True)
class Outcome:
    """What happened."""

    volleys: list[Volley] = field(default_factory=list)
    settled_seconds: float = 0.0
    """From the kill until everything confirmed until then had its end."""
    books: Audit = field(default_factory=Audit)
    reports: int = 0
    """Deliveries of the webhook that were taken in, each once."""


def measure(scale: Scale) -> Sequence[Figure]:
    """Volleys before and after one of three is killed in the middle of one."""
    volleys = scale.of(60)
    with tempfile.TemporaryDirectory(prefix="replicas-") as name, a_server() as server:
        folder = Path(name)
        with stripe_like(folder, secret=SECRET) as stripe:
            done = asyncio.run(_run(a_database(server, "replicas"), stripe, folder, volleys))
    wrong = [volley for volley in done.volleys if not volley.is_right]
    moved = sum(volley.moved_on for volley in done.volleys)
    won = sum(volley.accepted for volley in done.volleys)
    print(
        f"  {len(done.volleys)} volleys of {_PEOPLE}: {won} won, {moved} asked another server; {done.books}"
    )
    print(f"  all ended {done.settled_seconds:.1f} s after one of {_REPLICAS} was killed for good")
    for volley in wrong[:5]:
        print(f"  wrong: {volley}")
    books = done.books
    return [
        Figure("replicas_volleys", len(done.volleys), volleys),
        Figure("replicas_volleys_wrong", len(wrong), 0, most=True),
        Figure("replicas_executed", books.succeeded, volleys),
        Figure("replicas_webhooks_taken_in", done.reports, volleys),
        Figure("replicas_lost", len(books.lost), 0, most=True),
        Figure("replicas_paid_twice", len(books.doubled), 0, most=True),
        Figure("replicas_stuck", len(books.stuck), 0, most=True),
        Figure("replicas_ledger_sum", books.ledger, 0, most=True),
        Figure(
            "replicas_settled_tenths_of_a_lease",
            round(10 * done.settled_seconds / LEASE_SECONDS),
            20,
            most=True,
        ),
    ]


async def _run(url: str, stripe: StripeLike, folder: Path, volleys: int) -> Outcome:
    numbers = range(1, volleys + 1)
    await set_up(url, numbers)
    captured = {ref: amount for n in numbers for ref, amount in payments_of(n, two=False).items()}
    await asyncio.to_thread(stripe.add_payments, captured, account=ACCOUNT)
    store = await open_database(url, migrate=False)
    outcome = Outcome()
    servers: list[Server] = []
    try:
        tokens = await _tokens(store)
        async with proxy(stripe.url, Dice(_FAULT_SHARE, seed=3)) as before:
            for at in range(_REPLICAS):
                servers.append(await asyncio.to_thread(replica, url, before.url, folder / f"replica-{at}"))
            urls = [f"http://127.0.0.1:{server.port}" for server in servers]
            await asyncio.to_thread(stripe.announce_to, [f"{each}/webhooks/stripe" for each in urls])
            await _press_all(store, People(urls, tokens), servers, outcome)
        effects = await asyncio.to_thread(stripe.effects, ACCOUNT)
        outcome.books = await audited(store, numbers, effects)
        done = await store.jobs.jobs(state="done", limit=10_000)
        outcome.reports = sum(job.kind == PROVIDER_EVENT for job in done)
    finally:
        for server in servers:
            await asyncio.to_thread(server.stop)
        await store.close()
    return outcome


async def _press_all(store: Database, people: People, servers: list[Server], outcome: Outcome) -> None:
    """One button after the other; in the middle of the one at half-way, a server is killed for good."""
    waiting = await store.read(
        SHOP.id, lambda uow: [(p.id, p.sha256) for p in uow.proposals.list_open(10_000)]
    )
    random.Random(1).shuffle(waiting)
    for at, (proposal, sha256) in enumerate(waiting):
        volley = asyncio.create_task(people.press(proposal, sha256))
        if at == len(waiting) // 2:
            await asyncio.sleep(0.01)
            os.kill(servers[0].process.pid, signal.SIGKILL)
            killed = time.monotonic()
            outcome.volleys.append(await volley)
            await _until_settled(store)
            outcome.settled_seconds = time.monotonic() - killed
        else:
            outcome.volleys.append(await volley)
    await people.close()
    await _until_settled(store)


async def _until_settled(store: Database) -> None:
    """Until no job waits for anything; what does not end in two minutes is stuck."""
    for _ in range(_GIVE_UP_TENTHS):
        if not any([await store.jobs.jobs(state=state, limit=1) for state in ("queued", "leased")]):
            return
        await asyncio.sleep(0.1)


async def _tokens(store: Database) -> list[str]:
    """64 supervisors, each with a token."""

    def hire(uow: UnitOfWork) -> None:
        for at in range(_PEOPLE):
            given: dict[str, Any] = {"name": f"Sam {at}", "role": Role.SUPERVISOR, "limits": {"EUR": 10**8}}
            uow.staff.save(Staff(id=f"sam{at}", merchant_id=SHOP.id, **given))

    await store.write(SHOP.id, hire)
    issue = Tokens(store, SHOP.id)
    return [await issue.new(f"sam{at}", [Scope.READ, Scope.DECIDE], days=1) for at in range(_PEOPLE)]
