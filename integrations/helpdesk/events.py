"""From a verified webhook's bytes to what it tells: which ticket, what kind."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from integrations.helpdesk.port import WebhookRefused


def json_object(body: bytes) -> dict[str, Any]:
    """The body as an object; an empty one for no body. Raises WebhookRefused."""
    if not body:
        return {}
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise WebhookRefused("signed, but no JSON") from error
    if not isinstance(value, dict):
        raise WebhookRefused("signed, but no JSON object")
    return value


def number(value: Any) -> str:
    """A ticket's number, given as a number or as text; else empty."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    return text if is_number(text) else ""


def is_number(text: str) -> bool:
    """Whether it can be a ticket's number, and so a part of a path."""
    return text.isascii() and text.isdigit() and len(text) <= 20


def part(value: dict[str, Any], *names: str) -> Any:
    """What lies in nested objects under these names; None where there is nothing."""
    found: Any = value
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def signed_id(timestamp: str, body: bytes) -> str:
    """A name for signed bytes."""
    return hashlib.sha256(timestamp.encode() + b"\x00" + body).hexdigest()
