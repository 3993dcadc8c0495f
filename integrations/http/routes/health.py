"""Whether the process lives, and whether it can do its work. Truthful: both are tried, not assumed."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import StorageUnavailable
from integrations.bootstrap import Application
from integrations.http.requests import answer, app_of
from integrations.http.schemas.views import Health

router = APIRouter(tags=["health"])

_PATIENCE_SECONDS = 2.0
_LATE = timedelta(seconds=60)
"""A job that has been due for longer than this is nobody's: no worker lives."""


@router.get("/healthz", response_model=Health)
async def healthz() -> Response:
    """The process lives."""
    return answer(Health(status="ok"))


@router.get("/readyz", response_model=Health, responses={503: {"model": Health}})
async def readyz(request: Request) -> Response:
    """The database answers, and somebody does the work that was promised."""
    app = app_of(request)
    checks = {"database": await _checked(_database(app)), "worker": await _checked(_worker(app))}
    ready = all(found == "ok" for found in checks.values())
    return answer(Health(status="ok" if ready else "not ready", checks=checks), 200 if ready else 503)


async def _checked(check: asyncio.Future[str] | object) -> str:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return str(await check)  # type: ignore[misc]
    except TimeoutError:
        return "no answer"
    except StorageUnavailable:
        return "cannot be used"


async def _database(app: Application) -> str:
    await app.store.read(app.merchant.id, lambda uow: uow.merchant.id)
    return "ok"


async def _worker(app: Application) -> str:
    """Jobs that are long due show that no worker takes them, in this process or another."""
    now = app.desk.clock.now()
    waiting = await app.store.jobs.jobs(state="queued", limit=200)
    return "jobs are waiting" if any(job.run_after < now - _LATE for job in waiting) else "ok"
