"""Addresses that secrets may be sent to."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_safe(url: str) -> bool:
    """Encrypted, or not leaving this machine."""
    parts = urlsplit(url)
    on_loopback = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    return on_loopback or (parts.scheme == "https" and bool(parts.hostname))
