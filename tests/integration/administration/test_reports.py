"""The lead's figures, against a shop whose figures were made by hand; who may see them; how they are read."""

import json
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest

from domain.cases.model import StoredCase
from domain.notices import NOTIFY
from domain.ports import JobSpec
from domain.proposals.model import PreviewLine, ProposalKind, ProposalState
from domain.rules import Refused
from integrations.http.access import Links, Tokens
from integrations.http.app import create_app
from integrations.http.page.plots import over_time, shares
from integrations.http.page.reports import duration, percent
from integrations.http.routes.reports import as_csv, period_of
from integrations.reports.gathering import report_on
from integrations.reports.model import Period, ProductRow
from integrations.storage.database import open_database
from integrations.storage.repositories import reporting
from tests.builders import MERCHANT, FakeClock, a_line, a_merchant, a_payment, a_proposal, an_order, put_order

DAY = datetime(2026, 3, 2, tzinfo=UTC)
PERIOD = Period(since=DAY, until=DAY + timedelta(days=10))


class Quiet:
    def info(self, *_, **__):
        pass

    error = info


def refund(order, key, amount, *, reason="damaged", day=1, state=ProposalState.EXECUTED, by="ana", **preview):
    proposal = a_proposal(order, key, state)
    proposal.created_at = DAY + timedelta(days=day, hours=3)
    proposal.created_by, proposal.confirmed_by = "ana", by
    shown = proposal.preview
    shown.amount, shown.reason, shown.waived_by = amount, reason, preview.get("waived_by")
    shown.lines = [PreviewLine(line="mug", sku="MUG", title="Mug", quantity=1, amount=amount)]
    return proposal


def supplier(order, key, kind, amount, day=2):
    proposal = refund(order, key, amount, day=day)
    proposal.kind = proposal.preview.kind = kind
    proposal.preview.lines = []
    return proposal


def case(key, flow, status, begun, minutes):
    at = DAY + begun
    return StoredCase(
        id=key, merchant_id=MERCHANT, conversation_id="c1", order_id="order-1", flow=flow, status=status,
        data={}, created_at=at, updated_at=at + timedelta(minutes=minutes),
    )  # fmt: skip


def by_hand(uow):
    order = an_order(
        lines=[a_line(price=5000, quantity=8)],
        payments=[a_payment(captured=40_000)],
        placed_at=DAY + timedelta(days=1),
    )
    put_order(uow, order)
    put_order(uow, an_order("order-9", placed_at=DAY - timedelta(days=1)))  # sold before the period
    for proposal in (
        refund(order, "p1", 5000, day=1),
        refund(order, "p2", 2500, day=1, by="sam"),
        refund(order, "p3", 2500, day=4, reason="changed_mind", by="sam", waived_by="sam"),
        refund(order, "p4", 9999, day=4, state=ProposalState.FAILED),
        refund(order, "p5", 9999, day=4, state=ProposalState.CANCELLED),
        refund(order, "p6", 7777, day=10),  # after it
        refund(order, "p7", 7777, day=-1),  # before it
        supplier(order, "p8", ProposalKind.REQUEST_SUPPLIER_REVIEW, 4000),
        supplier(order, "p9", ProposalKind.SUPPLIER_VERDICT, 1000, day=3),
    ):
        uow.proposals.add(proposal)
    uow.jobs.enqueue(JobSpec(NOTIFY, "proposal:p2:approval_needed"))
    hour = timedelta(hours=1)
    for stored in (
        case("k1", "direct_refund", "done", hour, 10),
        case("k2", "direct_refund", "done", hour, 20),
        case("k3", "direct_refund", "done", 2 * hour, 60),
        case("k4", "direct_refund", "open", 2 * hour, 5),  # silent for more than a day
        case("k5", "direct_refund", "open", timedelta(days=9, hours=20), 5),  # of this evening
        case("k6", "quality_issue", "cancelled", hour, 5),
        case("k7", "quality_issue", "done", timedelta(days=-2), 5),  # before it
    ):
        uow.conversations.save_case(stored)


@pytest.fixture
async def store(url):
    database = await open_database(url, clock=FakeClock(DAY + timedelta(days=10)))
    await database.save_merchant(a_merchant())
    await database.save_merchant(a_merchant("other"))
    await database.write(MERCHANT, by_hand)
    yield database
    await database.close()


