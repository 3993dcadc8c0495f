"""The first schema: tables, full-text search, and triggers that keep the books and the audit trail append-only."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE merchants (
    id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, base_currency TEXT NOT NULL, settings TEXT NOT NULL
);
CREATE TABLE staff (
    merchant_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE TABLE staff_identities (
    merchant_id TEXT NOT NULL, channel TEXT NOT NULL, identity TEXT NOT NULL, staff_id TEXT NOT NULL,
    PRIMARY KEY (merchant_id, channel, identity)
);
CREATE TABLE orders (
    serial {serial}, merchant_id TEXT NOT NULL, id TEXT NOT NULL, number TEXT NOT NULL, number_key TEXT NOT NULL,
    customer TEXT NOT NULL, email TEXT NOT NULL, currency TEXT NOT NULL, placed_at {moment} NOT NULL,
    version BIGINT NOT NULL, revision BIGINT NOT NULL, search_text TEXT NOT NULL, doc TEXT NOT NULL,
    CONSTRAINT uq_orders_id UNIQUE (merchant_id, id),
    CONSTRAINT uq_orders_number UNIQUE (merchant_id, number_key)
);
CREATE INDEX ix_orders_recent ON orders (merchant_id, placed_at DESC, serial DESC);
CREATE TABLE proposals (
    merchant_id TEXT NOT NULL, id TEXT NOT NULL, order_id TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    sha256 TEXT NOT NULL, created_by TEXT NOT NULL, created_at {moment} NOT NULL, expires_at {moment} NOT NULL,
    decided_at {moment}, doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE UNIQUE INDEX uq_proposals_open ON proposals (merchant_id, order_id) WHERE state = 'open';
CREATE INDEX ix_proposals_open ON proposals (merchant_id, created_at) WHERE state = 'open';
CREATE INDEX ix_proposals_order ON proposals (merchant_id, order_id, created_at);
CREATE TABLE ledger_entries (
    number {serial}, merchant_id TEXT NOT NULL, key TEXT NOT NULL, pair TEXT NOT NULL, kind TEXT NOT NULL,
    account TEXT NOT NULL, amount BIGINT NOT NULL, currency TEXT NOT NULL, at {moment} NOT NULL,
    order_id TEXT, settlement_id TEXT, reverses TEXT,
    CONSTRAINT uq_ledger_key UNIQUE (merchant_id, key)
);
CREATE INDEX ix_ledger_order ON ledger_entries (merchant_id, order_id, number);
CREATE INDEX ix_ledger_account ON ledger_entries (merchant_id, currency, account, number);
CREATE INDEX ix_ledger_settlement ON ledger_entries (merchant_id, settlement_id, kind, amount)
    WHERE account = 'pending_settlement';
CREATE TABLE account_balances (
    merchant_id TEXT NOT NULL, currency TEXT NOT NULL, account TEXT NOT NULL, amount BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, currency, account)
);
CREATE TABLE settlements (
    merchant_id TEXT NOT NULL, id TEXT NOT NULL, currency TEXT NOT NULL, settles_at {moment} NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX ix_settlements_due ON settlements (merchant_id, status, settles_at);
CREATE INDEX ix_settlements_recent ON settlements (merchant_id, settles_at);
CREATE TABLE payouts (
    merchant_id TEXT NOT NULL, id TEXT NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL,
    status TEXT NOT NULL, created_at {moment} NOT NULL, decided_at {moment},
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX ix_payouts_recent ON payouts (merchant_id, created_at);
CREATE TABLE jobs (
    id {serial}, merchant_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL,
    due_at {moment}, run_after {moment} NOT NULL, owner TEXT NOT NULL, fence BIGINT NOT NULL,
    attempts BIGINT NOT NULL, last_error TEXT NOT NULL, payload TEXT NOT NULL, created_at {moment} NOT NULL,
    CONSTRAINT uq_jobs_key UNIQUE (merchant_id, kind, key)
);
CREATE INDEX ix_jobs_due ON jobs (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX ix_jobs_dead ON jobs (id) WHERE state = 'dead';
CREATE TABLE audit_events (
    number {serial}, merchant_id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, actor TEXT NOT NULL,
    at {moment} NOT NULL, data TEXT NOT NULL
);
CREATE INDEX ix_audit_events_merchant ON audit_events (merchant_id, number);
CREATE INDEX ix_audit_events_subject ON audit_events (merchant_id, subject, number);
CREATE TABLE audit_links (
    merchant_id TEXT NOT NULL, seq BIGINT NOT NULL, event BIGINT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (merchant_id, seq),
    CONSTRAINT uq_audit_links_event UNIQUE (merchant_id, event)
);
CREATE TABLE conversations (
    merchant_id TEXT NOT NULL, id TEXT NOT NULL, channel TEXT NOT NULL, thread_key TEXT NOT NULL,
    updated_at {moment} NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX ix_conversations_thread ON conversations (merchant_id, channel, thread_key, updated_at);
CREATE TABLE messages (
    number {serial}, merchant_id TEXT NOT NULL, id TEXT NOT NULL, conversation_id TEXT NOT NULL,
    event_id TEXT NOT NULL, direction TEXT NOT NULL, at {moment} NOT NULL, doc TEXT NOT NULL,
    CONSTRAINT uq_messages_event UNIQUE (merchant_id, event_id, direction)
);
CREATE INDEX ix_messages_conversation ON messages (merchant_id, conversation_id, number);
CREATE TABLE cases (
    merchant_id TEXT NOT NULL, id TEXT NOT NULL, conversation_id TEXT NOT NULL, created_at {moment} NOT NULL,
    doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);
CREATE INDEX ix_cases_conversation ON cases (merchant_id, conversation_id, created_at);
CREATE TABLE files (
    merchant_id TEXT NOT NULL, sha256 TEXT NOT NULL, media_type TEXT NOT NULL, name TEXT NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (merchant_id, sha256)
)
"""

