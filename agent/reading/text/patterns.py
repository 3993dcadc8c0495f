"""Patterns that are compiled when they are first looked for: reading knows many hundred, and a start needs none."""

from __future__ import annotations

import re
from typing import Any, cast

_LATE: list[_Late] = []


class _Late:
    """Stands for a compiled pattern until a method of it is asked for; from then on its methods are the pattern's."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in (
            "search",
            "match",
            "fullmatch",
            "finditer",
            "findall",
            "sub",
            "split",
            "pattern",
            "groupindex",
        ):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first used. A wrong one raises re.error there, and in `compile_all`."""
    late = _Late(text, flags)
    _LATE.append(late)
    return cast("re.Pattern[str]", late)


def compile_all() -> None:
    """Compile what was not used yet: before the first message rather than with it."""
    while _LATE:
        _ = _LATE.pop().search
