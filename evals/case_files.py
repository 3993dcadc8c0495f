"""Reading case files: JSON Lines or YAML. What does not fit is refused with file, line and field, all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from domain.orders.document import field_path
from evals.cases import CaseShape
from evals.expectations import wrong_expectations
from evals.sense import wrong_values

Path_ = tuple[str | int, ...]
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit. `line` counts from 1."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        return f"{self.file}:{self.line}: {where}{self.message}"


class BadCaseFile(ValueError):
    """The file does not fit; every problem that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Entry:
    """A case as it stands in the file: its value, and where each part of it is."""

    value: Any
    line: int
    node: yaml.Node | None = None

    def line_of(self, path: Path_) -> int:
        """The line of the part at that path, or of the nearest part around it."""
        node, line = self.node, self.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    return None


def read_cases(path: Path, *, judged: bool = True) -> list[CaseShape]:
    """The cases of a file, in order; `judged`: what they expect has to make sense too. Raises BadCaseFile, OSError."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadCaseFile([Problem(str(path), 1, "", f"is not UTF-8: {error.reason}")]) from None
    problems: list[Problem] = []
    is_yaml = path.suffix in (".yaml", ".yml")
    entries = list((_yaml if is_yaml else _json_lines)(str(path), text, problems))
    cases: list[CaseShape] = []
    seen: dict[str, int] = {}
    for entry in entries:
        case = _case(str(path), entry, problems, judged=judged)
        if case is None:
            continue
        if case.id in seen:
            first = f"{case.id!r} is the id of line {seen[case.id]} too"
            problems.append(Problem(str(path), entry.line_of(("id",)), "id", first))
        seen.setdefault(case.id, entry.line)
        cases.append(case)
    if problems:
        raise BadCaseFile(sorted(problems, key=lambda problem: problem.line))
    return cases


def _case(file: str, entry: _Entry, problems: list[Problem], *, judged: bool) -> CaseShape | None:
    if not isinstance(entry.value, dict):
        problems.append(Problem(file, entry.line, "", "is no case: an object is needed"))
        return None
    try:
        case = CaseShape.model_validate(entry.value)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            path = _without_tags(found["loc"], entry.value)
            message = found["msg"].removeprefix("Value error, ")
            problems.append(Problem(file, entry.line_of(path), field_path(path), message))
        return None
    for path, message in wrong_values(case):
        problems.append(Problem(file, entry.line_of(path), field_path(path), message))
    for place, message in wrong_expectations(case.expect or {}, len(case.turns)) if judged else ():
        path = _without_tags(("expect", *place), entry.value)
        problems.append(Problem(file, entry.line_of(path), field_path(path), message))
    return case


def _without_tags(location: Path_, value: Any) -> Path_:
    """An error's place as the file has it: without the names pydantic adds for alternatives."""
    path: list[str | int] = []
    for at, step in enumerate(location):
        known = isinstance(value, dict) and step in value
        known = known or (isinstance(value, list) and isinstance(step, int) and step < len(value))
        if known:
            value = value[step]
        elif at < len(location) - 1 or not isinstance(value, dict):
            continue
        path.append(step)
    return tuple(path)


def _json_lines(file: str, text: str, problems: list[Problem]) -> Iterator[_Entry]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _Entry(json.loads(line, object_pairs_hook=_once), number)
        except json.JSONDecodeError as error:
            problems.append(Problem(file, number, "", f"is no JSON: {error.msg} (column {error.colno})"))
        except KeyError as error:
            problems.append(Problem(file, number, str(error.args[0]), "stands twice in one object"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyError(key)
        found[key] = value
    return found


def _yaml(file: str, text: str, problems: list[Problem]) -> Iterator[_Entry]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
        values = yaml.load(text, Loader=_LOADER)  # noqa: S506  (a safe one, written in C where there is one)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(file, line, "", f"is no YAML: {error.problem}"))
        return
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        problems.append(Problem(file, 1, "", "a list of cases is needed"))
        return
    for node, value in zip(root.value, values, strict=True):
        for key in _repeated(node):
            problems.append(Problem(file, key.start_mark.line + 1, key.value, "stands twice in one object"))
        yield _Entry(value, node.start_mark.line + 1, node)


def _repeated(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item)
