"""What a connected shop knows an order by, what was written back to it, and how far it was read."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table."""
    moment = "TEXT" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    op.execute(
        "CREATE TABLE shop_records (merchant_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, "
        f"value TEXT NOT NULL, at {moment} NOT NULL, PRIMARY KEY (merchant_id, kind, key))"
    )


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP TABLE shop_records")
