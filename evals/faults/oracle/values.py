"""Amounts and counts of an order document (as stored: JSON), worked out anew. Amounts are minor units."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Doc = dict[str, Any]

COUNTING = ("succeeded", "pending", "unknown")
OPEN_RETURN = ("requested", "approved", "in_transit", "received")
SHIPPED = ("shipped", "delivered")
ROLES = ("viewer", "agent", "supervisor", "finance")


def spread(total: int, parts: int) -> list[int]:
    """Equal shares, the earlier ones one minor unit more where it does not come out even."""
    return [(total + parts - 1 - i) // parts for i in range(parts)]


def shared(total: int, weights: list[int]) -> list[int]:
    """Shares by weight, largest remainder first, ties to the earlier."""
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    exact = [Fraction(total * weight, whole) for weight in weights]
    floors = [int(part) for part in exact]
    ranked = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for i in ranked[: total - sum(floors)]:
        floors[i] += 1
    return floors


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves up."""
    return (value + Fraction(1, 2)).__floor__()


def unit_taxes(line: Doc) -> list[int]:
    """The tax of each unit."""
    return spread(line["tax"], line["quantity"])


def unit_values(line: Doc) -> list[int]:
    """What each unit cost the customer, tax included."""
    count = line["quantity"]
    columns = (spread(line["discount"], count), spread(line["order_discount"], count), unit_taxes(line))
    return [
        line["unit_price"] - off - shared_off + tax for off, shared_off, tax in zip(*columns, strict=True)
    ]


def line_of(order: Doc, line_id: str) -> Doc | None:
    """The line of that id."""
    return next((line for line in order["lines"] if line["id"] == line_id), None)


def return_of(order: Doc, return_id: str | None) -> Doc | None:
    """The return of that id."""
    return next((ret for ret in order["returns"] if ret["id"] == return_id), None)


def review_of(order: Doc, review_id: str | None) -> Doc | None:
    """The supplier review of that id."""
    return next((review for review in order["supplier_reviews"] if review["id"] == review_id), None)


def counting(order: Doc) -> list[Doc]:
    """Refunds that consume what can be refunded."""
    return [refund for refund in order["refunds"] if refund["status"] in COUNTING]


def settled_units(order: Doc, return_id: str) -> dict[str, int]:
    """Units that refunds of a return took, by line."""
    found: dict[str, int] = defaultdict(int)
    for refund in counting(order):
        if refund["settles_return"] == return_id:
            for part in refund["lines"]:
                found[part["line"]] += part["quantity"]
    return found


@dataclass(frozen=True)
class Tally:
    """One line: what it cost, what was given back, what open returns hold."""

    cost: int
    units: int
    refunded: int
    amount: int
    tax: int
    held: int
    held_value: int

    @property
    def room(self) -> int:
        """Units a direct refund can take."""
        return max(0, self.units - self.refunded - self.held)

    @property
    def money(self) -> int:
        """Money a direct refund can take."""
        return max(0, self.cost - self.amount - self.held_value)


def tally(order: Doc, line: Doc, *, without: str | None = None) -> Tally:
    """Add up one line; `without` leaves one return's claim aside."""
    parts = [part for refund in counting(order) for part in refund["lines"] if part["line"] == line["id"]]
    values, held = unit_values(line), 0
    for ret in order["returns"]:
        if ret["status"] in OPEN_RETURN and ret["id"] != without:
            done = settled_units(order, ret["id"])
            for entry in ret["lines"]:
                if entry["line"] == line["id"]:
                    held += max(0, entry["quantity"] - done.get(line["id"], 0))
    return Tally(
        cost=sum(values),
        units=line["quantity"],
        refunded=sum(part["quantity"] for part in parts),
        amount=sum(part["amount"] for part in parts),
        tax=sum(part["tax"] for part in parts),
        held=held,
        held_value=sum(values[line["quantity"] - held :]) if held else 0,
    )


def choice(order: Doc, line: Doc, quantity: int, *, without: str | None = None) -> int:
    """What so many more units can give back; with 0, the money left on the line."""
    now = tally(order, line, without=without)
    if quantity == 0:
        return now.money
    return min(sum(unit_values(line)[now.refunded : now.refunded + quantity]), now.money)


def captured(order: Doc) -> int:
    """Really taken from the customer."""
    return sum(payment["captured"] for payment in order["payments"] if not payment["voided"])


def left(order: Doc) -> int:
    """Captured and not given back."""
    return int(captured(order) - sum(refund["amount"] for refund in counting(order)))


def rest(order: Doc, payment: Doc) -> int:
    """What is left of one payment."""
    if payment["voided"]:
        return 0
    used = sum(
        part["amount"]
        for refund in counting(order)
        for part in refund["allocations"]
        if part["payment"] == payment["id"] and part["status"] != "failed"
    )
    return int(int(payment["captured"]) - used)


def blocked(payment: Doc) -> bool:
    """An open or lost dispute."""
    return payment["dispute"] in ("open", "lost")


def open_rest(order: Doc) -> int:
    """What payments that are not disputed can give."""
    return sum(rest(order, payment) for payment in order["payments"] if not blocked(payment))


def held_value(order: Doc) -> int:
    """Money that units in open returns lay claim to."""
    return sum(tally(order, line).held_value for line in order["lines"])


def shipping_left(order: Doc) -> int:
    """Shipping not given back."""
    return int(int(order["shipping"]) - sum(refund["shipping"] for refund in counting(order)))


def tax_left(order: Doc) -> int:
    """Tax that no refund has given back."""
    return int(sum(line["tax"] for line in order["lines"]) - sum(refund["tax"] for refund in counting(order)))


def covers(actor: Doc, role: str) -> bool:
    """Whether an active member of staff has at least that role."""
    return bool(actor["active"]) and ROLES.index(actor["role"]) >= ROLES.index(role)
