"""What of a proposal's payload may stand in the audit trail: figures, codes and ids, never anybody's words.

The trail can never be changed, and a customer's personal data must be erasable everywhere. What was written stays
with the proposal, whose hash the trail holds; the trail itself says how long the words were.
"""

from __future__ import annotations

from typing import Any

WORDS = frozenset({"note", "notes", "value_note", "explanation", "text", "tracking", "name"})
"""Fields of any payload that hold text of people, or a parcel's number."""

CODES = frozenset(
    {
        "line", "lines", "reason", "currency", "evidence", "payment", "settles_return", "by", "role", "origin",
        "sha256", "media_type", "label", "return_id", "review_id", "kind", "verdict", "carrier", "channel",
        "percent", "restocking_fee",
    }
)  # fmt: skip
"""Fields that hold ids, codes and names of things. A test holds each payload's fields against these two."""

WORDED_REASONS = frozenset({"close_return", "supplier_verdict"})
"""Kinds of proposals whose `reason` is a sentence."""


def without_words(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as the audit trail keeps it."""
    words = WORDS | {"reason"} if kind in WORDED_REASONS else WORDS
    return {name: _kept(name, value, words) for name, value in payload.items()}


def _kept(name: str, value: Any, words: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _kept(key, part, words) for key, part in value.items()}
    if isinstance(value, list):
        return [_kept(name, part, words) for part in value]
    if isinstance(value, str) and name in words:
        return f"[{len(value)} characters]" if value else ""
    return value
