"""The signature of neutral webhooks, both ways: ``Desk-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256(t.body)>``.

Several `v1` may stand in one header, so that a secret can be changed without a gap.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from integrations.shops.port import ShopWebhookRefused

HEADER = "desk-signature"
TOLERANCE_SECONDS = 300


def _digest(secret: str, moment: str, body: bytes) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def sign(secret: str, body: bytes, at: datetime) -> str:
    """The header's value."""
    moment = str(int(at.timestamp()))
    return f"t={moment},v1={_digest(secret, moment, body)}"


def verify(secrets: Sequence[str], header: str, body: bytes, now: datetime) -> None:
    """Raises ShopWebhookRefused unless one secret signed this body within the last five minutes."""
    parts = [part.strip().partition("=") for part in header.split(",")]
    moment = next((value for name, _, value in parts if name == "t"), "")
    given = [value for name, _, value in parts if name == "v1"]
    if not (moment.isascii() and moment.isdecimal() and len(moment) <= 12) or not given:
        raise ShopWebhookRefused("the signature header cannot be read")
    if abs(now.timestamp() - int(moment)) > TOLERANCE_SECONDS:
        raise ShopWebhookRefused(f"signed {int(now.timestamp()) - int(moment)} s ago")
    wanted = [_digest(secret, moment, body).encode() for secret in secrets]
    if not any(hmac.compare_digest(one, value.encode()) for one in wanted for value in given):
        raise ShopWebhookRefused("the signature is wrong")
