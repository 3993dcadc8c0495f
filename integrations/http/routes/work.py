"""The outbox and the provider's books, for finance: what died and why, and where the books differ."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import ProviderTimeout, ProviderUnavailable
from integrations.http.access import Scope
from integrations.http.problems import Problem
from integrations.http.requests import StrictRoute, answer, app_of, principal_of, secured
from integrations.http.routes.money import Limit, of_finance
from integrations.http.schemas.work import Jobs, ReconciliationBody
from integrations.work.dead_letters import DeadLetters, JobExplained, JobView
from integrations.work.reconciliation import ReconciliationReport

router = APIRouter(prefix="/v1", tags=["work"], route_class=StrictRoute)
State = Literal["queued", "leased", "done", "dead"]
JobId = Annotated[int, Path(ge=1, le=9_000_000_000_000_000_000)]


def _letters(request: Request) -> tuple[DeadLetters, str]:
    app, principal = app_of(request), principal_of(request, Scope.ADMIN)
    return DeadLetters(app.store, app.merchant.id), principal.staff_id


@router.get("/jobs", response_model=Jobs, **secured(Scope.ADMIN))
async def jobs(request: Request, state: State | None = None, limit: Limit = 100) -> Response:
    """Jobs of the outbox, the newest first. Finance only."""
    letters, actor = _letters(request)
    return answer(Jobs(jobs=await letters.list(actor, state, limit)))


@router.get("/jobs/{job_id}", response_model=JobExplained, **secured(Scope.ADMIN, 404))
async def explain(request: Request, job_id: JobId) -> Response:
    """A job, what it is for, where that stands, and what can be done. Finance only."""
    letters, actor = _letters(request)
    return answer(await letters.explain(actor, job_id))


@router.post("/jobs/{job_id}/requeue", response_model=JobView, **secured(Scope.ADMIN, 404, 409))
async def requeue(request: Request, job_id: JobId) -> Response:
    """A dead job starts anew with the same key. Finance only."""
    letters, actor = _letters(request)
    return answer(await letters.requeue(actor, job_id))


@router.post("/reconciliations", response_model=ReconciliationReport, **secured(Scope.ADMIN, 415))
async def reconcile(request: Request, body: ReconciliationBody) -> Response:
    """Ask about every refund without an end, and compare a day's refunds both ways. Finance only."""
    app, principal = app_of(request), principal_of(request, Scope.ADMIN)
    await app.store.read(app.merchant.id, lambda uow: of_finance(uow, principal))
    try:
        report = await app.reconciler.reconcile(app.merchant.id, body.day or app.reconciler.yesterday())
    except (ProviderTimeout, ProviderUnavailable) as error:
        wait = str(max(1, round(getattr(error, "retry_after", None) or 10)))
        sentence = "The payment provider does not answer now; what it said until then was taken down."
        raise Problem(503, "provider_unavailable", sentence, headers={"Retry-After": wait}) from error
    return answer(report)
