"""House rules no linter has. ``python -m tests.setup.house_rules`` prints what breaks them and fails.

The rules: names that say nothing, long modules, top-level folders, lock files that hold download addresses, paths of
one machine, package index addresses, floats near money.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"agent", "domain", "integrations", "prompts", "tests", "evals", "docs", ".ci", ".github"}
MOST_LINES, MANY_LINES = 300, 250

_EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "crud", "misc", "common"}
_ADDRESS_LOCKS = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}
_MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:work|root|(?:home|Users)/[\w.-]+)/[\w.]")
_INDEX = re.compile(
    r"https?://[^\s\"'<>]+/simple\b|https?://files\.pythonhosted\.org"
    r"|^\s*--(?:extra-)?(?:index-url|find-links)\b|^\s*\[\[tool\.uv\.index\]\]",
    re.MULTILINE,
)
_MONEY = re.compile(r"(?:^|[_.(])(?:amount|price|fee|refund|refunded|balance|minor|money|tax)", re.IGNORECASE)
_DURATION = re.compile(r"(?:_after|_seconds|_hours|_s|timeout|confidence|score|ratio)$")

Finding = str
FileRule = Callable[[Path, str], Iterator[Finding]]


def repository_files(root: Path) -> list[Path]:
    """Files of the repository, tracked or new, as paths relative to it. Without git: all but hidden and built ones."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listing.returncode == 0:
        found = {Path(name) for name in listing.stdout.split("\0") if name}
    else:
        found = {path.relative_to(root) for path in root.rglob("*")}
        found = {path for path in found if _belongs(path)}
    return sorted(path for path in found if (root / path).is_file())


def _belongs(path: Path) -> bool:
    built = {"__pycache__", "reports", "build", "dist"}
    return not any(
        part in built or (part.startswith(".") and part not in FOLDERS) for part in path.parts[:-1]
    )


def names_that_say_nothing(path: Path, text: str) -> Iterator[Finding]:
    """A module is named after what is in it."""
    names = {path.stem, *path.parts[:-1]} if path.suffix == ".py" else set()
    if bad := names & _EMPTY_NAMES:
        yield f"{path}: {min(bad)!r} says nothing about what is in it"


def places(path: Path, text: str) -> Iterator[Finding]:
    """The top level is fixed, and no lock file holds download addresses."""
    if len(path.parts) > 1 and path.parts[0] not in FOLDERS:
        yield f"{path}: there is no top-level folder {path.parts[0]!r} here"
    if path.name in _ADDRESS_LOCKS:
        yield f"{path}: this kind of lock file holds download addresses; requirements*.txt is the lock"


def long_modules(path: Path, text: str) -> Iterator[Finding]:
    """A module can be read in one sitting."""
    lines = text.count("\n")
    if path.suffix == ".py" and lines > MOST_LINES:
        yield f"{path}: {lines} lines, {MOST_LINES} at most"


def addresses(path: Path, text: str) -> Iterator[Finding]:
    """Nothing belongs to one machine or one package index."""
    for pattern, what in ((_MACHINE_PATH, "a path of one machine"), (_INDEX, "a package index")):
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {what}: {match.group().strip()}"


def floats_near_money(path: Path, text: str) -> Iterator[Finding]:
    """Money is whole minor units. The domain knows floats only as lengths of time and degrees of certainty."""
    if path.suffix != ".py" or path.parts[0] not in {"domain", "agent", "integrations"}:
        return
    in_domain = path.parts[0] == "domain"
    for node in ast.walk(ast.parse(text)):
        if reason := _float_in(node, in_domain):
            yield f"{path}:{getattr(node, 'lineno', 1)}: {reason}"


def _float_in(node: ast.AST, in_domain: bool) -> str | None:
    if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
        name = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
        if _is_float(node.annotation) and not _DURATION.search(name) and (in_domain or _MONEY.search(name)):
            return f"{name} is a float"
    if isinstance(node, ast.Call) and _is_float(node.func):
        given = " ".join(ast.unparse(argument) for argument in node.args)
        if in_domain or _MONEY.search(given):
            return f"float({given})"
    return None


def _is_float(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Name) and part.id == "float" for part in ast.walk(node))


RULES: tuple[FileRule, ...] = (names_that_say_nothing, places, long_modules, addresses, floats_near_money)


def check(root: Path) -> tuple[list[Finding], list[Finding]]:
    """What breaks a rule, and what is about to."""
    broken: list[Finding] = []
    close: list[Finding] = []
    for path in repository_files(root):
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = ""  # not text: only its name and place are looked at
        for rule in RULES:
            broken += rule(path, text)
        if path.suffix == ".py" and MANY_LINES < text.count("\n") <= MOST_LINES:
            close.append(f"{path}: {text.count(chr(10))} lines, getting long")
    return broken, close


def main() -> int:
    """Print the findings."""
    broken, close = check(ROOT)
    for finding in close:
        print(f"warning: {finding}")
    for finding in broken:
        print(finding)
    print(f"house rules: {len(broken)} broken" if broken else "house rules: kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
