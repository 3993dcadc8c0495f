"""The suites: which theme belongs where, and where our own cases lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.case_files import BadCaseFile, Problem, read_cases
from evals.cases import CaseShape

CASES = Path(__file__).parent / "datasets" / "cases"
KINDS = {".yaml", ".yml", ".jsonl"}

THEMES: dict[str, tuple[str, ...]] = {
    "core flows": (
        "direct_refund",
        "return_review",
        "merchant_return",
        "return_progress",
        "supplier_review",
        "balances",
        "drafts",
    ),
    "repair": ("conversation",),
    "evidence": ("quality_evidence",),
    "limits and four eyes": ("limits",),
    "money edge cases": ("amounts", "dispute"),
    "promises": ("promises",),
    "injection": ("untrusted_text",),
    "faults and races": ("provider_faults", "decisions"),
    "credit notes": ("credit_notes",),
}
"""Suites in the order in which they are told, and their themes."""

SUITES = tuple(THEMES)


def suite_of(case: CaseShape) -> str:
    """The case's suite; a theme of somebody else's is one of its own."""
    return next((suite for suite, themes in THEMES.items() if case.theme in themes), case.theme)


def case_files(places: Sequence[Path]) -> list[Path]:
    """Files as they are, folders as the case files in them."""
    found: list[Path] = []
    for place in places:
        inside = (
            sorted(path for path in place.rglob("*") if path.suffix in KINDS) if place.is_dir() else [place]
        )
        found += inside
    return found


def read_all(places: Sequence[Path], *, judged: bool = True) -> list[CaseShape]:
    """The cases of files and folders, in order; `judged`: their expectations have to make sense as well.

    Raises BadCaseFile with the problems of all files, OSError.
    """
    cases: list[CaseShape] = []
    problems: list[Problem] = []
    seen: dict[str, Path] = {}
    for path in case_files(places):
        try:
            found = read_cases(path, judged=judged)
        except BadCaseFile as error:
            problems += error.problems
            continue
        for case in found:
            if case.id in seen:
                problems.append(Problem(str(path), 1, "id", f"{case.id!r} is a case of {seen[case.id]} too"))
            seen[case.id] = path
        cases += found
    if problems:
        raise BadCaseFile(problems)
    return cases
