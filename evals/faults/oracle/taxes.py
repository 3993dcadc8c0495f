"""The tax inside a refund. Order page, section 4, rule 5."""

from __future__ import annotations

from fractions import Fraction

from evals.faults.oracle.values import Doc, counting, half_up, line_of, tally, unit_taxes, unit_values


def tax_of_one_line(order: Doc, part: Doc) -> int | None:
    """The tax in a refund of one line: proportional, halves up; the final part takes the rest.

    None where amounts of the order, which name no line, took a share of the tax before.
    """
    line = line_of(order, part["line"])
    if line is None or any(not refund["lines"] for refund in counting(order)):
        return None
    now = tally(order, line)
    rest_of_tax, amount = max(0, line["tax"] - now.tax), part["amount"]
    if amount >= now.cost - now.amount:
        return int(min(rest_of_tax, amount))
    gross, tax = now.cost, line["tax"]
    if part["quantity"]:
        units = slice(now.refunded, now.refunded + part["quantity"])
        gross, tax = sum(unit_values(line)[units]), sum(unit_taxes(line)[units])
    exact = half_up(Fraction(amount * tax, gross)) if gross else 0
    return int(min(exact, rest_of_tax, amount))
