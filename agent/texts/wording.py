"""How values look in English texts for staff."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency

from domain.money import exponent


@lru_cache(maxsize=4096)  # A card says the same amount several times, and Babel takes 0.1 ms for each.
def money(minor: int, currency: str, locale: str = "en") -> str:
    """``1840`` USD is ``$18.40``; ``4800`` JPY is ``¥4,800``; ``12500`` KWD is ``KWD 12.500``."""
    digits = exponent(currency)
    value = Decimal(minor).scaleb(-digits)
    pattern = None if digits == 2 else "¤#,##0" if digits == 0 else "¤#,##0." + "0" * digits
    text: str = format_currency(value, currency, pattern, locale=locale, currency_digits=not pattern)
    return text.replace("\xa0", " ")


def day(at: datetime) -> str:
    """``12 Nov 2026``."""
    return f"{at:%d %b %Y}".lstrip("0")
