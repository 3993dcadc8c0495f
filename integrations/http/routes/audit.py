"""The audit trail, and the proof that nobody changed it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import AuditReport, UnitOfWork
from integrations.http.access import Scope
from integrations.http.requests import Clean, StrictRoute, answer, app_of, principal_of, secured
from integrations.http.routes.money import Before, Limit, of_finance
from integrations.http.schemas.books import AuditEventView, AuditPage, AuditReportView

router = APIRouter(prefix="/v1/audit", tags=["audit"], route_class=StrictRoute)


@router.get("/events", response_model=AuditPage, **secured(Scope.ADMIN))
async def events(
    request: Request,
    subject: Annotated[str | None, Query(min_length=1, max_length=80), Clean] = None,
    kind: Annotated[str | None, Query(min_length=1, max_length=80), Clean] = None,
    limit: Limit = 100,
    before: Before = None,
) -> Response:
    """What happened, newest first: to one subject (an id), of one kind, or everything. Finance only."""
    app, principal = app_of(request), principal_of(request, Scope.ADMIN)

    def work(uow: UnitOfWork) -> AuditPage:
        of_finance(uow, principal)
        found = uow.audit.events(subject=subject, kind=kind, limit=limit, before=before)
        more = found[-1][0] if len(found) == limit else None
        return AuditPage(events=[AuditEventView.of(*each) for each in found], next_before=more)

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/verify", response_model=AuditReportView, **secured(Scope.ADMIN))
async def verify(request: Request) -> Response:
    """Walk the chain: how far it is sealed, and every event that was altered or is missing. Finance only."""
    app, principal = app_of(request), principal_of(request, Scope.ADMIN)

    def work(uow: UnitOfWork) -> AuditReport:
        of_finance(uow, principal)
        return uow.audit.verify()

    report = await app.store.read(app.merchant.id, work)
    return answer(
        AuditReportView(
            intact=report.intact,
            sealed=report.sealed,
            unsealed=report.unsealed,
            head=report.head,
            problems=report.problems,
        )
    )
