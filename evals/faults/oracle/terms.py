"""Fees, logistics and documented cost of a return as they are agreed. Order page, section 4."""

from __future__ import annotations

from fractions import Fraction

from evals.faults.oracle.facts import Facts
from evals.faults.oracle.logistics import logistics_codes
from evals.faults.oracle.values import Doc, choice, half_up, line_of

Codes = set[str]


def fee_total(payload: Doc, values: dict[str, int]) -> int | None:
    """Both fees together in minor units; None where one is negative."""
    fees = [(payload.get("return_fee"), values)]
    restocking = payload.get("restocking_fee")
    if restocking is not None and not restocking.keys() <= {"amount", "percent"}:
        fees += [(fee, {line: values.get(line, 0)}) for line, fee in restocking.items()]
    else:
        fees.append((restocking, values))
    total = 0
    for fee, over in fees:
        if fee is None:
            continue
        if fee.get("percent") is not None:
            rate = Fraction(fee["percent"]) / 100
            part = sum(half_up(value * rate) for value in over.values())
        else:
            rate, part = Fraction(fee["amount"]), fee["amount"]
        if rate < 0:
            return None
        total += part
    return total


def terms_codes(facts: Facts, payload: Doc, units: list[Doc], without: str | None) -> Codes:
    """What is wrong with fees, logistics and cost; `without` leaves one return's own claim on units aside."""
    order, codes = facts.order, set()
    values = {
        entry["line"]: choice(order, line, entry["quantity"], without=without)
        for entry in units
        if (line := line_of(order, entry["line"])) is not None
    }
    total = fee_total(payload, values)
    if total is None:
        codes.add("fee_negative")
    elif total > sum(values.values()):
        codes.add("fees_exceed_refundable")
    required = facts.settings["logistics_at_approval"]
    codes |= logistics_codes(
        payload.get("carrier", ""),
        payload.get("tracking", ""),
        payload.get("label"),
        facts.settings,
        required,
    )
    return codes | cost_codes(payload)


def cost_codes(payload: Doc) -> Codes:
    """A documented cost is 0 or more."""
    cost = payload.get("return_cost")
    return {"field_invalid"} if cost is not None and cost < 0 else set()
