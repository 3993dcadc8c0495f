"""Which order a provider's name for a payment belongs to. See :mod:`integrations.storage.tables`."""

from __future__ import annotations

from sqlalchemy import PrimaryKeyConstraint, Table

from integrations.storage.columns import metadata, text

payment_refs = Table(
    "payment_refs",
    metadata,
    text("merchant_id"),
    text("provider"),
    text("ref"),
    text("order_id"),
    PrimaryKeyConstraint("merchant_id", "provider", "ref"),
)
