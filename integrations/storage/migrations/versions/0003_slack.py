"""Slack: workspaces, people, what was posted where, feedback, and where Stop was pressed."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = """
CREATE TABLE slack_installations (
    merchant_id TEXT NOT NULL, team_id TEXT NOT NULL, doc TEXT NOT NULL, revoked_at {moment},
    PRIMARY KEY (merchant_id, team_id)
);
CREATE TABLE slack_states (
    merchant_id TEXT NOT NULL, hash TEXT NOT NULL, expires_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, hash)
);
CREATE TABLE slack_people (
    merchant_id TEXT NOT NULL, identity TEXT NOT NULL, staff_id TEXT NOT NULL, refusal TEXT NOT NULL,
    expires_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, identity)
);
CREATE INDEX ix_slack_people_staff ON slack_people (merchant_id, staff_id);
CREATE TABLE slack_posts (
    merchant_id TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, team_id TEXT NOT NULL, channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL, ts TEXT NOT NULL, proposal_id TEXT NOT NULL, doc TEXT NOT NULL,
    created_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, key)
);
CREATE INDEX ix_slack_posts_proposal ON slack_posts (merchant_id, proposal_id);
CREATE TABLE slack_feedback (
    merchant_id TEXT NOT NULL, conversation_id TEXT NOT NULL, event_id TEXT NOT NULL, staff_id TEXT NOT NULL,
    verdict TEXT NOT NULL, at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, conversation_id, event_id, staff_id)
);
CREATE TABLE slack_stops (
    merchant_id TEXT NOT NULL, thread_key TEXT NOT NULL, stopped_at {moment} NOT NULL,
    PRIMARY KEY (merchant_id, thread_key)
)
"""


def upgrade() -> None:
    """Create the tables."""
    moment = "TEXT" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    for statement in TABLES.format(moment=moment).split(";"):
        op.execute(statement.strip())


def downgrade() -> None:
    """Drop them."""
    for table in ("stops", "feedback", "posts", "people", "states", "installations"):
        op.execute(f"DROP TABLE slack_{table}")
