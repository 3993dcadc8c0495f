"""The store: the database with its transactions, opened by URL."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from domain.ports import AuditEvent, Clock, IdFactory, StorageUnavailable, UnitOfWork
from domain.settings import Merchant
from integrations.storage.engines.contract import Engine
from integrations.storage.identity import RandomIds, SystemClock
from integrations.storage.link import Link
from integrations.storage.outbox import Jobs
from integrations.storage.repositories.outbox import Carry
from integrations.storage.statements import Query
from integrations.storage.unit_of_work import Merchants, Work

if TYPE_CHECKING:
    from integrations.storage.engines.postgres_notice import Notices

T = TypeVar("T")


_REVISION = Query("alembic_version", "select version_num from alembic_version")


class Database:
    """A :class:`domain.ports.Store` on one engine."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        ids: IdFactory,
        release: Callable[[], None],
        scrub: Callable[[], Awaitable[None]] | None = None,
        notices: Callable[[asyncio.Event], Notices] | None = None,
    ) -> None:
        self._engine, self._clock, self._ids, self._release = engine, clock, ids, release
        self._scrub = scrub
        self.on_commit: Callable[[Sequence[AuditEvent]], None] | None = None
        """Told what each transaction noted in the audit trail, once it is committed."""
        self.carry: Carry | None = None
        self._merchants = Merchants()
        self._floors: dict[str, int] = {}
        self._added = asyncio.Event()
        self._notices = notices(self._added) if notices else None
        self.jobs = Jobs(engine, clock, self._added, self._notices)

    async def read(self, merchant_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a read transaction. Raises StorageUnavailable, UnknownMerchant."""

        def task(link: Link) -> T:
            return work(self._work(link, merchant_id, self._clock.now()))

        return await self._engine.read(task)

    async def write(self, merchant_id: str, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction and commit it.

        `work` is run again from the start (a few times) on ConcurrentChange, so it must do nothing but read and
        write through its unit of work. Whatever else it raises rolls the transaction back and reaches the caller.
        Raises StorageUnavailable, UnknownMerchant.
        """
        added, noted = False, list[AuditEvent]()

        def task(link: Link) -> T:
            nonlocal added, noted
            transaction = self._work(link, merchant_id, self._clock.now())
            result = work(transaction)
            added, noted = link.pending.jobs, transaction.noted
            return result

        result = await self._engine.write(task)
        if added:
            self._added.set()
            if self._notices is not None:
                self._notices.announce()
        if noted and self.on_commit is not None:
            self.on_commit(noted)
        return result

    def _work(self, link: Link, merchant_id: str, now: datetime) -> Work:
        return Work(link, self._merchants.get(link, merchant_id), now, self._ids, self._floors, self.carry)

    async def merchants(self) -> list[Merchant]:
        """All merchants."""
        return await self._engine.read(self._merchants.all)

    async def save_merchant(self, merchant: Merchant) -> None:
        """Insert or write back."""
        await self._engine.write(lambda link: self._merchants.save(link, merchant))

    async def revision(self) -> str:
        """The schema's revision, as the database says it now. Raises StorageUnavailable."""
        return await self._engine.read(lambda link: str(link.rows(_REVISION)[0][0]))

    async def scrub(self) -> None:
        """Take what was deleted out of the database's files; a large database is slow meanwhile.

        Raises StorageUnavailable where others keep it busy.
        """
        if self._scrub is not None:
            await self._scrub()

    async def close(self) -> None:
        """Let running transactions end, then close all connections."""
        if self._notices is not None:
            await self._notices.close()
        await self._engine.close()
        self._release()


async def open_database(
    url: str,
    *,
    clock: Clock | None = None,
    ids: IdFactory | None = None,
    migrate: bool = True,
    read_only: bool = False,
    busy_seconds: float = 2.0,
) -> Database:
    """Open ``sqlite:///path/to.db`` or ``postgresql://user@host/db``, brought to the newest schema.

    An SQLite file is created where it is missing and belongs to one writing process; `read_only` opens it beside
    that one. `busy_seconds` is how long a locked database is waited for. Raises DatabaseInUse, SchemaTooNew,
    StorageUnavailable, ValueError for another kind of URL.
    """
    clock = clock or SystemClock()
    ids = ids or RandomIds(clock)
    scheme, _, rest = url.partition("://")
    kind = scheme.split("+")[0]
    if kind == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return await asyncio.to_thread(
            _open_sqlite, Path(rest[1:]), clock, ids, migrate and not read_only, read_only, busy_seconds
        )
    if kind in ("postgresql", "postgres"):
        return await _open_postgres(f"postgresql://{rest}", clock, ids, migrate, busy_seconds)
    raise ValueError(f"{scheme}://…: give sqlite:///path/to.db or postgresql://user@host/database")


def _open_sqlite(
    path: Path, clock: Clock, ids: IdFactory, migrate: bool, read_only: bool, busy_seconds: float
) -> Database:
    from integrations.storage.engines.sqlite import SqliteEngine
    from integrations.storage.engines.sqlite_file import WriterLock, scrub
    from integrations.storage.migrations import migrate_sqlite

    lock = WriterLock(path)
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    try:
        if migrate:
            migrate_sqlite(path)
        if not path.exists():
            raise StorageUnavailable(f"there is no database at {path}", 60.0)
        engine = SqliteEngine(path, read_only=read_only, busy_seconds=busy_seconds, group=64, readers=2)
    except BaseException:
        lock.release()
        raise
    return Database(engine, clock, ids, lock.release, lambda: asyncio.to_thread(scrub, path))


async def _open_postgres(
    dsn: str, clock: Clock, ids: IdFactory, migrate: bool, connect_seconds: float
) -> Database:
    from integrations.storage.engines.postgres import PostgresEngine
    from integrations.storage.engines.postgres_connections import revision, vacuum
    from integrations.storage.engines.postgres_notice import Notices
    from integrations.storage.migrations import check_revision
    from integrations.storage.migrations import migrate as upgrade

    if migrate and not check_revision(await revision(dsn, connect_seconds)):
        await asyncio.to_thread(upgrade, dsn)
    engine = PostgresEngine(
        dsn, connections=10, size=64, write_lanes=2, read_lanes=2, connect_seconds=connect_seconds
    )
    return Database(
        engine,
        clock,
        ids,
        lambda: None,
        lambda: vacuum(dsn),
        lambda heard: Notices(dsn, connect_seconds, heard),
    )
