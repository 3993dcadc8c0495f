"""The schema of the desk itself: merchants, staff, conversations and files. See :mod:`integrations.storage.tables`."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from integrations.storage.columns import metadata, moment, serial, text

merchants = Table(
    "merchants",
    metadata,
    Column("id", Text, primary_key=True),
    text("name"),
    text("base_currency"),
    text("settings"),
)

staff = Table(
    "staff",
    metadata,
    text("merchant_id"),
    text("id"),
    text("name"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "id"),
)

staff_identities = Table(
    "staff_identities",
    metadata,
    text("merchant_id"),
    text("channel"),
    text("identity"),
    text("staff_id"),
    PrimaryKeyConstraint("merchant_id", "channel", "identity"),
)

conversations = Table(
    "conversations",
    metadata,
    text("merchant_id"),
    text("id"),
    text("channel"),
    text("thread_key"),
    moment("updated_at"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "id"),
    Index("ix_conversations_recent", "merchant_id", "updated_at", "id"),
    Index("ix_conversations_thread", "merchant_id", "channel", "thread_key", "updated_at"),
)

messages = Table(
    "messages",
    metadata,
    serial("number"),
    text("merchant_id"),
    text("id"),
    text("conversation_id"),
    text("event_id"),
    text("direction"),
    moment("at"),
    text("doc"),
    UniqueConstraint("merchant_id", "event_id", "direction", name="uq_messages_event"),
    Index("ix_messages_conversation", "merchant_id", "conversation_id", "number"),
    sqlite_autoincrement=True,
)

cases = Table(
    "cases",
    metadata,
    text("merchant_id"),
    text("id"),
    text("conversation_id"),
    moment("created_at"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "id"),
    Index("ix_cases_recent", "merchant_id", "created_at", "id"),
    Index("ix_cases_conversation", "merchant_id", "conversation_id", "created_at"),
)

files = Table(
    "files",
    metadata,
    text("merchant_id"),
    text("sha256"),
    text("media_type"),
    text("name"),
    Column("content", LargeBinary, nullable=False),
    moment("stored_at", null=True),
    PrimaryKeyConstraint("merchant_id", "sha256"),
    Index("ix_files_stored", "merchant_id", "stored_at"),
)
