"""Gathering a period's rows, a page a transaction, so that a long report holds up nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from typing import Any

from domain.ports import Store, UnitOfWork
from integrations.reports.counting import Count
from integrations.reports.model import Period, Report
from integrations.storage.repositories.reporting import Reporting
from integrations.storage.unit_of_work import Work

LONGEST_DAYS = 366
MOST_ROWS = 50_000
"""Cases, proposals and orders that one report looks at, each; beyond that it says that it is cut short."""

_Row = tuple[datetime, Any, dict[str, Any], bool]
"""Time, key, document, and whether it was above its proposer's limit."""


async def report_on(store: Store, merchant_id: str, period: Period, *, most: int = MOST_ROWS) -> Report:
    """The report of a period. Raises StorageUnavailable."""
    now = await store.read(merchant_id, lambda uow: uow.now)
    count = Count(period, now)
    await _cases(store, merchant_id, period, count, most)
    await _proposals(store, merchant_id, period, count, most)
    await _orders(store, merchant_id, period, count, most)
    return count.report()


async def _cases(store: Store, merchant_id: str, period: Period, count: Count, most: int) -> None:
    def page(uow: UnitOfWork, since: datetime, after: Any) -> list[_Row]:
        return [(*row, False) for row in _of(uow).cases(since, period.until, after)]

    async for begun, doc, _ in _pages(store, merchant_id, page, (period.since, ""), count, most):
        count.case(begun, doc)


async def _proposals(store: Store, merchant_id: str, period: Period, count: Count, most: int) -> None:
    def page(uow: UnitOfWork, since: datetime, after: Any) -> list[_Row]:
        rows = _of(uow).proposals(since, period.until, after)
        return [(made, key, doc, _over_limit(uow, key, doc)) for made, key, doc in rows]

    async for made, doc, over_limit in _pages(store, merchant_id, page, (period.since, ""), count, most):
        count.proposal(made, doc, over_limit=over_limit)


async def _orders(store: Store, merchant_id: str, period: Period, count: Count, most: int) -> None:
    """What was sold, newest first: with more orders than are looked at, rates are of the newest."""

    def page(uow: UnitOfWork, until: datetime, before: Any) -> list[_Row]:
        return [(*row, False) for row in _of(uow).orders(period.since, until, before)]

    async for _, doc, _ in _pages(store, merchant_id, page, (period.until, 0), count, most):
        count.sale(doc)


async def _pages(
    store: Store,
    merchant_id: str,
    page: Callable[[UnitOfWork, datetime, Any], list[_Row]],
    start: tuple[datetime, Any],
    count: Count,
    most: int,
) -> AsyncIterator[tuple[datetime, dict[str, Any], bool]]:
    """Rows of one page after the other, each of which begins after the last row of the one before."""
    at, seen = start, 0
    while rows := await store.read(merchant_id, partial(_read, page, at)):
        for when, _, doc, over_limit in rows[: most - seen]:
            yield when, doc, over_limit
        at, seen = (rows[-1][0], rows[-1][1]), seen + len(rows)
        if seen >= most:
            count.truncated = count.truncated or bool(await store.read(merchant_id, partial(_read, page, at)))
            count.truncated = count.truncated or seen > most
            return


def _read(
    page: Callable[[UnitOfWork, datetime, Any], list[_Row]], at: tuple[datetime, Any], uow: UnitOfWork
) -> list[_Row]:
    return page(uow, *at)


def _over_limit(uow: UnitOfWork, key: str, doc: dict[str, Any]) -> bool:
    second = doc["kind"] == "refund" and doc["confirmed_by"] not in (None, doc["created_by"])
    return second and _of(uow).needed_approval(key)


def _of(uow: UnitOfWork) -> Reporting:
    assert isinstance(uow, Work)
    return uow.reporting
