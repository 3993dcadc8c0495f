"""The part of the schema that is about helpdesks: see :mod:`integrations.storage.tables`.

What the desk knows of a connected helpdesk's tickets, and the tickets of the helpdesk that is built in (`local_…`).
"""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, PrimaryKeyConstraint, Table, UniqueConstraint

from integrations.storage.columns import metadata, moment, number, text

ticket_snapshots = Table(
    "ticket_snapshots",
    metadata,
    text("merchant_id"),
    text("helpdesk"),
    text("ticket_id"),
    text("stamp"),
    text("doc"),
    moment("seen_at"),
    moment("changed_at", null=True),
    PrimaryKeyConstraint("merchant_id", "helpdesk", "ticket_id"),
)
"""Tickets as they were last read. `stamp` is the helpdesk's own version; `changed_at` when it was last another."""

ticket_notes = Table(
    "ticket_notes",
    metadata,
    text("merchant_id"),
    text("helpdesk"),
    text("ticket_id"),
    text("key"),
    text("note_id"),
    text("digest"),
    text("run"),
    moment("locked_until"),
    PrimaryKeyConstraint("merchant_id", "helpdesk", "ticket_id", "key"),
)
"""Notes the desk wrote: `key` is the proposal's id, `digest` that of the text; `run` works on it until then."""

helpdesk_deliveries = Table(
    "helpdesk_deliveries",
    metadata,
    text("merchant_id"),
    text("helpdesk"),
    text("id"),
    moment("expires_at"),
    PrimaryKeyConstraint("merchant_id", "helpdesk", "id"),
)

embed_logins = Table(
    "embed_logins",
    metadata,
    text("merchant_id"),
    text("helpdesk"),
    text("id"),
    moment("expires_at"),
    PrimaryKeyConstraint("merchant_id", "helpdesk", "id"),
)
"""Signed logins that opened the sidebar, each once (`jti`)."""

local_tickets = Table(
    "local_tickets",
    metadata,
    text("merchant_id"),
    text("id"),
    number("version"),
    moment("updated_at"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "id"),
    Index("ix_local_tickets_recent", "merchant_id", "updated_at"),
)

local_ticket_messages = Table(
    "local_ticket_messages",
    metadata,
    text("merchant_id"),
    text("ticket_id"),
    text("id"),
    moment("at"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "ticket_id", "id"),
)

local_ticket_files = Table(
    "local_ticket_files",
    metadata,
    text("merchant_id"),
    text("ticket_id"),
    text("id"),
    text("doc"),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("merchant_id", "ticket_id", "id"),
)

local_ticket_notes = Table(
    "local_ticket_notes",
    metadata,
    text("merchant_id"),
    text("ticket_id"),
    text("key"),
    text("id"),
    moment("at"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "ticket_id", "key"),
    UniqueConstraint("merchant_id", "ticket_id", "id", name="uq_local_ticket_notes_id"),
)

local_ticket_tags = Table(
    "local_ticket_tags",
    metadata,
    text("merchant_id"),
    text("ticket_id"),
    text("tag"),
    PrimaryKeyConstraint("merchant_id", "ticket_id", "tag"),
)

local_ticket_drafts = Table(
    "local_ticket_drafts",
    metadata,
    text("merchant_id"),
    text("ticket_id"),
    text("key"),
    moment("at"),
    text("doc"),
    PrimaryKeyConstraint("merchant_id", "ticket_id", "key"),
)
