"""Bytes by their SHA-256."""

from __future__ import annotations

import hashlib
from datetime import datetime

from integrations.storage.link import Link
from integrations.storage.statements import Query, insert

_GET = Query(
    "files", "select content, media_type, name from files where merchant_id = :merchant and sha256 = :sha256"
)
_PUT = insert(
    5,
    "files",
    ("merchant_id", "sha256", "media_type", "name", "content", "stored_at"),
    keys=2,
    on_conflict="(merchant_id, sha256) do update set stored_at = excluded.stored_at",
)


class Files:
    """Files of one merchant."""

    def __init__(self, link: Link, merchant_id: str, now: datetime) -> None:
        self._link, self._merchant, self._now = link, merchant_id, now

    def put(self, content: bytes, media_type: str, name: str) -> str:
        """Store; the hash. The same bytes again keep the type and name they had."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._link.pending.add(_PUT, (self._merchant, sha256, media_type, name, content, self._now))
        return sha256

    def get(self, sha256: str) -> tuple[bytes, str, str] | None:
        """Content, media type and name."""
        for content, media_type, name in self._link.rows(_GET, merchant=self._merchant, sha256=sha256):
            return bytes(content), str(media_type), str(name)
        return None
