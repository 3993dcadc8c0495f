"""Cutting a file of order documents into requests of a bearable size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

PART_BYTES = 4_000_000
_HEAD_BYTES = 1 << 16


def json_parts(stream: BinaryIO, size: int = PART_BYTES) -> Iterator[tuple[int, bytes]]:
    """Parts of about `size` bytes, each with the number of lines before it. What is no JSON Lines is one part."""
    content = stream.read(min(size, _HEAD_BYTES))
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"[") or start.split(b"\n", 1)[0].strip() == b"{":
        yield 0, content + stream.read()
        return
    lines = 0
    while more := stream.read(size):
        content += more
        end = content.rfind(b"\n") + 1
        if len(content) >= size and end:
            yield lines, content[:end]
            lines += content.count(b"\n", 0, end)
            content = content[end:]
    if content:
        yield lines, content