async def test_the_figures_are_those_that_were_counted_by_hand(store):
    found = await report_on(store, MERCHANT, PERIOD)
    refunds, quality = found.cases
    assert (refunds.scenario, refunds.cases, refunds.done, refunds.unfinished, refunds.abandoned) == (
        "direct_refund", 5, 3, 2, 1,
    )  # fmt: skip
    assert (refunds.median_minutes, refunds.p90_minutes) == (20.0, 52.0)
    assert (quality.cases, quality.cancelled, quality.median_minutes) == (1, 1, None)
    assert [(r.reason, r.refunds, r.amount, r.share) for r in found.refunds_by_reason] == [
        ("damaged", 2, 7500, 0.75),
        ("changed_mind", 1, 2500, 0.25),
    ]
    [mug] = found.refunds_by_product
    assert (mug.sku, mug.units, mug.amount, mug.sold, mug.rate) == ("MUG", 3, 10_000, 8, 0.375)
    assert [(r.day, r.refunds, r.amount) for r in found.refunds_by_day] == [
        ("2026-03-03", 2, 7500),
        ("2026-03-06", 1, 2500),
    ]
    [recovery] = found.supplier_recovery
    assert (recovery.requests, recovery.requested, recovery.verdicts, recovery.recovered, recovery.rate) == (
        1, 4000, 1, 1000, 0.25,
    )  # fmt: skip
    assert [(row.by, row.refunds) for row in found.waivers] == [("sam", 1)]
    assert (found.approvals.second_person, found.approvals.over_limit) == (2, 1)
    states = {(row.kind, row.state): row.proposals for row in found.proposals}
    assert states["refund", "executed"] == 3
    assert states["refund", "cancelled"] == states["refund", "failed"] == 1
    assert not found.truncated


async def test_another_merchants_report_is_empty(store):
    found = await report_on(store, "other", PERIOD)
    assert not found.cases
    assert not found.refunds_by_reason


async def test_pages_add_up_to_the_same_figures_and_a_report_looks_at_so_many_rows_only(store, monkeypatch):
    whole = await report_on(store, MERCHANT, PERIOD)
    monkeypatch.setattr(reporting, "PAGE", 2)
    assert await report_on(store, MERCHANT, PERIOD) == whole
    short = await report_on(store, MERCHANT, PERIOD, most=3)
    assert short.truncated
    assert sum(row.cases for row in short.cases) == 3


async def test_a_case_keeps_the_time_it_was_begun_however_often_it_is_stored(store):
    later = case("k1", "direct_refund", "done", timedelta(days=5), 0)
    await store.write(MERCHANT, lambda uow: uow.conversations.save_case(later))
    rows = await store.read(MERCHANT, lambda uow: uow.reporting.cases(PERIOD.since, PERIOD.until, ""))
    assert rows[0][0] == DAY + timedelta(hours=1)


@pytest.mark.parametrize("query", [reporting._CASES, reporting._PROPOSALS, reporting._ORDERS])
async def test_a_period_is_read_by_its_index_in_order(store, url, query, request):
    given = {"merchant": "shop", "since": DAY, "until": DAY, "since_id": "", "before": 0, "limit": 5}
    if url.startswith("sqlite"):
        import contextlib
        import sqlite3

        sql, names = query.sqlite
        values = [v.isoformat() if isinstance(v, datetime) else v for v in (given[name] for name in names)]
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            plan = " ".join(str(row) for row in connection.execute(f"explain query plan {sql}", values))
        assert "TEMP B-TREE" not in plan
    else:
        import asyncpg

        sql, names = query.postgres
        connection = await asyncpg.connect(url)
        await connection.execute(
            "set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off"
        )
        rows = await connection.fetch(f"explain {sql}", *[given[name] for name in names])
        await connection.close()
        plan = " ".join(row[0] for row in rows)
        assert "Sort" not in plan
    assert "_recent" in plan, plan


@pytest.mark.parametrize(
    ("since", "until", "field"),
    [(date(2026, 3, 2), date(2026, 3, 1), "until"), (date(2025, 1, 1), date(2026, 3, 1), "since"),
     (date.max, date.max, "until")],
)  # fmt: skip
def test_a_period_is_whole_days_forward_and_a_year_at_most(since, until, field):
    with pytest.raises(Refused) as refused:
        period_of(since, until, date(2026, 3, 2))
    assert refused.value.violations[0].field == field


def test_without_days_it_is_the_last_thirty():
    period = period_of(None, None, date(2026, 3, 2))
    assert (period.until - period.since, period.until) == (
        timedelta(days=30),
        datetime(2026, 3, 3, tzinfo=UTC),
    )


