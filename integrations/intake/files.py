"""Opening what is imported: plain, gzip or xz, by content rather than by name."""

from __future__ import annotations

import gzip
import io
import lzma
from pathlib import Path
from typing import BinaryIO, cast

_XZ, _GZIP = b"\xfd7zXZ\x00", b"\x1f\x8b"


def open_plain(path: Path) -> BinaryIO:
    """The file's content as bytes, decompressed on the way. Raises OSError."""
    with path.open("rb") as file:
        start = file.read(6)
    if start.startswith(_XZ):
        return cast(BinaryIO, lzma.open(path, "rb"))
    if start.startswith(_GZIP):
        return cast(BinaryIO, gzip.open(path, "rb"))
    return path.open("rb")


def read_text(path: Path) -> io.StringIO:
    """All of the file as text: UTF-8 (with or without BOM), else Windows-1252 as older exports have it."""
    with open_plain(path) as file:
        content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return io.StringIO(text, newline="")
