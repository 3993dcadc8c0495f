"""Orders by the customer's e-mail address, whatever its case: what is typed into the search most after a number."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the index."""
    op.execute("CREATE INDEX ix_orders_email ON orders (merchant_id, lower(email))")


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP INDEX ix_orders_email")
