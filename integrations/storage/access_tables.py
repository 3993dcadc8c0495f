"""The part of the schema that is about access over HTTP: see :mod:`integrations.storage.tables`."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from integrations.storage.columns import metadata, moment, number, text

api_tokens = Table(
    "api_tokens",
    metadata,
    text("merchant_id"),
    text("hash"),
    text("id"),
    text("staff_id"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "hash"),
    UniqueConstraint("merchant_id", "id", name="uq_api_tokens_id"),
)

sessions = Table(
    "sessions",
    metadata,
    text("merchant_id"),
    text("hash"),
    text("staff_id"),
    text("csrf"),
    moment("expires_at"),
    PrimaryKeyConstraint("merchant_id", "hash"),
)

login_links = Table(
    "login_links",
    metadata,
    text("merchant_id"),
    text("hash"),
    text("staff_id"),
    moment("expires_at"),
    moment("used_at", null=True),
    PrimaryKeyConstraint("merchant_id", "hash"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    text("merchant_id"),
    text("owner"),
    text("route"),
    text("key"),
    text("run"),
    text("request"),
    number("status"),
    text("headers"),
    Column("body", LargeBinary, nullable=False),
    moment("locked_until"),
    moment("expires_at"),
    PrimaryKeyConstraint("merchant_id", "owner", "route", "key"),
    Index("ix_idempotency_keys_expiry", "merchant_id", "expires_at"),
)
"""`run` names the request that works on it; `status` is 0 until it has answered."""

staff_conversations = Table(
    "staff_conversations",
    metadata,
    text("merchant_id"),
    text("staff_id"),
    text("channel"),
    text("id"),
    PrimaryKeyConstraint("merchant_id", "staff_id", "channel", "id"),
)
