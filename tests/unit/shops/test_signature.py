"""Neutral webhooks are signed, in both directions, and an old one is worth nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from integrations.shops.port import ShopWebhookRefused
from integrations.shops.signature import sign, verify

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
BODY = b'{"type":"order"}'


def test_what_was_signed_a_moment_ago_is_let_in():
    verify(["s3cret"], sign("s3cret", BODY, NOW - timedelta(seconds=299)), BODY, NOW)


def test_two_secrets_hold_while_one_is_replaced():
    verify(["new", "old"], sign("old", BODY, NOW), BODY, NOW)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "v1=abc",
        "t=1,v1=",
        f"t={int(NOW.timestamp())},v1=00",
        f"t=٣,v1={'0' * 64}",
        sign("other", BODY, NOW),
        sign("s3cret", b"{}", NOW),
        sign("s3cret", BODY, NOW - timedelta(seconds=301)),
        sign("s3cret", BODY, NOW + timedelta(seconds=301)),
    ],
)
def test_anything_else_is_refused(header):
    with pytest.raises(ShopWebhookRefused):
        verify(["s3cret"], header, BODY, NOW)
