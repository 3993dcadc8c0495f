"""Everything that is wrong with one input, collected so that it is reported at once."""

from __future__ import annotations

from domain.money import AmountPrecision, MoneyError, exponent, format_minor, parse_minor
from domain.rules import Refused, Rule, Violation, broken

MOST = 10**14
"""Minor units an amount may have: far above any order, far below what a database column holds."""


class Problems:
    """Violations in the order they were found; amounts are read in one currency."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.found: list[Violation] = []

    def add(self, code: Rule, path: str, *, limit: object = "", value: object = "") -> None:
        """Remember a broken rule."""
        self.found.append(broken(code, path, limit=limit, value=value))

    def amount(self, text: str, path: str) -> int:
        """Minor units of a decimal string; 0 where it is none, has too many decimals or is negative."""
        try:
            minor = parse_minor(text, self.currency)
        except AmountPrecision:
            decimals = exponent(self.currency)
            self.add(
                Rule.AMOUNT_PRECISION, path, limit=f"{self.currency} has {decimals} decimals", value=text
            )
            return 0
        except MoneyError:
            self.add(Rule.FIELD_INVALID, path, limit="a decimal amount like 12.50", value=repr(text))
            return 0
        if minor < 0:
            self.add(Rule.FIELD_INVALID, path, limit="an amount of 0 or more", value=text)
            return 0
        self.check_size(minor, path)
        return minor

    def check_size(self, minor: int, path: str) -> None:
        """Refuse what no order can cost."""
        if minor > MOST:
            self.add(Rule.FIELD_INVALID, path, limit=f"at most {self.shown(MOST)}", value=self.shown(minor))

    def shown(self, minor: int) -> str:
        """Minor units as people read them."""
        return format_minor(minor, self.currency)

    def refuse(self) -> None:
        """Raise Refused where anything was found."""
        if self.found:
            raise Refused(*self.found)
