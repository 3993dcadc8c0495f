"""Which ticket a conversation is about, as far as drafts may be added to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.cases.model import Conversation
from integrations.slack.delivery import linked_ticket


def a_conversation(channel, thread_key, ticket):
    at = datetime(2026, 11, 25, tzinfo=UTC)
    return Conversation(
        id="conv_1", merchant_id="demo", channel=channel, thread_key=thread_key, staff_id="ana", ticket=ticket,
        created_at=at, updated_at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "thread_key", "ticket", "linked"),
    [
        ("slack", "T1:C1:1.2", {"id": "4711"}, "4711"),
        ("slack", "T1:C1:1.2", {"id": "slack:C1:1.1"}, ""),
        ("slack", "T1:C1:1.2", {"body": "words that were pasted"}, ""),
        ("slack", "T1:C1:1.2", None, ""),
        ("zendesk", "4711", {"id": "4711"}, "4711"),
        ("http", "01m8a23r33", {"id": "4711"}, ""),
    ],
)
def test_a_ticket_counts_where_it_was_named_in_slack_or_is_the_helpdesks_own_and_not_where_a_client_claims_it(
    channel, thread_key, ticket, linked
):
    assert linked_ticket(a_conversation(channel, thread_key, ticket)) == linked
