"""What the desk keeps about the connected shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from integrations.storage.link import Link
from integrations.storage.mapping import moment, number_key
from integrations.storage.statements import Query, upsert

_ONE = Query(
    "shop_records",
    "select value, at from shop_records where merchant_id = :merchant and kind = :kind and key = :key",
)
_SAVE = upsert(120, "shop_records", ("merchant_id", "kind", "key", "value", "at"), keys=3)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record and the instant it stands for."""

    value: str
    at: datetime


class ShopRecords:
    """Records of one merchant's shop."""

    def __init__(self, link: Link, merchant_id: str) -> None:
        self._link, self._merchant = link, merchant_id

    def _get(self, kind: str, key: str) -> Kept | None:
        for value, at in self._link.rows(_ONE, merchant=self._merchant, kind=kind, key=key):
            return Kept(value, moment(at))
        return None

    def _put(self, kind: str, key: str, value: str, at: datetime) -> None:
        self._link.pending.add(_SAVE, (self._merchant, kind, key, value, at))

    def order(self, number: str) -> Kept | None:
        """The shop's own id of an order, and how new the news are that were taken over."""
        return self._get("order", number_key(number))

    def keep_order(self, number: str, shop_id: str, at: datetime) -> None:
        """News of that instant were taken over."""
        self._put("order", number_key(number), shop_id, at)

    def written(self, key: str) -> str | None:
        """The shop's own id of what was written back under that key."""
        found = self._get("written", key)
        return found.value if found is not None else None

    def keep_written(self, key: str, shop_id: str, at: datetime) -> None:
        """It was written back."""
        self._put("written", key, shop_id, at)

    def cursor(self) -> Kept | None:
        """Where reading the shop goes on (value), and since when it is read (at)."""
        return self._get("cursor", "orders")

    def keep_cursor(self, cursor: str, since: datetime) -> None:
        """How far the shop was read."""
        self._put("cursor", "orders", cursor, since)
