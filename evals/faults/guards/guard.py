"""A guard: where it stands, and the text without it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NotThere(LookupError):
    """The text that a guard's removal replaces is not in the source, or stands there more than once."""


@dataclass(frozen=True)
class Guard:
    """`old` stands in `path` exactly once; `new` is the same without the guard.

    A guard of the schema has a statement instead that takes it out of a database.
    """

    name: str
    path: str = ""
    old: str = ""
    new: str = ""
    ddl: str = ""
    postgres: bool = False
    """Only visible where transactions really overlap."""

    def without(self, source: str) -> str:
        """The module without the guard. Raises NotThere."""
        if source.count(self.old) != 1:
            raise NotThere(
                f"{self.name}: {self.path} holds its text {source.count(self.old)} times: {self.old!r}"
            )
        return source.replace(self.old, self.new)

    def remove_from(self, tree: Path) -> None:
        """Take it out of a copy of the source. Raises NotThere."""
        if self.path:
            target = tree / self.path
            target.write_text(self.without(target.read_text(encoding="utf-8")), encoding="utf-8")
