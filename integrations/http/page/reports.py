"""The page `/reports`: a period's figures for supervisors and finance, with plots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.money import format_minor
from domain.reasons import RefundReason
from domain.rules import Refused
from integrations.http.page.draw import render, static_version
from integrations.http.page.plots import OverTime, Share, over_time, shares
from integrations.http.page.visitor import html_answer, visitor_of
from integrations.http.problems import Problem, problem_of
from integrations.http.requests import app_of
from integrations.http.routes.reports import Table, as_csv, report_for
from integrations.reports.model import Report

router = APIRouter(include_in_schema=False)

_REASONS = {reason.value: reason.label for reason in RefundReason}
_SCENARIOS = {
    "direct_refund": "Refund",
    "quality_issue": "Quality issue",
    "review_return": "Return request",
    "merchant_return": "Return by staff",
    "return_progress": "Return under way",
    "supplier_review": "Supplier review",
    "balance": "Balance",
    "status": "Status",
    "draft_reply": "Reply to a customer",
}
_SHOWN_PRODUCTS = 15

Text = Annotated[str, Query(max_length=20)]


@router.get("/reports")
async def reports(request: Request, since: Text = "", until: Text = "") -> Response:
    """The report of a period; signed out, how to get in."""
    visitor = await visitor_of(request)
    if visitor is None:
        return html_answer(render("signed_out.html", version=static_version()), 401)
    app = app_of(request)
    values = {"version": static_version(), "visitor": visitor, "merchant": app.merchant}
    try:
        found = await report_for(app, visitor.staff.id, _day(since, "since"), _day(until, "until"))
    except (Refused, Problem) as error:
        problem = problem_of(error)
        asked = {"since": since, "until": until}
        page = render("reports_refused.html", **values, detail=problem.detail, asked=asked)
        return html_answer(page, problem.status)
    return html_answer(render("reports.html", **values, **drawn(found)))


@router.get("/reports/{table}.csv")
async def table(request: Request, table: Table, since: Text = "", until: Text = "") -> Response:
    """One table for a spreadsheet."""
    visitor = await visitor_of(request)
    if visitor is None:
        raise Problem(401, "signed_out", "You are signed out.")
    found = await report_for(app_of(request), visitor.staff.id, _day(since, "since"), _day(until, "until"))
    headers = {"Content-Disposition": f'attachment; filename="{table}.csv"'}
    return Response(as_csv(getattr(found, table)), 200, headers, "text/csv; charset=utf-8")


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Problem(422, "field_invalid", f"{name}: {text!r} is no day such as 2026-03-02.") from None


def drawn(report: Report) -> dict[str, Any]:
    """What the template shows."""
    return {
        "report": report,
        "since": report.period.since.date().isoformat(),
        "until": over_time({}, report.period.since.date(), report.period.until.date(), {}, "").last,
        "money": format_minor,
        "percent": percent,
        "minutes": duration,
        "currencies": [_currency(report, currency) for currency in _currencies(report)],
        "scenarios": [(_SCENARIOS.get(row.scenario, row.scenario), row) for row in report.cases],
        "cases": _cases(report),
    }


def _currencies(report: Report) -> list[str]:
    """The busiest first."""
    refunds: dict[str, int] = {row.currency: 0 for row in report.supplier_recovery}
    for row in report.refunds_by_reason:
        refunds[row.currency] = refunds.get(row.currency, 0) + row.refunds
    return sorted(refunds, key=lambda currency: (-refunds[currency], currency))


def _currency(report: Report, currency: str) -> dict[str, Any]:
    reasons = [row for row in report.refunds_by_reason if row.currency == currency]
    products = [row for row in report.refunds_by_product if row.currency == currency]
    total = sum(row.amount for row in reasons)
    return {
        "name": currency,
        "total": format_minor(total, currency),
        "refunds": sum(row.refunds for row in reasons),
        "days": _days(report, currency),
        "reasons": _bars(
            [
                (_REASONS.get(r.reason, "Settles a return"), f"{r.refunds}", r.amount, percent(r.share))
                for r in reasons
            ],
            currency,
        ),
        "products": products[:_SHOWN_PRODUCTS],
        "supplier": next((row for row in report.supplier_recovery if row.currency == currency), None),
    }


def _bars(rows: Sequence[tuple[str, str, int, str]], currency: str) -> list[Share]:
    return shares(
        [
            (label, f"{count}, {share}", format_minor(amount, currency), amount)
            for label, count, amount, share in rows
        ]
    )


def _days(report: Report, currency: str) -> OverTime:
    rows = [row for row in report.refunds_by_day if row.currency == currency]
    values = {row.day: row.amount for row in rows}
    show = {
        row.day: f"{format_minor(row.amount, currency)} {currency}, {_refunds(row.refunds)}" for row in rows
    }
    return over_time(values, report.period.since.date(), report.period.until.date(), show, "Refunded")


def _refunds(count: int) -> str:
    return f"{count} refund" if count == 1 else f"{count} refunds"


def _cases(report: Report) -> dict[str, Any]:
    rows = report.cases
    times = [row.median_minutes for row in rows if row.median_minutes is not None and row.done]
    return {
        "total": sum(row.cases for row in rows),
        "done": sum(row.done for row in rows),
        "abandoned": sum(row.abandoned for row in rows),
        "fastest": duration(min(times)) if times else "–",
        "bars": shares(
            [(_SCENARIOS.get(r.scenario, r.scenario), f"{r.done} done", str(r.cases), r.cases) for r in rows]
        ),
    }


def percent(share: float | None) -> str:
    """``0.125`` as ``12.5 %``."""
    return "–" if share is None else f"{100 * share:.1f}".removesuffix(".0") + " %"


def duration(minutes: float | None) -> str:
    """Minutes as people say them."""
    if minutes is None:
        return "–"
    if minutes < 1:
        return "under 1 min"
    if minutes < 120:
        return f"{round(minutes)} min"
    return f"{round(minutes / 60)} h" if minutes < 48 * 60 else f"{round(minutes / 1440)} days"
