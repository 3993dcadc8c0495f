"""What is different between two previews of the same intent, in words."""

from __future__ import annotations

from domain.money import format_minor
from domain.proposals.model import Part, Preview


def differences(before: Preview, after: Preview) -> list[str]:
    """One short sentence per thing that changed; empty when nothing did."""
    currency = after.currency

    def amount(value: int | None) -> str:
        return "none" if value is None else f"{format_minor(value, currency)} {currency}"

    def parts(values: list[Part]) -> str:
        shown = (f"{format_minor(p.amount, currency)} {p.name.replace('_', ' ')}" for p in values)
        return " + ".join(shown) or "nothing"

    found = []
    if before.amount != after.amount:
        found.append(f"amount {amount(before.amount)} → {amount(after.amount)}")
    if before.tax != after.tax:
        found.append(f"tax part {amount(before.tax)} → {amount(after.tax)}")
    if [p.model_dump() for p in before.split] != [p.model_dump() for p in after.split]:
        found.append(f"paid back to {parts(before.split)} → {parts(after.split)}")
    if _by_account(before.funding) != _by_account(after.funding):
        found.append(f"taken from {parts(before.funding)} → {parts(after.funding)}")
    if before.fees != after.fees:
        found.append("fees changed")
    lines_before = [(p.line, p.quantity, p.amount) for p in before.lines]
    if lines_before != [(p.line, p.quantity, p.amount) for p in after.lines]:
        found.append("the lines' amounts changed")
    if before.cancelled_units != after.cancelled_units:
        found.append(
            f"units that are not shipped any more {before.cancelled_units} → {after.cancelled_units}"
        )
    new = [text for text in after.warnings if text not in before.warnings]
    return found + [text.rstrip(".") for text in new]


def _by_account(values: list[Part]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for part in values:
        totals[part.name] = totals.get(part.name, 0) + part.amount
    return totals
