"""Figures in a text: amounts with their currency, plain numbers, order numbers. Values only ever get compared."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.money import EXPONENTS

_NUMBER = r"\d{1,3}(?:[ .,']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW"}
_NAMES = (
    ("dollar", "USD"),
    ("buck", "USD"),
    ("euro", "EUR"),
    ("pound", "GBP"),
    ("quid", "GBP"),
    ("yen", "JPY"),
    ("dólar", "USD"),
    ("libra", "GBP"),
    ("pfund", "GBP"),
)
_MARK = rf"(?:[A-Z]{{0,3}}[$€£¥₹₩]|\b(?:{'|'.join(EXPONENTS)})\b)"
_NAME = rf"(?i:(?:us |u\.s\. )?(?:{'|'.join(name for name, _ in _NAMES)})(?:s|es)?\b)"
_WORDED = (
    r"(?i:\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|zehn|zwanzig|fünfzig|hundert|diez|veinte|cincuenta|cien|dix|vingt|"
    r"cinquante|cent)\b)"
)
_PERCENT = r"(?:%|(?i:per ?cent|prozent|por ciento|pour cent)\b)"
_AMOUNT = re.compile(
    rf"(?P<before>{_MARK})\s?(?P<first>{_NUMBER})|"
    rf"(?P<second>{_NUMBER}|{_WORDED})\s?(?P<after>{_MARK}(?!\s?\d)|{_NAME}|{_PERCENT})"
)
_PLAIN = re.compile(rf"(?<![\w.,#])(?:{_NUMBER})")
_REFERENCE = re.compile(r"#[\w-]*\d[\w-]*|\b[A-Z]{1,6}-?\d{2,}\b")


def amounts_in(text: str) -> frozenset[tuple[str, str]]:
    """Every amount and percentage as (currency, value)."""
    found = set()
    for match in _AMOUNT.finditer(text):
        currency = _currency(match["before"] or match["after"])
        found.add((currency, value_of(match["first"] or match["second"], currency)))
    return frozenset(found)


def numbers_in(text: str) -> frozenset[str]:
    """The value of every number that stands for itself."""
    return frozenset(value_of(match.group(), "") for match in _PLAIN.finditer(text))


def references_in(text: str) -> frozenset[str]:
    """Order numbers and the like: ``#1042``, ``R-55``."""
    return frozenset(match.group().upper() for match in _REFERENCE.finditer(text))


def value_of(number: str, currency: str) -> str:
    """A number as people write it, in one form: ``1,840.50`` and ``1.840,50`` are ``1840.5``."""
    if not number[0].isdigit():
        return number.lower()
    digits = re.sub(r"[ ']", "", number)
    last = max(digits.rfind("."), digits.rfind(","))
    decimals = len(digits) - last - 1 if last >= 0 else 0
    grouped = decimals == 3 and EXPONENTS.get(currency) != 3
    if last < 0 or grouped:
        whole, part = re.sub(r"\D", "", digits), ""
    else:
        whole, part = re.sub(r"\D", "", digits[:last]), digits[last + 1 :]
    return f"{Decimal(f'{whole}.{part or 0}').normalize():f}"


def _currency(mark: str) -> str:
    if mark in _SYMBOLS:
        return _SYMBOLS[mark]
    low = mark.lower()
    return next(
        (code for name, code in _NAMES if name in low), "%" if low[0] == "%" or "cent" in low else mark
    )
