"""Signatures of webhooks: HMAC-SHA256 over a time and the raw body, compared in constant time, within a window."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from integrations.helpdesk.port import WebhookRefused

WINDOW = timedelta(minutes=5)
"""How far a signature's time may lie from ours; deliveries are remembered for longer (webhooks.REMEMBERED)."""


def hmac_sha256(secret: str, *parts: bytes) -> bytes:
    """The MAC of the parts put together. The secret is taken as it is written, not decoded."""
    return hmac.new(secret.encode(), b"".join(parts), hashlib.sha256).digest()


def zendesk_signature(secret: str, timestamp: str, body: bytes) -> str:
    """Base64 over timestamp and body."""
    return base64.b64encode(hmac_sha256(secret, timestamp.encode(), body)).decode()


def chatwoot_signature(secret: str, timestamp: str, body: bytes) -> str:
    """``sha256=`` and hexadecimal, over timestamp, a dot and body."""
    return "sha256=" + hmac_sha256(secret, timestamp.encode(), b".", body).hex()


def check(expected: str, given: str) -> None:
    """Raises WebhookRefused unless they are the same."""
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise WebhookRefused("the signature does not fit")


def check_time(at: datetime, now: datetime) -> None:
    """Raises WebhookRefused for a time too far from now."""
    if abs(now - at) > WINDOW:
        raise WebhookRefused(f"signed at {at.isoformat()}, more than {WINDOW} from now")


def iso_time(text: str) -> datetime:
    """``2021-03-25T05:09:27Z`` as an instant. Raises WebhookRefused."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise WebhookRefused("the signature's time cannot be read") from error
    if at.tzinfo is None:
        raise WebhookRefused("the signature's time names no time zone")
    return at


def unix_time(text: str) -> datetime:
    """Seconds since 1970 as an instant. Raises WebhookRefused."""
    if not (text.isascii() and text.isdigit() and len(text) <= 11):
        raise WebhookRefused("the signature's time cannot be read")
    return datetime.fromtimestamp(int(text), UTC)
