"""Patterns as data: ``*.lex`` files beside this module.

``[name]`` opens a family, each line below it is one alternative (a regular expression over the plain form of a
message), ``NAME = …`` before the first family defines a part used as ``{NAME}``; ``# `` starts a comment.
A family matches at the start of a word only.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_DEFINES = re.compile(r"^([A-Z_]+) = (.+)$")


@cache
def families(name: str) -> dict[str, re.Pattern[str]]:
    """The families of ``<name>.lex`` in file order, each compiled to one pattern."""
    parts: dict[str, str] = {}
    lines: dict[str, list[str]] = {}
    current = ""
    for raw in (_FOLDER / f"{name}.lex").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("# "):
            continue
        defines = _DEFINES.match(line)
        if defines and not current:
            parts[defines.group(1)] = _filled(defines.group(2), parts)
        elif line.startswith("[") and line.endswith("]") and re.fullmatch(r"\[[a-z_]+\]", line):
            current = line[1:-1]
            lines[current] = []
        else:
            lines[current].append(_filled(line, parts))
    return {family: re.compile(rf"(?<![\w'])(?:{'|'.join(rows)})") for family, rows in lines.items()}


@cache
def words_in(name: str) -> frozenset[str]:
    """The words of ``<name>.lex``: plain words under ``[words]``, no patterns."""
    text = (_FOLDER / f"{name}.lex").read_text(encoding="utf-8")
    return frozenset(text.partition("[words]")[2].split())


def _filled(line: str, parts: dict[str, str]) -> str:
    return re.sub(r"\{([A-Z_]+)\}", lambda match: parts[match.group(1)], line)
