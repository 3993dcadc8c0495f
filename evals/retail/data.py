"""Real credit notes with the invoice they take units back from, out of the demo shop's slice. Amounts are pence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.money import format_minor
from integrations.demo.cut import SLICE
from integrations.intake.credit_notes import CreditLine, Outcome, match_credit_notes
from integrations.intake.online_retail import STRAY_CODES, Bill, read_online_retail
from integrations.intake.sales import pence

CURRENCY = "GBP"
LONGEST = 24
"""Lines of an invoice, at most: a case is read by people."""


def pounds(minor: int) -> str:
    """As decimal text."""
    return format_minor(minor, CURRENCY)


@dataclass(frozen=True, slots=True)
class Given:
    """Units of a line that a credit note gives back."""

    code: str
    title: str
    units: int
    bought: int
    price: int

    @property
    def amount(self) -> int:
        """What they cost."""
        return self.units * self.price

    @property
    def is_part(self) -> bool:
        """Whether some of the line stay sold."""
        return self.units < self.bought


@dataclass(slots=True)
class Note:
    """A credit note's part on one invoice."""

    number: str
    bill: Bill
    days: int
    """Between purchase and credit."""
    given: list[Given] = field(default_factory=list)
    before: list[Given] = field(default_factory=list)
    """What earlier notes took back."""
    strange: list[Given] = field(default_factory=list)
    """Lines of the note that no purchase matches."""

    @property
    def order(self) -> str:
        """The invoice's number."""
        return self.bill.number

    @property
    def lines(self) -> int:
        """How many lines the invoice has."""
        return len(self.bill.lines)

    @property
    def paid(self) -> int:
        """What the customer paid."""
        return sum((pence(line.price) or 0) * line.quantity for line in self.bill.lines.values())

    @property
    def earlier(self) -> int:
        """What was given back before."""
        return sum(entry.amount for entry in self.before)

    @property
    def is_plain(self) -> bool:
        """Whether products are given back, and no postage or manual entry."""
        return bool(self.given) and not any(entry.code.upper() in STRAY_CODES for entry in self.given)

    @property
    def is_whole(self) -> bool:
        """Whether all of the invoice is given back."""
        return not self.before and len(self.given) == self.lines and not any(g.is_part for g in self.given)

    @property
    def titles_differ(self) -> bool:
        """Whether each title on the invoice is one line's alone."""
        titles = [line.title.lower() for line in self.bill.lines.values()]
        return len(set(titles)) == len(titles)

    def as_order(self) -> dict[str, Any]:
        """The invoice as a case's order, with what earlier notes took back."""
        lines = [
            {
                "sku": line.code,
                "title": line.title,
                "qty": line.quantity,
                "unit_price": pounds(pence(line.price) or 0),
                "source": "own",
                "fulfilment": "delivered",
            }
            for line in self.bill.lines.values()
        ]
        order: dict[str, Any] = {
            "number": self.order,
            "customer": f"Customer {self.bill.customer}",
            "currency": CURRENCY,
            "placed_days_ago": self.days,
            "payments": [{"method": "card", "captured": pounds(self.paid)}],
            "lines": lines,
        }
        if self.before:
            order["prior_refunds"] = [
                {
                    "amount": pounds(b.amount),
                    "status": "succeeded",
                    "lines": [{"sku": b.code, "qty": b.units}],
                }
                for b in self.before
            ]
        return order


def credit_notes() -> Iterator[Note]:
    """Every note's part on every invoice that is short enough, in date order."""
    data = read_online_retail(SLICE)
    bills = {bill.number: bill for bill in data.invoices}
    lines = match_credit_notes(data)
    unmatched: dict[str, list[CreditLine]] = defaultdict(list)
    parts: dict[tuple[str, str], list[CreditLine]] = defaultdict(list)
    for line in lines:
        if line.outcome is Outcome.MATCHED:
            parts[line.note, line.invoice].append(line)
        else:
            unmatched[line.note].append(line)
    taken: dict[str, list[Given]] = defaultdict(list)
    for (number, invoice), found in parts.items():
        bill = bills[invoice]
        own = [_given(bill, line) for line in found]
        if len(bill.lines) <= LONGEST and all(pence(line.price) is not None for line in bill.lines.values()):
            days = max(1, (found[0].at - bill.at).days)
            yield Note(number, bill, days, own, list(taken[invoice]), _strange(bill, unmatched[number]))
        taken[invoice] += own


def _given(bill: Bill, line: CreditLine) -> Given:
    sold = bill.lines[line.code, line.price]
    return Given(line.code, sold.title.lower().strip(), line.quantity, sold.quantity, pence(line.price) or 0)


def _strange(bill: Bill, lines: list[CreditLine]) -> list[Given]:
    """Lines that no purchase matches and whose code the invoice does not have either."""
    codes = {line.code for line in bill.lines.values()}
    return [
        Given(line.code, line.code, line.quantity, 0, pence(line.price) or 0)
        for line in lines
        if line.code not in codes and line.code.upper() not in STRAY_CODES
    ]
