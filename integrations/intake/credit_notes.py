"""Matching credit-note lines to the purchase they take back.

The rule, so that totals can be compared: bills in date order (file order on ties); a credit-note line with a
customer is matched to the latest earlier invoice of that customer with a line of that code and price (price above
zero) and enough quantity left, and is never split over invoices.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from integrations.intake.online_retail import Bill, RetailData

_Key = tuple[str, str, Decimal]
"""Customer, stock code, price."""


class Outcome(StrEnum):
    """What became of a credit-note line."""

    MATCHED = "matched"
    NO_CUSTOMER = "no_customer"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Units given back by a credit note, and the invoice they were bought with where one was found."""

    note: str
    row: int
    at: datetime
    customer: str
    code: str
    price: Decimal
    quantity: int
    outcome: Outcome
    invoice: str = ""


@dataclass(slots=True)
class _Bought:
    """Units of one invoice's line that no credit note took back yet."""

    invoice: str
    left: int


def match_credit_notes(data: RetailData) -> list[CreditLine]:
    """Every credit-note line in date order with what it was matched to."""
    bought: dict[_Key, list[_Bought]] = defaultdict(list)
    bills = [*data.invoices, *data.credit_notes]
    found: list[CreditLine] = []
    notes = {id(bill) for bill in data.credit_notes}
    for bill in sorted(bills, key=lambda bill: (bill.at, bill.row)):
        if id(bill) in notes:
            found += _match(bill, bought)
        elif bill.customer:
            for line in bill.lines.values():
                bought[bill.customer, line.code, line.price].append(_Bought(bill.number, line.quantity))
    return found


def _match(note: Bill, bought: dict[_Key, list[_Bought]]) -> list[CreditLine]:
    found = []
    for line in note.lines.values():
        outcome, invoice = Outcome.NO_CUSTOMER, ""
        if note.customer:
            outcome = Outcome.UNMATCHED
            purchases = bought.get((note.customer, line.code, line.price), [])
            latest = next((p for p in reversed(purchases) if p.left >= line.quantity), None)
            if latest is not None and line.price > 0 and line.quantity > 0:
                latest.left -= line.quantity
                outcome, invoice = Outcome.MATCHED, latest.invoice
        found.append(
            CreditLine(
                note.number,
                line.row,
                note.at,
                note.customer,
                line.code,
                line.price,
                line.quantity,
                outcome,
                invoice,
            )
        )
    return found
