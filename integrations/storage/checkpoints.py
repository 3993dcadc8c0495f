"""Where the graph keeps its own small state: LangGraph's savers, beside the desk's tables.

On PostgreSQL it lies in the same database; on SQLite in a file of its own, so that the desk's one writer stays alone.
Losing it loses no case: conversations are rebuilt from the desk's own tables.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver


@asynccontextmanager
async def checkpointer(url: str) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    """The saver that goes with a database URL; its tables are made where they are missing."""
    scheme, _, rest = url.partition("://")
    if scheme.startswith("sqlite"):
        from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

        path = Path(rest[1:])
        async with AsyncSqliteSaver.from_conn_string(str(path.with_name(f"{path.stem}-graph.db"))) as saver:
            await saver.setup()
            yield saver
        return
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
    from psycopg.rows import dict_row
    from psycopg_pool import AsyncConnectionPool

    options = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    pool: Any = AsyncConnectionPool(
        f"postgresql://{rest}", min_size=1, max_size=8, kwargs=options, open=False
    )
    async with pool:
        on_postgres = AsyncPostgresSaver(pool)
        await on_postgres.setup()
        yield on_postgres
