"""Access over HTTP: API tokens, sessions, login links, idempotency keys, and whose conversation is whose."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = """
CREATE TABLE api_tokens (
    merchant_id TEXT NOT NULL, hash TEXT NOT NULL, id TEXT NOT NULL, staff_id TEXT NOT NULL, doc TEXT NOT NULL,
    PRIMARY KEY (merchant_id, hash),
    CONSTRAINT uq_api_tokens_id UNIQUE (merchant_id, id)
);
CREATE TABLE sessions (
    merchant_id TEXT NOT NULL, hash TEXT NOT NULL, staff_id TEXT NOT NULL, csrf TEXT NOT NULL,
    expires_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, hash)
);
CREATE TABLE login_links (
    merchant_id TEXT NOT NULL, hash TEXT NOT NULL, staff_id TEXT NOT NULL, expires_at {moment} NOT NULL,
    used_at {moment},
    PRIMARY KEY (merchant_id, hash)
);
CREATE TABLE idempotency_keys (
    merchant_id TEXT NOT NULL, owner TEXT NOT NULL, route TEXT NOT NULL, key TEXT NOT NULL, run TEXT NOT NULL,
    request TEXT NOT NULL, status BIGINT NOT NULL, headers TEXT NOT NULL, body {bytes} NOT NULL,
    locked_until {moment} NOT NULL, expires_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, owner, route, key)
);
CREATE INDEX ix_idempotency_keys_expiry ON idempotency_keys (merchant_id, expires_at);
CREATE TABLE staff_conversations (
    merchant_id TEXT NOT NULL, staff_id TEXT NOT NULL, channel TEXT NOT NULL, id TEXT NOT NULL,
    PRIMARY KEY (merchant_id, staff_id, channel, id)
)
"""


def upgrade() -> None:
    """Create the tables."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    types = ("TEXT", "BLOB") if is_sqlite else ("TIMESTAMP WITH TIME ZONE", "BYTEA")
    for statement in TABLES.format(moment=types[0], bytes=types[1]).split(";"):
        op.execute(statement.strip())


def downgrade() -> None:
    """Drop them."""
    for table in ("staff_conversations", "idempotency_keys", "login_links", "sessions", "api_tokens"):
        op.execute(f"DROP TABLE {table}")
