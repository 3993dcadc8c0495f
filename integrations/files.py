"""Files as they come in: what they are is read from their first bytes, never from their name."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
)
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
    b"qt  ": "video/quicktime",
}
TAKEN = "JPEG, PNG, GIF, WebP, HEIC, AVIF, MP4, MOV, WebM or PDF"

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")


def sniff(content: bytes) -> str | None:
    """The media type that the bytes show, of those that are taken; else None."""
    for offset, signature, media_type in _SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    return None


def plain_name(name: str | None) -> str:
    """A file's name without folders and control characters, 120 characters at most."""
    last = re.split(r"[/\\]", name or "")[-1]
    return _UNSAFE.sub("", last).strip().encode("utf-8", "ignore").decode()[:120] or "file"
