"""Opening what is imported: plain, gzip or xz, by content rather than by name."""

from __future__ import annotations

import codecs
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

_XZ, _GZIP = b"\xfd7zXZ\x00", b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Damaged(OSError):
    """A packed file that cannot be unpacked, or not to its end."""


@contextmanager
def unpacking() -> Iterator[None]:
    """What the packers raise on a damaged file comes out as Damaged."""
    try:
        yield
    except (lzma.LZMAError, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise Damaged(f"the file is damaged or cut off: {error}") from error


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
    """All of the file as text: UTF-8 or UTF-16 by its BOM, else Windows-1252 as older exports are. Raises OSError."""
    with unpacking(), open_plain(path) as file:
        content = file.read()
    try:
        text = content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return io.StringIO(text, newline="")
