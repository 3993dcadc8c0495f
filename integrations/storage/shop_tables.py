"""The part of the schema that is about a connected shop: see :mod:`integrations.storage.tables`."""

from __future__ import annotations

from sqlalchemy import PrimaryKeyConstraint, Table

from integrations.storage.columns import metadata, moment, text

shop_records = Table(
    "shop_records",
    metadata,
    text("merchant_id"),
    text("kind"),
    text("key"),
    text("value"),
    moment("at"),
    PrimaryKeyConstraint("merchant_id", "kind", "key"),
)
"""`kind`: ``order`` (key: order number, value: the shop's id, at: the newest news taken over), ``written`` (key of
what was written back, value: the shop's id of it), ``cursor`` (how far the shop was read)."""
