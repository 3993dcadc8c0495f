"""Helpdesks: tickets as last read, notes written, deliveries and logins seen; and the built-in helpdesk's tickets."""

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = """
CREATE TABLE ticket_snapshots (
    merchant_id TEXT NOT NULL, helpdesk TEXT NOT NULL, ticket_id TEXT NOT NULL, stamp TEXT NOT NULL, doc TEXT NOT NULL,
    seen_at {moment} NOT NULL, changed_at {moment},
    PRIMARY KEY (merchant_id, helpdesk, ticket_id)
);
CREATE TABLE ticket_notes (
    merchant_id TEXT NOT NULL, helpdesk TEXT NOT NULL, ticket_id TEXT NOT NULL, key TEXT NOT NULL,
    note_id TEXT NOT NULL, digest TEXT NOT NULL, run TEXT NOT NULL, locked_until {moment} NOT NULL,
    PRIMARY KEY (merchant_id, helpdesk, ticket_id, key)
);
CREATE TABLE helpdesk_deliveries (
    merchant_id TEXT NOT NULL, helpdesk TEXT NOT NULL, id TEXT NOT NULL, expires_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, helpdesk, id)
);
CREATE TABLE embed_logins (
    merchant_id TEXT NOT NULL, helpdesk TEXT NOT NULL, id TEXT NOT NULL, expires_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, helpdesk, id)
);
CREATE TABLE local_tickets (
    merchant_id TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, updated_at {moment} NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX ix_local_tickets_recent ON local_tickets (merchant_id, updated_at);
CREATE TABLE local_ticket_messages (
    merchant_id TEXT NOT NULL, ticket_id TEXT NOT NULL, id TEXT NOT NULL, at {moment} NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, ticket_id, id)
);
CREATE TABLE local_ticket_files (
    merchant_id TEXT NOT NULL, ticket_id TEXT NOT NULL, id TEXT NOT NULL, doc TEXT NOT NULL, content {bytes} NOT NULL,
    PRIMARY KEY (merchant_id, ticket_id, id)
);
CREATE TABLE local_ticket_notes (
    merchant_id TEXT NOT NULL, ticket_id TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, at {moment} NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, ticket_id, key),
    CONSTRAINT uq_local_ticket_notes_id UNIQUE (merchant_id, ticket_id, id)
);
CREATE TABLE local_ticket_tags (
    merchant_id TEXT NOT NULL, ticket_id TEXT NOT NULL, tag TEXT NOT NULL,
    PRIMARY KEY (merchant_id, ticket_id, tag)
);
CREATE TABLE local_ticket_drafts (
    merchant_id TEXT NOT NULL, ticket_id TEXT NOT NULL, key TEXT NOT NULL, at {moment} NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, ticket_id, key)
)
"""
NAMES = (
    "ticket_snapshots", "ticket_notes", "helpdesk_deliveries", "embed_logins", "local_tickets",
    "local_ticket_messages", "local_ticket_files", "local_ticket_notes", "local_ticket_tags", "local_ticket_drafts",
)  # fmt: skip


def upgrade() -> None:
    """Create the tables."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    types = ("TEXT", "BLOB") if is_sqlite else ("TIMESTAMP WITH TIME ZONE", "BYTEA")
    for statement in TABLES.format(moment=types[0], bytes=types[1]).split(";"):
        op.execute(statement.strip())


def downgrade() -> None:
    """Drop them."""
    for table in NAMES:
        op.execute(f"DROP TABLE {table}")
