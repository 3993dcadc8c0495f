"""Reading the Online Retail data set: invoices and credit notes of a UK online gift retailer.

Source: UCI Machine Learning Repository, *Online Retail*, D. Chen, 2015, CC BY 4.0. Columns: InvoiceNo (a leading
``C`` is a credit note), StockCode, Description, Quantity, InvoiceDate, UnitPrice (GBP), CustomerID (may be empty),
Country. Rows of one invoice with the same code and price are one line. Dates carry no zone and are taken as UTC.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from domain.rules import Rule
from integrations.intake.files import read_text
from integrations.intake.report import Problem, problem
from integrations.intake.retail_cells import (
    Dates,
    NotOnlineRetail,
    delimiter_of,
    identity,
    places,
    price,
    whole,
)

__all__ = ["Bill", "NotOnlineRetail", "RetailData", "Row", "SoldLine", "read_online_retail"]

STRAY_CODES = frozenset(
    {"POST", "DOT", "C2", "M", "D", "S", "B", "CRUK", "ADJUST", "ADJUST2", "AMAZONFEE", "BANK CHARGES"}
)
"""Codes of no product: postage, manual entries, discounts, samples, fees."""

MOST = 1_000_000_000
"""Units of a row and pounds of a price: more is a slip of the keyboard."""


@dataclass(slots=True)
class SoldLine:
    """Rows of one invoice (or credit note) with the same code and price.

    `quantity` is what was sold or given back: above zero, but for a credit note that gives nothing back.
    """

    row: int
    code: str
    title: str
    price: Decimal
    quantity: int


@dataclass(slots=True)
class Bill:
    """An invoice or a credit note, dated and placed by its first row."""

    number: str
    at: datetime
    customer: str
    country: str
    row: int
    lines: dict[tuple[str, Decimal], SoldLine] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Add a row's units to the line of its code and price."""
        line = self.lines.get((row.code, row.price))
        if line is None:
            title = row.title or row.code
            line = self.lines[row.code, row.price] = SoldLine(row.line, row.code, title, row.price, 0)
        line.quantity += -row.quantity if row.is_credit else row.quantity


@dataclass(frozen=True, slots=True)
class Row:
    """One row, read but not judged. `line` is the line of the file it ends on."""

    line: int
    number: str
    code: str
    title: str
    quantity: int
    at: datetime
    price: Decimal
    customer: str
    country: str

    @property
    def is_credit(self) -> bool:
        """Whether it belongs to a credit note."""
        return self.number[:1] in ("C", "c")


@dataclass(slots=True)
class RetailData:
    """The file's invoices and credit notes in date order (file order on ties), and its odd rows.

    `invoice_numbers` counts all invoices, also those that sold nothing (write-offs, samples).
    """

    invoices: list[Bill] = field(default_factory=list)
    credit_notes: list[Bill] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    invoice_numbers: int = 0


def read_online_retail(path: Path) -> RetailData:
    """Read a file (plain, .gz or .xz), whatever its encoding, delimiter and order. Raises OSError, NotOnlineRetail."""
    data = RetailData()
    invoices: dict[str, Bill] = {}
    notes: dict[str, Bill] = {}
    for row in _rows(path, data.problems):
        bills = notes if row.is_credit else invoices
        bill = bills.get(row.number)
        if bill is None:
            bill = bills[row.number] = Bill(row.number, row.at, row.customer, row.country, row.line)
        found = list(_oddities(row))
        data.problems += found
        if all(odd.kept for odd in found):
            bill.add(row)
    data.invoice_numbers = len(invoices)
    data.invoices = _in_date_order(bill for bill in invoices.values() if bill.lines)
    data.credit_notes = _in_date_order(bill for bill in notes.values() if bill.lines)
    return data


def _in_date_order(bills: Iterator[Bill]) -> list[Bill]:
    return sorted(bills, key=lambda bill: (bill.at, bill.row))


def _oddities(row: Row) -> Iterator[Problem]:
    """What is wrong with a row. A credit note's row counts whatever it says, also one that gives nothing back."""
    if abs(row.quantity) > MOST or row.price > MOST:
        value = f"{row.quantity} × {row.price}"
        yield problem(row.line, Rule.FIELD_INVALID, "row", limit="amounts of a shop", value=value)
    if row.is_credit:
        if row.quantity >= 0:
            limit = "below zero on a credit note"
            yield problem(
                row.line, Rule.FIELD_INVALID, "Quantity", limit=limit, value=row.quantity, kept=True
            )
        return
    if row.quantity <= 0:
        limit = "above zero on an invoice"
        yield problem(row.line, Rule.FIELD_INVALID, "Quantity", limit=limit, value=row.quantity)
    if row.price <= 0:
        yield problem(row.line, Rule.AMOUNT_NOT_POSITIVE, "UnitPrice", limit=0, value=row.price)
    if not row.title:
        kept = row.quantity > 0 and row.price > 0
        yield problem(
            row.line, Rule.FIELD_INVALID, "Description", limit="a title", value="nothing", kept=kept
        )
    if row.code.upper() in STRAY_CODES and not row.customer:
        limit = "a product, or a customer who paid for it"
        yield problem(row.line, Rule.FIELD_INVALID, "StockCode", limit=limit, value=row.code)


def _rows(path: Path, problems: list[Problem]) -> list[Row]:
    """The file's rows in date order, file order on ties; what is no row goes to `problems`."""
    found: list[tuple[int, list[str]]] = []
    text = read_text(path)
    first = text.readline()
    text.seek(0)
    reader = csv.reader(text, delimiter=delimiter_of(first))
    try:
        where = places(next(reader, []))
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > max(where):
                found.append((reader.line_num, [cells[place] for place in where]))
                continue
            limit, value = f"{max(where) + 1} columns", f"{len(cells)} columns"
            problems.append(problem(reader.line_num, Rule.FIELD_INVALID, "row", limit=limit, value=value))
    except csv.Error as error:
        problems.append(
            problem(
                reader.line_num, Rule.FIELD_INVALID, "row", limit=str(error), value="the rest of the file"
            )
        )
    dates = Dates.of(cells[4] for _, cells in found)
    rows: list[Row] = []
    for line, cells in found:
        row = _row(line, cells, dates)
        if isinstance(row, Row):
            rows.append(row)
        else:
            problems.append(row)
    return sorted(rows, key=lambda row: (row.at, row.line))


def _row(line: int, cells: list[str], dates: Dates) -> Row | Problem:
    number, code, title, quantity, at, amount, customer, country = cells
    try:
        units = whole(quantity)
    except ValueError:
        return problem(line, Rule.FIELD_INVALID, "Quantity", limit="a whole number", value=quantity)
    try:
        instant = dates.read(at)
    except (ValueError, OverflowError):
        return problem(line, Rule.FIELD_INVALID, "InvoiceDate", limit="a date and time", value=at)
    try:
        pounds = price(amount)
    except InvalidOperation:
        return problem(line, Rule.FIELD_INVALID, "UnitPrice", limit="a decimal amount", value=amount)
    bill = identity(number)
    if not bill:
        return problem(line, Rule.FIELD_INVALID, "InvoiceNo", limit="a number", value="nothing")
    return Row(line, bill, code, title.strip(), units, instant, pounds, identity(customer), country.strip())
