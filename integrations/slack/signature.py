"""Whether a request comes from Slack. Pure: the time is an argument, and nothing odd in a header raises."""

from __future__ import annotations

import hashlib
import hmac

WINDOW_SECONDS = 300
"""A request that is older, or from further ahead, is a replay."""


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature Slack sends: version 0, HMAC-SHA256 over version, timestamp and body."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


def is_genuine(secret: str, timestamp: str, signature: str, body: bytes, now: float) -> bool:
    """Signed with our secret, within the window around `now` (Unix seconds)."""
    if not secret:
        return False
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12 and signature.isascii()):
        return False
    if abs(now - int(timestamp)) > WINDOW_SECONDS:
        return False
    return hmac.compare_digest(sign(secret, timestamp, body), signature)
