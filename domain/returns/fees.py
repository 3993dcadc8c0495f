"""Fees as they are agreed when a return is approved or created. Refused where they are too much, never clamped."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.money import AmountFormat, format_minor, percent_of, share_out
from domain.returns.model import Fee
from domain.rules import Rule, Violation, broken


@dataclass(frozen=True, slots=True)
class AgreedFees:
    """Minor units: the return fee, and the restocking fee by line id."""

    return_fee: int = 0
    restocking: dict[str, int] = field(default_factory=dict)

    @property
    def restocking_fee(self) -> int:
        """Over all lines."""
        return sum(self.restocking.values())

    @property
    def total(self) -> int:
        """Both together."""
        return self.return_fee + self.restocking_fee

    def as_parts(self) -> dict[str, int]:
        """For previews."""
        return {"return_fee": self.return_fee, "restocking_fee": self.restocking_fee}


def agreed_fees(
    values: dict[str, int],
    return_fee: Fee | None,
    restocking: Fee | dict[str, Fee] | None,
    currency: str,
) -> tuple[AgreedFees, list[Violation]]:
    """The fees in minor units, and what is wrong with them.

    `values` is the refundable amount of the returned units by line id. A percentage is of each line's refundable
    amount, rounded half up line by line; one amount for several lines is shared over them by value.
    """
    found = [*_negative(return_fee, "return_fee", currency)]
    by_line = restocking if isinstance(restocking, dict) else {}
    overall = None if isinstance(restocking, dict) else restocking
    for fee in [overall, *by_line.values()]:
        found += _negative(fee, "restocking_fee", currency)
    found += [
        broken(Rule.LINE_NOT_FOUND, "restocking_fee", value=line) for line in by_line if line not in values
    ]
    if found:
        return AgreedFees(), found
    shared = _over_lines(overall, values)
    fees = AgreedFees(
        sum(_over_lines(return_fee, values).values()),
        {
            line: _of_line(by_line[line], value) if line in by_line else shared[line]
            for line, value in values.items()
        },
    )
    worth = sum(values.values())
    if fees.total > worth:
        limit, value = format_minor(worth, currency), format_minor(fees.total, currency)
        return fees, [broken(Rule.FEES_EXCEED_REFUNDABLE, "fees", limit=limit, value=value)]
    return fees, []


def _negative(fee: Fee | None, name: str, currency: str) -> list[Violation]:
    if fee is None:
        return []
    if fee.amount is not None:
        value = format_minor(fee.amount, currency)
        return [broken(Rule.FEE_NEGATIVE, name, limit=0, value=value)] if fee.amount < 0 else []
    percent = fee.percent or ""
    try:
        percent_of(100, percent)
    except AmountFormat:
        return [broken(Rule.FIELD_INVALID, name, limit="a percentage like 12.5", value=percent)]
    if percent.strip().startswith("-"):
        return [broken(Rule.FEE_NEGATIVE, name, limit=0, value=f"{percent}%")]
    return []


def _of_line(fee: Fee, value: int) -> int:
    return percent_of(value, fee.percent) if fee.percent is not None else fee.amount or 0


def _over_lines(fee: Fee | None, values: dict[str, int]) -> dict[str, int]:
    if fee is None:
        return dict.fromkeys(values, 0)
    if fee.percent is not None:
        return {line: percent_of(value, fee.percent) for line, value in values.items()}
    return dict(zip(values, share_out(fee.amount or 0, list(values.values())), strict=True))