def test_a_csv_has_decimals_and_no_formulas():
    rows = [ProductRow(currency="EUR", sku="=cmd|x", title='-1+1 "a", b', units=1, amount=1250, sold=0)]
    assert as_csv(rows).splitlines() == [
        "currency,sku,title,units,amount,sold,rate",
        'EUR,\'=cmd|x,"\'-1+1 ""a"", b",1,12.50,0,',
    ]


def test_bars_stand_on_the_line_and_say_their_figures():
    plot = over_time({"2026-03-03": 50, "2026-03-04": 100}, date(2026, 3, 2), date(2026, 3, 6),
                     {"2026-03-03": "0.50", "2026-03-04": "1.00"}, "Refunded")  # fmt: skip
    low, high = plot.bars
    assert (high.y, high.height, low.y, low.height) == (0, 150, 75, 75)
    assert (low.x, high.x) == (180, 360)
    assert low.says == "2026-03-03: 0.50"
    assert (plot.first, plot.last, plot.highest) == ("2026-03-02", "2026-03-05", "1.00")
    assert over_time({}, date(2026, 3, 2), date(2026, 3, 6), {}, "Refunded").bars == []
    assert [row.length for row in shares([("a", "", "1", 1), ("b", "", "4", 4), ("c", "", "0", 0)])] == [
        25,
        100,
        0,
    ]


def test_shares_and_times_are_written_as_people_read_them():
    assert [percent(each) for each in (None, 0.0, 0.125, 1.0)] == ["–", "0 %", "12.5 %", "100 %"]
    said = ["–", "under 1 min", "20 min", "3 h", "4 days"]
    assert [duration(each) for each in (None, 0.2, 20, 180, 5760)] == said


def asking(shop, **headers):
    transport = httpx.ASGITransport(app=create_app(shop, log=Quiet()))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers)


@pytest.mark.parametrize(("staff", "status"), [("vic", 403), ("ana", 403), ("sam", 200), ("fin", 200)])
async def test_supervisors_and_finance_see_reports_and_nobody_else(shop, staff, status):
    secret = await Tokens(shop.store, "shop").new(staff, ["read"])
    async with asking(shop, Authorization=f"Bearer {secret}") as client:
        assert (await client.get("/v1/reports")).status_code == status
        assert (await client.get("/v1/reports.csv", params={"table": "cases"})).status_code == status
    link = await Links(shop.store, "shop").new(staff)
    async with asking(shop, **{"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"}) as browser:
        assert (await browser.get("/reports")).status_code == 401
        assert (await browser.get("/reports/cases.csv")).status_code == 401
        await browser.post("/session", json={"token": link})
        page = await browser.get("/reports")
        assert page.status_code == status
        assert ("Cases by scenario" in page.text) is (status == 200)
        assert (await browser.get("/reports/cases.csv")).status_code == status


async def test_the_page_shows_the_period_that_was_asked_for_and_refuses_a_wrong_one(shop):
    await shop.store.write("shop", by_hand_in_the_shop)
    link = await Links(shop.store, "shop").new("sam")
    async with asking(shop, **{"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"}) as browser:
        await browser.post("/session", json={"token": link})
        page = (await browser.get("/reports", params={"since": "2026-03-02", "until": "2026-03-11"})).text
        assert 'value="2026-03-02"' in page
        assert "100.00 <small>EUR</small>" in page
        assert page.count("<rect") > 4
        assert "<script" not in page.split("<body")[1]
        assert " style=" not in page
        wrong = await browser.get("/reports", params={"since": "yesterday"})
        assert (wrong.status_code, "yesterday" in wrong.text) == (422, True)
        csv = await browser.get(
            "/reports/refunds_by_day.csv", params={"since": "2026-03-02", "until": "2026-03-11"}
        )
        assert csv.text.splitlines()[1] == "EUR,2026-03-03,2,75.00"


def by_hand_in_the_shop(uow):
    order = uow.orders.by_number("7002")
    for key, amount, day in (("p1", 5000, 1), ("p2", 2500, 1), ("p3", 2500, 4)):
        uow.proposals.add(refund(order, key, amount, day=day))
    uow.conversations.save_case(case("k1", "direct_refund", "done", timedelta(hours=1), 10))


async def test_no_customer_is_in_a_report(shop):
    secret = await Tokens(shop.store, "shop").new("fin", ["read"])
    await shop.store.write("shop", by_hand_in_the_shop)
    async with asking(shop, Authorization=f"Bearer {secret}") as client:
        found = (
            await client.get("/v1/reports", params={"since": "2026-02-20", "until": "2026-03-20"})
        ).json()
    assert "Other" not in json.dumps(found)
    assert "Maya" not in json.dumps(found)
    assert found["refunds_by_reason"][0]["amount"] == 10_000
