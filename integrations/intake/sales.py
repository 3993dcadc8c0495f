"""Invoices of the Online Retail data set as orders, and their import."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from domain.balances.settlement import settles_at
from domain.orders.arrival import take_in
from domain.orders.intake import Intake, books_of
from domain.orders.model import Customer, Fulfilment, Line, Order, Payment
from domain.ports import Store, UnitOfWork
from domain.rules import Rule
from domain.settings import Merchant
from integrations.intake.online_retail import Bill, RetailData, SoldLine, read_online_retail
from integrations.intake.report import ImportReport, Problem, Progress, problem

CURRENCY = "GBP"
BATCH = 500
"""Orders a transaction."""


def pence(price: Decimal) -> int | None:
    """Minor units of a price in pounds; None where it has a fraction of a penny."""
    minor = price * 100
    return int(minor) if minor == minor.to_integral_value() else None


def sold_lines(bill: Bill) -> tuple[list[Line], list[Problem]]:
    """The invoice's lines in the file's order, and those whose price cannot be paid."""
    lines: list[Line] = []
    problems: list[Problem] = []
    for sold in bill.lines.values():
        minor = pence(sold.price)
        if minor is None:
            limit = f"{CURRENCY} has 2 decimals"
            problems.append(
                problem(sold.row, Rule.AMOUNT_PRECISION, "UnitPrice", limit=limit, value=sold.price)
            )
            continue
        lines.append(_line(bill, sold, len(lines) + 1, minor))
    return lines, problems


def _line(bill: Bill, sold: SoldLine, place: int, unit_price: int) -> Line:
    return Line(
        id=f"L{place}",
        sku=sold.code,
        title=sold.title,
        quantity=sold.quantity,
        unit_price=unit_price,
        fulfilment=Fulfilment.DELIVERED,
        fulfilled_at=bill.at,
    )


def sale(bill: Bill, merchant: Merchant, order_id: str, shift: timedelta) -> Intake | None:
    """The order of an invoice, paid by card in full on its date; None where nothing was sold.

    `shift` moves its dates (the demo shop's lie close to today).
    """
    lines, _ = sold_lines(bill)
    total = sum(line.unit_price * line.quantity for line in lines)
    if total == 0:
        return None
    at = bill.at + shift
    for line in lines:
        line.fulfilled_at = at
    payment = Payment(
        id="P1",
        provider_ref=f"{order_id}:P1",
        method="card",
        authorised=total,
        captured=total,
        captured_at=at,
        settles_at=settles_at(at, merchant.settings.settlement_days),
    )
    order = Order(
        id=order_id,
        merchant_id=merchant.id,
        number=bill.number,
        customer=Customer(name=f"Customer {bill.customer}" if bill.customer else "Guest"),
        currency=CURRENCY,
        placed_at=at,
        lines=lines,
        payments=[payment],
        address=bill.country,
    )
    return books_of(order)


async def import_online_retail(
    store: Store, merchant_id: str, path: Path, progress: Progress | None = None
) -> ImportReport:
    """Import the invoices of a file. Raises OSError, NotOnlineRetail, StorageUnavailable."""
    data = await asyncio.to_thread(read_online_retail, path)
    report = await import_invoices(store, merchant_id, data.invoices, progress=progress)
    report.facts = {
        "invoices": data.invoice_numbers,
        "without_sale": data.invoice_numbers - report.imported - report.existing,
        "credit_notes": len(data.credit_notes),
    }
    for row in _by_line([*data.problems, *unpayable(data)]):
        report.add(row)
    return report


def unpayable(data: RetailData) -> list[Problem]:
    """Lines of invoices whose price is no amount of money."""
    return [found for bill in data.invoices for found in sold_lines(bill)[1]]


def _by_line(problems: list[Problem]) -> list[list[Problem]]:
    rows: dict[int, list[Problem]] = {}
    for found in sorted(problems, key=lambda p: p.line):
        rows.setdefault(found.line, []).append(found)
    return list(rows.values())


async def import_invoices(
    store: Store,
    merchant_id: str,
    invoices: Sequence[Bill],
    *,
    shift: timedelta = timedelta(0),
    progress: Progress | None = None,
) -> ImportReport:
    """Import invoices in batches; a number that exists already is counted, not imported again."""
    report = ImportReport()
    for start in range(0, len(invoices), BATCH):
        batch = invoices[start : start + BATCH]

        def work(uow: UnitOfWork, batch: Sequence[Bill] = batch) -> list[bool]:
            made = [sale(bill, uow.merchant, uow.ids.new("ord"), shift) for bill in batch]
            return take_in(uow, [intake for intake in made if intake is not None])

        added = await store.write(merchant_id, work)
        report.imported += sum(added)
        report.existing += len(added) - sum(added)
        if progress is not None:
            progress(min(start + BATCH, len(invoices)), len(invoices))
    return report
