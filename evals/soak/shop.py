"""The demo shop with its tickets, and as many orders beside it as the run asks about."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from evals.bench.shop import document
from integrations.demo.shop import seed_demo
from integrations.http.access import Scope, Sessions, Tokens
from integrations.intake.documents import import_documents
from integrations.storage import Database, open_database

FIRST = 100_001
STAFF = "sam"
TICKET = "5001"


@dataclass(frozen=True, slots=True)
class Doors:
    """What clients come in with: a token for the API, a session for a browser."""

    token: str
    session: str


async def set_up(url: str, orders: int) -> Doors:
    """Fill a fresh database. Raises StorageUnavailable."""
    store = await open_database(url)
    try:
        shop = await seed_demo(store)
        now = datetime.now(UTC)
        lines = [json.dumps(document(number, now)) for number in range(FIRST, FIRST + orders)]
        await import_documents(store, shop.id, io.BytesIO("\n".join(lines).encode()))
        scopes = [Scope.READ, Scope.CONVERSE, Scope.DECIDE]
        token = await Tokens(store, shop.id).new(STAFF, scopes, days=2)
        session = await Sessions(store, shop.id, hours=24).open(STAFF)
        assert session is not None
        return Doors(token, session)
    finally:
        await store.close()


async def books(url: str) -> tuple[int, int]:
    """The sum of the ledger in minor units, and the jobs that were never done."""
    store: Database = await open_database(url)
    try:
        shop = await seed_demo(store)
        left = [await store.jobs.jobs(state=state) for state in ("queued", "leased", "dead")]
        return await store.read(shop.id, lambda uow: uow.ledger.sum()), sum(map(len, left))
    finally:
        await store.close()
