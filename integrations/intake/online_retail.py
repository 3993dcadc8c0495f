"""Reading the Online Retail data set: invoices and credit notes of a UK online gift retailer.

Source: UCI Machine Learning Repository, *Online Retail*, D. Chen, 2015, CC BY 4.0. Columns: InvoiceNo (a leading
``C`` is a credit note), StockCode, Description, Quantity, InvoiceDate, UnitPrice (GBP), CustomerID (may be empty),
Country. Rows of one invoice with the same code and price are one line. Dates carry no zone and are taken as UTC.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from domain.rules import Rule
from integrations.intake.files import read_text
from integrations.intake.report import Problem, problem

COLUMNS = {
    "InvoiceNo": ("InvoiceNo", "Invoice"),
    "StockCode": ("StockCode",),
    "Description": ("Description",),
    "Quantity": ("Quantity",),
    "InvoiceDate": ("InvoiceDate",),
    "UnitPrice": ("UnitPrice", "Price"),
    "CustomerID": ("CustomerID", "Customer ID"),
    "Country": ("Country",),
}
"""Our name of each column and the names files give it (the second edition of the data set differs)."""

STRAY_CODES = frozenset(
    {"POST", "DOT", "C2", "M", "D", "S", "B", "CRUK", "ADJUST", "ADJUST2", "AMAZONFEE", "BANK CHARGES"}
)
"""Codes of no product: postage, manual entries, discounts, samples, fees."""

MOST = 1_000_000_000
"""Units of a row and pounds of a price: more is a slip of the keyboard."""

_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2})")


class NotOnlineRetail(ValueError):
    """The file has not the columns of this data set."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"not an Online Retail file: no column {', '.join(missing)}")
        self.missing = missing


@dataclass(slots=True)
class SoldLine:
    """Rows of one invoice (or credit note) with the same code and price. `quantity` is positive in both."""

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
        line.quantity += abs(row.quantity)


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
        return self.number.startswith("C")


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
    """Read a file (plain, .gz or .xz). Raises OSError, NotOnlineRetail."""
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
    """What is wrong with a row. A credit note's row counts whatever it says, as long as it takes units back."""
    if abs(row.quantity) > MOST or row.price > MOST:
        value = f"{row.quantity} × {row.price}"
        yield problem(row.line, Rule.FIELD_INVALID, "row", limit="amounts of a shop", value=value)
    if row.is_credit:
        if row.quantity >= 0:
            limit = "below zero on a credit note"
            yield problem(row.line, Rule.FIELD_INVALID, "Quantity", limit=limit, value=row.quantity)
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


def _rows(path: Path, problems: list[Problem]) -> Iterator[Row]:
    reader = csv.reader(read_text(path))
    places = _places(next(reader, []))
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) <= max(places):
            limit, value = f"{max(places) + 1} columns", f"{len(cells)} columns"
            problems.append(problem(reader.line_num, Rule.FIELD_INVALID, "row", limit=limit, value=value))
            continue
        row = _row(reader.line_num, [cells[place] for place in places])
        if isinstance(row, Row):
            yield row
        else:
            problems.append(row)


def _places(header: list[str]) -> list[int]:
    """Where each of our columns stands in the file."""
    names = [name.strip() for name in header]
    found = {
        ours: next((names.index(name) for name in theirs if name in names), -1)
        for ours, theirs in COLUMNS.items()
    }
    missing = [ours for ours, place in found.items() if place < 0]
    if missing:
        raise NotOnlineRetail(missing)
    return list(found.values())


def _row(line: int, cells: list[str]) -> Row | Problem:
    number, code, title, quantity, at, price, customer, country = cells
    try:
        units = int(quantity)
    except ValueError:
        return problem(line, Rule.FIELD_INVALID, "Quantity", limit="a whole number", value=quantity)
    try:
        instant = _instant(at)
    except ValueError:
        return problem(line, Rule.FIELD_INVALID, "InvoiceDate", limit="a date and time", value=at)
    try:
        pounds = _price(price)
    except InvalidOperation:
        return problem(line, Rule.FIELD_INVALID, "UnitPrice", limit="a decimal amount", value=price)
    if not number.strip():
        return problem(line, Rule.FIELD_INVALID, "InvoiceNo", limit="a number", value="nothing")
    return Row(
        line,
        number.strip(),
        code,
        title.strip(),
        units,
        instant,
        pounds,
        customer.strip().removesuffix(".0"),
        country.strip(),
    )


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    """``2010-12-01 08:26:00``, or ``12/1/2010 8:26`` as other copies of the data have it (month first)."""
    if match := _MONTH_FIRST.fullmatch(text.strip()):
        month, day, year, hour, minute = (int(part) for part in match.groups())
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    return datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)


@lru_cache(maxsize=65536)
def _price(text: str) -> Decimal:
    price = Decimal(text.strip())
    if not price.is_finite():
        raise InvalidOperation
    return price
