"""For those who run it: when files came, who is alive, and indexes by time for reports and retention."""

from datetime import UTC, datetime

from alembic import op
from sqlalchemy import text

revision = "0006"
down_revision = "0005"

INDEXES = {
    "ix_proposals_recent": "proposals (merchant_id, created_at, id)",
    "ix_cases_recent": "cases (merchant_id, created_at, id)",
    "ix_conversations_recent": "conversations (merchant_id, updated_at, id)",
    "ix_files_stored": "files (merchant_id, stored_at)",
}


def upgrade() -> None:
    """Files that are there already count as stored now: nobody knows since when they are."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    moment = "TEXT" if is_sqlite else "TIMESTAMP WITH TIME ZONE"
    now = datetime.now(UTC)
    op.execute(f"ALTER TABLE files ADD COLUMN stored_at {moment}")
    filled = text("UPDATE files SET stored_at = :now").bindparams(
        now=now.isoformat(timespec="microseconds") if is_sqlite else now
    )
    op.execute(filled)
    op.execute(f"CREATE TABLE workers (id TEXT NOT NULL PRIMARY KEY, beat_at {moment} NOT NULL)")
    for name, columns in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {columns}")


def downgrade() -> None:
    """Drop them."""
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("DROP TABLE workers")
    op.execute("ALTER TABLE files DROP COLUMN stored_at")
