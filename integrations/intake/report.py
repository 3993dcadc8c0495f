"""What an import did: counts, and every row that was refused or is odd, by line, field and rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from domain.rules import Refused, Rule, broken

MOST_PROBLEMS = 10_000
"""Problems a report holds; more are only counted, so that memory stays bounded."""

Progress = Callable[[int, int], None]
"""Told how much is done and of how much (0: unknown); bytes for documents, orders for the Online Retail data."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that breaks a rule. `line` counts from 1; `kept` rows were imported all the same."""

    line: int
    field: str
    rule: str
    message: str
    kept: bool = False


@dataclass(slots=True)
class ImportReport:
    """`imported` and `existing` count orders, `rejected_rows` the rows that were left out."""

    imported: int = 0
    existing: int = 0
    rejected_rows: int = 0
    rejected: list[Problem] = field(default_factory=list)
    left_out: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    """Further counts of one format."""

    def add(self, problems: list[Problem]) -> None:
        """Note the problems of one row."""
        if any(not problem.kept for problem in problems):
            self.rejected_rows += 1
        room = max(0, MOST_PROBLEMS - len(self.rejected))
        self.rejected += problems[:room]
        self.left_out += len(problems[room:])

    def as_json(self) -> dict[str, Any]:
        """For `--json` and the API."""
        return {
            "imported": self.imported,
            "existing": self.existing,
            "rejected_rows": self.rejected_rows,
            **self.facts,
            "rejected": [
                {"line": p.line, "field": p.field, "rule": p.rule, "message": p.message, "kept": p.kept}
                for p in self.rejected
            ],
            "rejected_left_out": self.left_out,
        }


def problem(
    line: int, code: Rule, name: str, *, limit: object = "", value: object = "", kept: bool = False
) -> Problem:
    """A problem with the rule's own sentence."""
    violation = broken(code, name, limit=limit, value=value)
    return Problem(line, name, code.value, violation.message, kept)


def problems_of(line: int, refusal: Refused) -> list[Problem]:
    """Every violation of one row."""
    return [Problem(line, v.field, v.code.value, v.message) for v in refusal.violations]
