"""The part of the schema that is about Slack: see :mod:`integrations.storage.tables`."""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint, Table

from integrations.storage.columns import metadata, moment, text

slack_installations = Table(
    "slack_installations",
    metadata,
    text("merchant_id"),
    text("team_id"),
    text("doc"),
    moment("revoked_at", null=True),
    PrimaryKeyConstraint("merchant_id", "team_id"),
)
"""Workspaces. The bot's token stands in `doc` encrypted; `revoked_at`: uninstalled, or its tokens were revoked."""

slack_states = Table(
    "slack_states",
    metadata,
    text("merchant_id"),
    text("hash"),
    moment("expires_at"),
    PrimaryKeyConstraint("merchant_id", "hash"),
)
"""States of installations under way, by their SHA-256; taken out by whoever comes back with one first."""

slack_people = Table(
    "slack_people",
    metadata,
    text("merchant_id"),
    text("identity"),
    text("staff_id"),
    text("refusal"),
    moment("expires_at"),
    PrimaryKeyConstraint("merchant_id", "identity"),
    Index("ix_slack_people_staff", "merchant_id", "staff_id"),
)
"""Who somebody (``TEAM:USER``) is, as Slack said it a little while ago; `refusal` where they are nobody of ours."""

slack_posts = Table(
    "slack_posts",
    metadata,
    text("merchant_id"),
    text("key"),
    text("kind"),
    text("team_id"),
    text("channel"),
    text("thread_ts"),
    text("ts"),
    text("proposal_id"),
    text("doc"),
    moment("created_at"),
    PrimaryKeyConstraint("merchant_id", "key"),
    Index("ix_slack_posts_proposal", "merchant_id", "proposal_id"),
)
"""What was posted where. `ts` is empty until Slack has said which message it became."""

slack_feedback = Table(
    "slack_feedback",
    metadata,
    text("merchant_id"),
    text("conversation_id"),
    text("event_id"),
    text("staff_id"),
    text("verdict"),
    moment("at"),
    PrimaryKeyConstraint("merchant_id", "conversation_id", "event_id", "staff_id"),
)

slack_stops = Table(
    "slack_stops",
    metadata,
    text("merchant_id"),
    text("thread_key"),
    moment("stopped_at"),
    PrimaryKeyConstraint("merchant_id", "thread_key"),
)
"""When Stop was last pressed in a thread: what was asked before is not answered any more."""
