"""The schema of orders and money. Statements take column types from here; the migrations are checked against it.

Every table belongs to merchants and every index but the worker's starts with ``merchant_id``. Aggregates are kept
as JSON text (`doc`) beside the few columns that are looked up or guarded; amounts are minor units.
"""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint, text

from integrations.storage.columns import metadata
from integrations.storage.columns import moment as _moment
from integrations.storage.columns import number as _number
from integrations.storage.columns import serial as _serial
from integrations.storage.columns import text as _text

orders = Table(
    "orders",
    metadata,
    _serial("serial"),
    _text("merchant_id"),
    _text("id"),
    _text("number"),
    _text("number_key"),
    _text("customer"),
    _text("email"),
    _text("currency"),
    _moment("placed_at"),
    _number("version"),
    _number("revision"),
    _text("search_text"),
    _text("doc"),
    UniqueConstraint("merchant_id", "id", name="uq_orders_id"),
    UniqueConstraint("merchant_id", "number_key", name="uq_orders_number"),
    Index("ix_orders_email", "merchant_id", text("lower(email)")),
    Index("ix_orders_recent", "merchant_id", text("placed_at DESC"), text("serial DESC")),
    sqlite_autoincrement=True,
)

proposals = Table(
    "proposals",
    metadata,
    _text("merchant_id"),
    _text("id"),
    _text("order_id"),
    _text("kind"),
    _text("state"),
    _text("sha256"),
    _text("created_by"),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("decided_at", null=True),
    _text("doc"),
    PrimaryKeyConstraint("merchant_id", "id"),
    Index("ix_proposals_order", "merchant_id", "order_id", "created_at"),
    Index("ix_proposals_recent", "merchant_id", "created_at", "id"),
    Index(
        "uq_proposals_open",
        "merchant_id",
        "order_id",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_proposals_open",
        "merchant_id",
        "created_at",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    _serial("number"),
    _text("merchant_id"),
    _text("key"),
    _text("pair"),
    _text("kind"),
    _text("account"),
    _number("amount"),
    _text("currency"),
    _moment("at"),
    _text("order_id", null=True),
    _text("settlement_id", null=True),
    _text("reverses", null=True),
    UniqueConstraint("merchant_id", "key", name="uq_ledger_key"),
    Index("ix_ledger_order", "merchant_id", "order_id", "number"),
    Index("ix_ledger_account", "merchant_id", "currency", "account", "number"),
    Index(
        "ix_ledger_settlement",
        "merchant_id",
        "settlement_id",
        "kind",
        "amount",
        sqlite_where=text("account = 'pending_settlement'"),
        postgresql_where=text("account = 'pending_settlement'"),
    ),
    sqlite_autoincrement=True,
)

account_balances = Table(
    "account_balances",
    metadata,
    _text("merchant_id"),
    _text("currency"),
    _text("account"),
    _number("amount"),
    PrimaryKeyConstraint("merchant_id", "currency", "account"),
)

settlements = Table(
    "settlements",
    metadata,
    _text("merchant_id"),
    _text("id"),
    _text("currency"),
    _moment("settles_at"),
    _text("status"),
    PrimaryKeyConstraint("merchant_id", "id"),
    Index("ix_settlements_due", "merchant_id", "status", "settles_at"),
    Index("ix_settlements_recent", "merchant_id", "settles_at"),
)

payouts = Table(
    "payouts",
    metadata,
    _text("merchant_id"),
    _text("id"),
    _text("currency"),
    _number("amount"),
    _text("status"),
    _moment("created_at"),
    _moment("decided_at", null=True),
    PrimaryKeyConstraint("merchant_id", "id"),
    Index("ix_payouts_recent", "merchant_id", "created_at"),
)

jobs = Table(
    "jobs",
    metadata,
    _serial("id"),
    _text("merchant_id"),
    _text("kind"),
    _text("key"),
    _text("state"),
    _moment("due_at", null=True),
    _moment("run_after"),
    _text("owner"),
    _number("fence"),
    _number("attempts"),
    _text("last_error"),
    _text("payload"),
    _moment("created_at"),
    UniqueConstraint("merchant_id", "kind", "key", name="uq_jobs_key"),
    Index(
        "ix_jobs_due",
        "due_at",
        "id",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index("ix_jobs_dead", "id", sqlite_where=text("state = 'dead'"), postgresql_where=text("state = 'dead'")),
    sqlite_autoincrement=True,
)
"""`due_at` is `run_after` while queued, the end of the lease while leased, and empty when done or dead."""

audit_events = Table(
    "audit_events",
    metadata,
    _serial("number"),
    _text("merchant_id"),
    _text("kind"),
    _text("subject"),
    _text("actor"),
    _moment("at"),
    _text("data"),
    Index("ix_audit_events_merchant", "merchant_id", "number"),
    Index("ix_audit_events_subject", "merchant_id", "subject", "number"),
    sqlite_autoincrement=True,
)

audit_links = Table(
    "audit_links",
    metadata,
    _text("merchant_id"),
    _number("seq"),
    _number("event"),
    _text("prev"),
    _text("hash"),
    PrimaryKeyConstraint("merchant_id", "seq"),
    UniqueConstraint("merchant_id", "event", name="uq_audit_links_event"),
)

APPEND_ONLY = ("ledger_entries", "audit_events", "audit_links")
"""Tables whose rows a trigger protects from UPDATE and DELETE."""
