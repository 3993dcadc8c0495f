"""A database with data, from every schema that was released, comes to the newest with everything in it.

`dumps/REVISION.json` holds the rows of a shop after a day at its desk, as that version of the program wrote them. A
schema that is released gets a dump of its own here.
"""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, insert, text

from integrations.storage import open_database
from integrations.storage.migrations import config
from integrations.storage.unit_of_work import Work
from tests.builders import MERCHANT

DUMPS = Path(__file__).parent / "dumps"
SINCE_0002 = {"api_tokens", "sessions", "login_links", "idempotency_keys", "staff_conversations"}
RELEASED = ["0001", "0002"]


def own(uow) -> Work:
    """The tables that are not the domain's business."""
    assert isinstance(uow, Work)
    return uow


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    return request.getfixturevalue("postgres").database(migrated=False)


def restore(url, revision):
    """The schema of that revision, by its own scripts, with the dump's rows."""
    dump = json.loads((DUMPS / "0002.json").read_text())
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        tables = MetaData()
        tables.reflect(connection)
        for name, rows in dump["tables"].items():
            if rows and not (revision == "0001" and name in SINCE_0002):
                connection.execute(insert(tables.tables[name]), [plain(row, url) for row in rows])
        if engine.dialect.name == "postgresql":
            for table, column in (
                ("orders", "serial"),
                ("audit_events", "number"),
                ("messages", "number"),
                ("jobs", "id"),
            ):
                connection.execute(
                    text(f"select setval(pg_get_serial_sequence('{table}', '{column}'), 100000)")
                )
    engine.dispose()


def plain(row, url):
    return {name: value_of(name, value, url) for name, value in row.items()}


def value_of(name, value, url):
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    is_moment = isinstance(value, str) and (
        name.endswith("_at") or name in {"at", "run_after", "locked_until"}
    )
    return datetime.fromisoformat(value) if is_moment and not url.startswith("sqlite") else value


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
@pytest.mark.filterwarnings("ignore:Did not recognize type")
@pytest.mark.filterwarnings("ignore:Computed default")
@pytest.mark.parametrize("revision", RELEASED)
async def test_a_shop_of_an_earlier_version_comes_along_whole(empty_url, revision):
    await asyncio.to_thread(restore, empty_url, revision)
    store = await open_database(empty_url)
    try:
        report = await store.read(MERCHANT, lambda uow: uow.audit.verify())
        assert (report.problems, report.sealed > 5) == ([], True)
        assert await store.read(MERCHANT, lambda uow: uow.ledger.sum()) == 0
        [hit] = await store.read(MERCHANT, lambda uow: uow.orders.search("ida lund mug"))
        order = await store.read(MERCHANT, lambda uow: uow.orders.get(hit.id))
        assert order is not None
        assert [(refund.amount, refund.status.value) for refund in order.refunds] == [(1800, "succeeded")]
        states = await store.read(
            MERCHANT, lambda uow: [p.state.value for p in uow.proposals.for_order(order.id)]
        )
        assert states == ["superseded", "executed", "open"]
        talk = await store.read(MERCHANT, lambda uow: uow.conversations.by_thread("page", "t1"))
        assert talk is not None
        assert len(await store.read(MERCHANT, lambda uow: uow.conversations.messages(talk.id, 100))) == 8
        [photo] = order.evidence[:1]
        assert await store.read(MERCHANT, lambda uow: uow.files.get(photo.sha256))
        assert len(await store.read(MERCHANT, lambda uow: own(uow).access.tokens())) == (revision != "0001")
        later = await store.read(MERCHANT, lambda uow: uow.now)
        assert not await store.read(MERCHANT, lambda uow: own(uow).personal.old_files(order.placed_at))
        assert len(await store.read(MERCHANT, lambda uow: own(uow).personal.old_files(later))) == 1
        await store.write(MERCHANT, lambda uow: uow.audit.seal())
        assert (await store.read(MERCHANT, lambda uow: uow.audit.verify())).unsealed == 0
    finally:
        await store.close()


def test_every_released_schema_is_tried():
    """The newest is not released yet; whoever releases it adds a dump of it, and its name to `RELEASED`."""
    scripts = ScriptDirectory.from_config(config())
    assert set(RELEASED) <= {script.revision for script in scripts.walk_revisions()}
    assert (DUMPS / f"{RELEASED[-1]}.json").exists()
