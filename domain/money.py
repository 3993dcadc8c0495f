"""Money: whole minor units of one ISO 4217 currency. There is no float in here, and none may come in.

>>> Money.parse("12.50", "EUR")
Money(minor=1250, currency='EUR')
>>> Money.parse("10.5", "JPY")
Traceback (most recent call last):
    ...
domain.money.AmountPrecision: 10.5 has more decimals than JPY allows (0)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_DECIMAL = re.compile(r"([+-]?)(\d{1,15})(?:\.(\d{1,10}))?")

_EXPONENT_0 = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_EXPONENT_3 = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENT_2 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
    "MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD "
    "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR "
    "ZMW ZWG"
)

EXPONENTS: dict[str, int] = {
    **dict.fromkeys(_EXPONENT_0.split(), 0),
    **dict.fromkeys(_EXPONENT_2.split(), 2),
    **dict.fromkeys(_EXPONENT_3.split(), 3),
}
"""Minor-unit exponent of each active ISO 4217 currency (ISO 4217:2015, list one)."""


class MoneyError(ValueError):
    """What was given is not an amount of money."""


class UnknownCurrency(MoneyError):
    """The code is not an active ISO 4217 currency."""

    def __init__(self, currency: str) -> None:
        super().__init__(f"{currency!r} is not an ISO 4217 currency")
        self.currency = currency


class AmountFormat(MoneyError):
    """The text is not a plain decimal number."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not a decimal amount like 12.50")
        self.text = text


class AmountPrecision(MoneyError):
    """More decimals than the currency has; never rounded."""

    def __init__(self, text: str, currency: str) -> None:
        super().__init__(f"{text} has more decimals than {currency} allows ({EXPONENTS[currency]})")
        self.text = text
        self.currency = currency


def exponent(currency: str) -> int:
    """Decimals of the currency: JPY 0, USD 2, KWD 3. Raises UnknownCurrency."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None


def parse_minor(text: str, currency: str) -> int:
    """Minor units of a decimal string such as ``"12.50"``.

    Trailing zeros beyond the exponent are no error (``"10.00"`` JPY is 10). Raises UnknownCurrency, AmountFormat,
    AmountPrecision.
    """
    digits = exponent(currency)
    match = _DECIMAL.fullmatch(text.strip())
    if match is None:
        raise AmountFormat(text)
    sign, whole, fraction = match.group(1), match.group(2), (match.group(3) or "").rstrip("0")
    if len(fraction) > digits:
        raise AmountPrecision(text.strip(), currency)
    minor: int = int(whole) * 10**digits + int((fraction or "0").ljust(digits, "0") if digits else 0)
    return -minor if sign == "-" else minor


def format_minor(minor: int, currency: str) -> str:
    """The decimal string of minor units: ``1250`` EUR is ``"12.50"``, ``4800`` JPY is ``"4800"``."""
    digits = exponent(currency)
    sign, rest = ("-" if minor < 0 else ""), abs(minor)
    if digits == 0:
        return f"{sign}{rest}"
    return f"{sign}{rest // 10**digits}.{rest % 10**digits:0{digits}d}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units and its currency."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """From a decimal string. Raises as :func:`parse_minor`."""
        return cls(parse_minor(text, currency), currency)

    def __str__(self) -> str:
        return f"{format_minor(self.minor, self.currency)} {self.currency}"


def share_out(total: int, weights: list[int]) -> list[int]:
    """Share `total` minor units by `weights` with the largest-remainder method.

    The shares add up to `total`; ties go to the earlier entry. Weights that are all zero count as equal.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    sign, rest = (-1 if total < 0 else 1), abs(total)
    shares = [rest * weight // whole for weight in weights]
    remainders = [rest * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
    for i in by_remainder[: rest - sum(shares)]:
        shares[i] += 1
    return [sign * share for share in shares]


def round_half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` to the nearest whole minor unit, halves up; 0 where the denominator is 0."""
    if denominator == 0:
        return 0
    return (2 * numerator + denominator) // (2 * denominator)


def percent_of(minor: int, percent: str) -> int:
    """A percentage (decimal string, such as ``"12.5"``) of minor units, rounded half up."""
    match = _DECIMAL.fullmatch(percent.strip())
    if match is None:
        raise AmountFormat(percent)
    part = Fraction(percent.strip()) * minor / 100
    return round_half_up(part.numerator, part.denominator)
