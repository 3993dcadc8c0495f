"""`desk ledger`, `desk audit verify`, `desk sandbox`: looking at the books, and steering the sandbox."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.table import Table

from domain.money import format_minor
from domain.orders.model import Order
from domain.ports import AuditReport, LedgerRow, UnitOfWork
from domain.rules import Refused, Rule, broken
from integrations.opening import load_settings, opened
from integrations.payments.sandbox import SandboxProvider
from integrations.storage.database import Database, open_database
from integrations.storage.engines.contract import DatabaseInUse


@asynccontextmanager
async def _books(*, demo: bool) -> AsyncIterator[tuple[Database, str]]:
    """The store and the merchant, to read; beside the process that writes, where one has the embedded database.

    Raises UnknownMerchant, StorageUnavailable.
    """
    settings = load_settings(worker="external")
    try:
        async with opened(settings, demo=demo) as (store, merchant):
            yield store, merchant.id
        return
    except DatabaseInUse:
        store = await open_database(settings.url, read_only=True)
    try:
        yield store, settings.merchant
    finally:
        await store.close()


async def run_ledger(number: str, *, demo: bool) -> int:
    """All rows of an order; exit code 0 where they sum to zero."""

    def work(uow: UnitOfWork) -> tuple[Order, list[LedgerRow]]:
        order = uow.orders.by_number(number)
        if order is None:
            raise Refused(broken(Rule.ORDER_NOT_FOUND, "order", value=number))
        return order, uow.ledger.postings(order_id=order.id, limit=1000)

    async with _books(demo=demo) as (store, merchant):
        order, rows = await store.read(merchant, work)
    table = Table(title=f"Ledger of {order.number}")
    for column in ("row", "at", "what", "account", "amount", "currency"):
        table.add_column(column, justify="right" if column in ("row", "amount") else "left")
    for row in reversed(rows):
        amount = format_minor(row.amount, row.currency)
        table.add_row(
            str(row.number), f"{row.at:%Y-%m-%d %H:%M}", row.kind, row.account, amount, row.currency
        )
    Console().print(table)
    total = sum(row.amount for row in rows)
    print(f"sum {format_minor(total, order.currency)} {order.currency}")
    return 0 if total == 0 else 1


async def run_verify(*, demo: bool) -> int:
    """Exit code 0 where the chain is intact."""
    async with _books(demo=demo) as (store, merchant):
        report: AuditReport = await store.read(merchant, lambda uow: uow.audit.verify())
    print(f"sealed {report.sealed}, not sealed yet {report.unsealed}, head {report.head[:16]}")
    for problem in report.problems:
        print(problem, file=sys.stderr)
    print("intact" if report.intact else "NOT INTACT")
    return 0 if report.intact else 1


def run_sandbox(answers: list[str]) -> None:
    """Plan the sandbox's next answers; it keeps them over restarts."""
    settings = load_settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    try:
        SandboxProvider(settings.data / "sandbox.db").script(*answers)
    except ValueError as error:
        print(f"desk: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    print(f"the next refunds: {', '.join(answers)}")
