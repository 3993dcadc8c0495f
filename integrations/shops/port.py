"""What a shop is to the desk: orders and their updates in, decisions back.

A shop hands over order documents (:mod:`domain.orders.document`), whatever its own form is. What is written back is
named by a key that never changes (the proposal's id, or the refund's), so that writing it again finds what was written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from domain.orders.document import OrderDocument


class ShopError(Exception):
    """The shop could not be used. `retry_after` seconds, where trying again is any use."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class WriteRefused(ShopError):
    """The shop said no, and will say so again: a person has to look."""


class ShopWebhookRefused(ShopError):
    """A webhook that is not the shop's, or an old one. The message is for the log."""


@dataclass(frozen=True, slots=True)
class OrderNews:
    """An order as the shop knows it at `updated_at`; `shop_id` is the shop's own id of it."""

    shop_id: str
    updated_at: datetime
    document: OrderDocument


@dataclass(frozen=True, slots=True)
class ReturnNews:
    """A customer asks to return something; `request_id` is the shop's own id of the request."""

    number: str
    request_id: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An order that cannot be taken over, and why, by field and rule."""

    shop_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Something happened to an order; what, is to be fetched. `delivery` tells repetitions apart."""

    shop_id: str
    delivery: str


News = OrderNews | ReturnNews | Unreadable | Changed


@dataclass(frozen=True, slots=True)
class Page:
    """Some news, oldest first, and where to go on; an empty cursor at the end."""

    news: Sequence[News]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class WriteBack:
    """What was decided and done, for the shop's own records. Amounts are decimal strings in the order's currency."""

    key: str
    """Always the same for the same decision."""
    kind: str
    """A proposal's kind, or `refund_failed` where a refund that was written back was reversed."""
    order: str
    currency: str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    """refund: amount, shipping, tax, reason, note, lines, split, cancelled; returns: return, status, lines, reason,
    explanation, carrier, tracking, fees."""


class Shop(Protocol):
    """One connected shop. Every call may raise ShopError."""

    @property
    def name(self) -> str:
        """`shopify` or `signed`."""
        ...

    @property
    def wants_problems(self) -> bool:
        """Whether whoever sends its webhooks can do something about a refusal; else it is noted for a person."""
        ...

    async def fetch(self, shop_id: str) -> News | None:
        """One order as it is now; None where it is not there (any more)."""
        ...

    async def pull(self, since: datetime | None, cursor: str) -> Page:
        """Orders that changed since, a page of them; nothing where the shop cannot be asked."""
        ...

    def read_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> list[News]:
        """What it tells. Header names in lower case. Raises ShopWebhookRefused, and Refused for a bad document."""
        ...

    async def write_back(self, what: WriteBack, shop_id: str) -> str:
        """Write it, or find it written; the shop's own id of it. Raises WriteRefused."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
