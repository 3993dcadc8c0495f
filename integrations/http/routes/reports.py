"""Reports for supervisors and finance, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from domain.identity import Role, Staff, role_violation
from domain.money import format_minor
from domain.rules import Refused, Rule, broken, refuse_if
from integrations.bootstrap import Application
from integrations.http.access import Scope
from integrations.http.requests import StrictRoute, acting, answer, app_of, principal_of, secured
from integrations.reports.gathering import LONGEST_DAYS, report_on
from integrations.reports.model import Period, Report

router = APIRouter(prefix="/v1", tags=["reports"], route_class=StrictRoute)

Day = Annotated[date | None, Query(description="A day, UTC; the last 30 days where it is left out.")]
Table = Literal[
    "cases", "refunds_by_reason", "refunds_by_product", "refunds_by_day", "supplier_recovery", "waivers", "proposals"
]  # fmt: skip
_USUAL_DAYS = 30
_AMOUNTS = ("amount", "requested", "recovered")


def period_of(since: date | None, until: date | None, today: date) -> Period:
    """Whole days, both included. Raises Refused for a period that is backwards or too long."""
    last = until or today
    first = since or last - timedelta(days=min(_USUAL_DAYS - 1, (last - date.min).days))
    if first > last:
        raise Refused(broken(Rule.FIELD_INVALID, "until", limit=f"not before {first}", value=last))
    if (last - first).days >= LONGEST_DAYS:
        limit = f"{LONGEST_DAYS} days at most"
        raise Refused(
            broken(Rule.FIELD_INVALID, "since", limit=limit, value=f"{(last - first).days + 1} days")
        )
    if last == date.max:
        raise Refused(broken(Rule.FIELD_INVALID, "until", limit=f"before {date.max}", value=last))
    end = datetime.combine(last + timedelta(days=1), time(), UTC)
    return Period(since=datetime.combine(first, time(), UTC), until=end)


async def report_for(app: Application, staff_id: str, since: date | None, until: date | None) -> Report:
    """The report, for whoever may see it. Raises Refused(not_authorised), Refused for a wrong period."""

    def work(uow: Any) -> tuple[Staff | None, datetime]:
        return uow.staff.get(staff_id), uow.now

    staff, now = await app.store.read(app.merchant.id, work)
    if staff is None:
        raise Refused(broken(Rule.NOT_AUTHORISED, "actor", limit=Role.SUPERVISOR.value, value="unknown"))
    refuse_if([role_violation(staff, Role.SUPERVISOR)])
    return await report_on(app.store, app.merchant.id, period_of(since, until, now.date()))


@router.get("/reports", response_model=Report, **secured(Scope.READ))
async def report(request: Request, since: Day = None, until: Day = None) -> Response:
    """A period's cases, refunds, supplier recovery, waivers and approvals. Supervisors and finance only."""
    app, principal = app_of(request), principal_of(request, Scope.READ)
    await app.store.read(app.merchant.id, lambda uow: acting(uow, principal))
    return answer(await report_for(app, principal.staff_id, since, until))


_CSV = secured(Scope.READ)
_CSV["responses"] = {
    200: {"description": "One table of the report.", "content": {"text/csv": {"schema": {"type": "string"}}}},
    **_CSV["responses"],
}


@router.get("/reports.csv", response_class=Response, **_CSV)
async def report_as_csv(
    request: Request, table: Table = "refunds_by_reason", since: Day = None, until: Day = None
) -> Response:
    """The same, one table at a time; amounts as decimals. Supervisors and finance only."""
    app, principal = app_of(request), principal_of(request, Scope.READ)
    await app.store.read(app.merchant.id, lambda uow: acting(uow, principal))
    found = await report_for(app, principal.staff_id, since, until)
    headers = {"Content-Disposition": f'attachment; filename="{table}.csv"'}
    return Response(as_csv(getattr(found, table)), 200, headers, "text/csv; charset=utf-8")


def as_csv(rows: Sequence[BaseModel]) -> str:
    """A header and a line a row; empty for no rows. No cell begins with what a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, row in enumerate(rows):
        values = row.model_dump()
        if number == 0:
            writer.writerow(values)
        currency = values.get("currency", "")
        for name in _AMOUNTS:
            if name in values:
                values[name] = format_minor(values[name], currency)
        writer.writerow([_cell(value) for value in values.values()])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@") and not _is_number(value):
        return f"'{value}"
    return "" if value is None else value


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()
