"""Between rows and the domain's models."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

import orjson

from domain.orders.model import Order
from domain.ports import OrderSummary

_WORD = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")


def moment(value: Any) -> datetime:
    """An instant as either driver gives it: a datetime, or SQLite's ISO text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime.fromisoformat(value)


def optional_moment(value: Any) -> datetime | None:
    """The same where the column may be empty."""
    return None if value is None else moment(value)


def json_text(value: Any) -> str:
    """JSON of plain values, sorted keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def number_key(number: str) -> str:
    """What order numbers are compared by: no leading ``#``, case folded, single spaces."""
    return _SPACES.sub(" ", number.strip().lstrip("#").strip()).casefold()


def words(text: str) -> list[str]:
    """Words for the search: case folded, without accents, letters and digits only."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _WORD.findall(text.casefold())


def search_text(order: Order) -> str:
    """All words an order is found by, each once, in order of appearance."""
    return " ".join(dict.fromkeys(words(" ".join(found_by(order)))))


def found_by(order: Order) -> tuple[str, ...]:
    """What an order is found by: its number, customer and goods, and the numbers of its returns and reviews."""
    customer = order.customer
    return (
        order.number,
        customer.name,
        customer.email,
        *(line.title for line in order.lines),
        *part_numbers(order),
    )


def part_numbers(order: Order) -> list[str]:
    """The numbers of its returns and supplier reviews."""
    return [ret.id for ret in order.returns] + [review.id for review in order.supplier_reviews]


def brief(order: Order) -> OrderSummary:
    """An order as it stands in a list."""
    titles = [line.title for line in order.lines]
    customer = order.customer
    return OrderSummary(
        order.id, order.number, customer.name, customer.email, order.currency, order.placed_at, titles
    )


def summary(row: Any) -> OrderSummary:
    """From ``id, number, customer, email, currency, placed_at, doc``."""
    titles = [line["title"] for line in orjson.loads(row[6])["lines"]]
    return OrderSummary(row[0], row[1], row[2], row[3], row[4], moment(row[5]), titles)