APPEND_ONLY = ("ledger_entries", "audit_events", "audit_links")

SQLITE_WORDS = (
    "CREATE VIRTUAL TABLE orders_words USING fts5(search_text, content='orders', content_rowid='serial', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    "CREATE TRIGGER orders_words_insert AFTER INSERT ON orders BEGIN "
    "INSERT INTO orders_words(rowid, search_text) VALUES (new.serial, new.search_text); END",
    "CREATE TRIGGER orders_words_update AFTER UPDATE OF search_text ON orders BEGIN "
    "INSERT INTO orders_words(orders_words, rowid, search_text) VALUES ('delete', old.serial, old.search_text); "
    "INSERT INTO orders_words(rowid, search_text) VALUES (new.serial, new.search_text); END",
    "CREATE TRIGGER orders_words_delete AFTER DELETE ON orders BEGIN "
    "INSERT INTO orders_words(orders_words, rowid, search_text) VALUES ('delete', old.serial, old.search_text); END",
)

POSTGRES_WORDS = (
    # Words are split before they are stored, so they become lexemes as they are: no parser has a say.
    "ALTER TABLE orders ADD COLUMN search_words tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(string_to_array(nullif(search_text, ''), ' '))) STORED",
    "CREATE INDEX ix_orders_words ON orders USING gin (search_words)",
)

POSTGRES_REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def upgrade() -> None:
    """Create everything."""
    if op.get_bind().dialect.name == "sqlite":
        _create(serial="INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", moment="TEXT", bytes="BLOB")
        for statement in SQLITE_WORDS:
            op.execute(statement)
        for table in APPEND_ONLY:
            for change in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    _create(
        serial="BIGINT NOT NULL GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
        moment="TIMESTAMP WITH TIME ZONE",
        bytes="BYTEA",
    )
    for statement in (*POSTGRES_WORDS, POSTGRES_REFUSE):
        op.execute(statement)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _create(**types: str) -> None:
    for statement in TABLES.format(**types).split(";"):
        op.execute(statement.strip())


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("the first schema cannot be taken back")
