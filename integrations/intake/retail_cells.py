"""The cells of an Online Retail file, in the forms its copies have them: dates, numbers, prices, empty customers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

COLUMNS = {
    "InvoiceNo": ("invoiceno", "invoice"),
    "StockCode": ("stockcode",),
    "Description": ("description",),
    "Quantity": ("quantity",),
    "InvoiceDate": ("invoicedate",),
    "UnitPrice": ("unitprice", "price"),
    "CustomerID": ("customerid",),
    "Country": ("country",),
}
"""Our name of each column and the names files give it, lower case, letters only (the second edition's differ)."""

_DELIMITERS = ",;\t|"
_NOTHING = frozenset({"", "nan", "null", "none", "n/a", "na"})
_PARTS = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])[Mm])?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_FIRST_SERIAL_DAY = datetime(1899, 12, 30, tzinfo=UTC)
_WHOLE = re.compile(r"([+-]?\d+)(?:\.0+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"([+-]?\d+),(\d{1,4})")


class NotOnlineRetail(ValueError):
    """The file has not the columns of this data set."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"not an Online Retail file: no column {', '.join(missing)}")
        self.missing = missing


def delimiter_of(header: str) -> str:
    """The sign between the columns: the one that the first line has most of."""
    return max(_DELIMITERS, key=header.count)


def places(header: list[str]) -> list[int]:
    """Where each of our columns stands in the file. Raises NotOnlineRetail."""
    names = [re.sub(r"[^a-z]", "", name.lower()) for name in header]
    found = {
        ours: next((names.index(name) for name in theirs if name in names), -1)
        for ours, theirs in COLUMNS.items()
    }
    missing = [ours for ours, place in found.items() if place < 0]
    if missing:
        raise NotOnlineRetail(missing)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Dates:
    """How the file writes its dates. Where no date tells, slashes mean the month first and other signs the day."""

    day_first: bool | None = None

    @classmethod
    def of(cls, texts: Iterable[str]) -> Dates:
        """Whichever comes above 12 is the day: one such date decides for the whole file."""
        for text in texts:
            if (match := _PARTS.fullmatch(text.strip())) is not None:
                first, second = int(match[1]), int(match[3])
                if first > 12 >= second:
                    return cls(True)
                if second > 12 >= first:
                    return cls(False)
        return cls()

    def read(self, text: str) -> datetime:
        """The instant, taken as UTC. Raises ValueError."""
        return _instant(text.strip(), self.day_first)


@lru_cache(maxsize=65536)
def _instant(text: str, day_first: bool | None) -> datetime:
    """``2010-12-01 08:26:00``, ``12/1/2010 8:26``, ``01-12-2010 08:26``, ``12/1/10 8:26 AM``, a sheet's ``40513.3``."""
    if match := _PARTS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        days = (first, second) if (match[2] != "/" if day_first is None else day_first) else (second, first)
        hour, minute, second = (int(part or 0) for part in match.group(5, 6, 7))
        if match[8]:
            hour = hour % 12 + (12 if match[8] in "Pp" else 0)
        return datetime(
            year + 2000 if year < 100 else year, days[1], days[0], hour, minute, second, tzinfo=UTC
        )
    if _SERIAL.fullmatch(text):
        seconds = round(float(text) * 86_400)
        return _FIRST_SERIAL_DAY + timedelta(seconds=seconds)
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def whole(text: str) -> int:
    """``6``, ``-6``, ``6.0``, ``1,200``. Raises ValueError."""
    plain = text.strip().replace(",", "") if _GROUPED.fullmatch(text.strip()) else text.strip()
    match = _WHOLE.fullmatch(plain)
    if match is None:
        raise ValueError(text)
    return int(match[1])


@lru_cache(maxsize=65536)
def price(text: str) -> Decimal:
    """``2.55``, ``£2.55``, ``1,126.00``, or ``2,55`` as sheets of other countries write it. Raises InvalidOperation."""
    plain = text.strip().removeprefix("£").strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif match := _COMMA.fullmatch(plain):
        plain = f"{match[1]}.{match[2]}"
    found = Decimal(plain)
    if not found.is_finite():
        raise InvalidOperation
    return found


def identity(text: str) -> str:
    """An invoice's or customer's number, without the ``.0`` that sheets add; empty where there is none."""
    plain = text.strip().removesuffix(".0")
    return "" if plain.lower() in _NOTHING else plain
