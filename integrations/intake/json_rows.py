"""Cutting a stream of JSON into its documents with bounded memory: an array, JSON Lines, or one object.

Each document comes with the line it starts on (from 1). What is no JSON is handed on as a
:class:`BadRow`, and reading goes on behind it.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

LONGEST = 8_000_000
"""Bytes (characters in an array) of one document; a longer one is refused, not held in memory."""

_CHUNK = 1 << 16
_STRUCTURE = re.compile(r'["\\{}\[\]\n]')


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class BadRow:
    """Something that is no document: why, in a few words."""

    why: str


@dataclass(frozen=True, slots=True)
class JsonRow:
    """A parsed value, or a BadRow, and the line it starts on."""

    line: int
    value: Any


def json_rows(stream: Readable) -> Iterator[JsonRow]:
    """The documents of a stream, whichever of the three forms it has."""
    buffered = io.BufferedReader(_Raw(stream), _CHUNK)
    start = buffered.peek(_CHUNK)[:_CHUNK].removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"["):
        yield from _elements(buffered, base=1)
    elif start.split(b"\n", 1)[0].strip() == b"{":
        yield from _elements(buffered, base=0)
    else:
        yield from _lines(buffered)


class _Raw(io.RawIOBase):
    """Any object with `read` as a raw stream."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


def _lines(stream: io.BufferedIOBase) -> Iterator[JsonRow]:
    """JSON Lines: blank lines are skipped, a BOM and carriage returns do no harm."""
    line = 0
    while content := stream.readline(LONGEST + 1):
        line += 1
        if len(content) > LONGEST:
            while content and not content.endswith(b"\n"):
                content = stream.readline(_CHUNK)
            yield JsonRow(line, BadRow(f"a document is longer than {LONGEST} bytes"))
            continue
        if line == 1:
            content = content.removeprefix(codecs.BOM_UTF8)
        if not content.strip():
            continue
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            yield JsonRow(line, BadRow("not UTF-8"))
            continue
        yield JsonRow(line, _parse(text))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return BadRow(f"not JSON: {error.msg} at character {error.pos + 1}")
    except (ValueError, RecursionError):
        return BadRow("not JSON: a number is too long or the nesting too deep")


def _elements(stream: io.BufferedIOBase, *, base: int) -> Iterator[JsonRow]:
    """Values at that depth: 1 inside an array, 0 for objects one after the other."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
    cutter = _Cutter(base)
    while content := stream.read1(_CHUNK):
        yield from cutter.feed(decoder.decode(content))
    yield from cutter.feed(decoder.decode(b"", final=True))
    yield from cutter.end()


class _Cutter:
    """Follows quotes and brackets only: a broken document is cut out whole as long as these still pair up.

    `base` is the depth at which documents stand. `line` is where the reading is, `starts` the line of the document
    that is open, 0 between documents.
    """

    def __init__(self, base: int) -> None:
        self.base = base
        self.depth = 0
        self.line = 1
        self.starts = 0
        self.in_string = False
        self.escaped = False
        self.pieces: list[str] = []
        self.size = 0

    def feed(self, text: str) -> Iterator[JsonRow]:
        """The values that are complete now, and whatever stands between them without being one."""
        begin = 0
        for sign, at in self._brackets(text):
            if sign in "{[":
                if self.depth == self.base:
                    yield from self._between(text[begin:at])
                    self.starts, begin = self.line, at
                self.depth += 1
            elif self._closes(sign):
                yield self._complete(text[begin : at + 1])
                begin = at + 1
        if self.starts:
            self._hold(text[begin:])
        else:
            yield from self._between(text[begin:])

    def _brackets(self, text: str) -> Iterator[tuple[str, int]]:
        """The brackets outside strings and where they stand; lines are counted on the way."""
        skip = 0 if self.escaped else -1
        self.escaped = False
        for found in _STRUCTURE.finditer(text):
            sign, at = found.group(), found.start()
            if sign == "\n":
                self.line += 1
            elif at == skip:
                continue
            elif sign == '"':
                self.in_string = not self.in_string
            elif sign == "\\":
                skip, self.escaped = at + 1, at + 1 == len(text)
            elif not self.in_string:
                yield sign, at

    def _closes(self, sign: str) -> bool:
        """Follow a closing bracket; whether it ends a document. A stray one does not lead below the base."""
        if self.depth > self.base or (sign == "]" and self.depth > 0):
            self.depth -= 1
        return self.starts > 0 and self.depth == self.base

    def _between(self, text: str) -> Iterator[JsonRow]:
        rest = text.strip("[], \t\r\n")
        if rest:
            yield JsonRow(self.line, BadRow(f"no order document: {rest[:40]}"))

    def _hold(self, piece: str) -> None:
        self.size += len(piece)
        if self.size > LONGEST:
            self.pieces.clear()
        else:
            self.pieces.append(piece)

    def _complete(self, piece: str) -> JsonRow:
        self._hold(piece)
        text, line, size = "".join(self.pieces), self.starts, self.size
        self.pieces, self.size, self.starts = [], 0, 0
        if size > LONGEST:
            return JsonRow(line, BadRow(f"a document is longer than {LONGEST} characters"))
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return JsonRow(line, BadRow("not UTF-8"))
        return JsonRow(line, _parse(text))

    def end(self) -> Iterator[JsonRow]:
        """What the end of the stream leaves open."""
        if self.starts:
            yield JsonRow(self.starts, BadRow("a document that starts here never ends"))
        elif self.depth > 0:
            yield JsonRow(self.line, BadRow("the array never ends"))
