"""Whether the process lives, and whether it can do its work. Truthful: all is tried, not assumed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import StorageUnavailable
from integrations.assembly import BEAT_SECONDS
from integrations.bootstrap import Application
from integrations.http.requests import answer, app_of
from integrations.http.schemas.views import Health
from integrations.storage.migrations import HEAD

router = APIRouter(tags=["health"])

_PATIENCE_SECONDS = 2.0
_LATE_SECONDS = 60.0
"""A job that has been due for longer than this is nobody's; a worker unseen for as long lives no more."""
_SILENT_CALLS = 3
"""Calls to the payment provider in a row without an answer, until it counts as not answering."""


@router.get("/healthz", response_model=Health)
async def healthz() -> Response:
    """The process lives."""
    return answer(Health(status="ok"))


@router.get("/readyz", response_model=Health, responses={503: {"model": Health}})
async def readyz(request: Request) -> Response:
    """The database answers and has our schema, and somebody does the work that was promised.

    A payment provider that does not answer makes it `degraded`, not unready: refunds can still be confirmed, wait in
    the outbox and are paid once it is back.
    """
    app = app_of(request)
    checks = {
        "database": await _checked(_database(app)),
        "migrations": await _checked(_migrations(app)),
        "worker": await _checked(_worker(app)),
    }
    ready = all(found == "ok" for found in checks.values())
    checks["provider"] = "ok" if app.watch.unanswered < _SILENT_CALLS else "not answering"
    status = "not ready" if not ready else "ok" if checks["provider"] == "ok" else "degraded"
    return answer(Health(status=status, checks=checks), 200 if ready else 503)


async def _checked(check: Awaitable[str]) -> str:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await check
    except TimeoutError:
        return "no answer"
    except StorageUnavailable:
        return "cannot be used"


async def _database(app: Application) -> str:
    await app.store.read(app.merchant.id, lambda uow: uow.merchant.id)
    return "ok"


async def _migrations(app: Application) -> str:
    found = await app.store.revision()
    return "ok" if found == HEAD else f"schema {found}, not {HEAD}"


async def _worker(app: Application) -> str:
    """In this process or another: one that shows itself, and no job that is long due."""
    backlog = await app.store.jobs.backlog()
    if backlog.oldest_due_seconds > _LATE_SECONDS:
        return "jobs are waiting"
    if backlog.worker_seen_seconds is None:
        return "none has shown itself"
    seen = backlog.worker_seen_seconds
    return "ok" if seen <= _LATE_SECONDS + BEAT_SECONDS else f"last seen {round(seen)} s ago"
