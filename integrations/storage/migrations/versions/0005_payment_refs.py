"""Payments by the provider's names for them: webhooks and reconciliation know nothing else."""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLE = """
CREATE TABLE payment_refs (
    merchant_id TEXT NOT NULL, provider TEXT NOT NULL, ref TEXT NOT NULL, order_id TEXT NOT NULL,
    PRIMARY KEY (merchant_id, provider, ref)
)
"""
SQLITE = """
INSERT OR IGNORE INTO payment_refs (merchant_id, provider, ref, order_id)
SELECT o.merchant_id, coalesce(p.value ->> 'provider', 'sandbox'), p.value ->> 'provider_ref', o.id
FROM orders AS o, json_each(o.doc, '$.payments') AS p
WHERE coalesce(p.value ->> 'provider_ref', '') <> '' ORDER BY o.serial
"""
POSTGRES = """
INSERT INTO payment_refs (merchant_id, provider, ref, order_id)
SELECT o.merchant_id, coalesce(p ->> 'provider', 'sandbox'), p ->> 'provider_ref', o.id
FROM orders AS o, jsonb_array_elements(o.doc::jsonb -> 'payments') AS p
WHERE coalesce(p ->> 'provider_ref', '') <> '' ORDER BY o.serial
ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    """Create the table and enter the orders that are there."""
    op.execute(TABLE)
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES)


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP TABLE payment_refs")
