"""`make audit`: secrets in tracked files, and dependencies without hash or with a licence we may not ship. Offline.

``python -m tests.setup.audit`` prints what is wrong and fails.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from tests.setup.house_rules import ROOT, repository_files

SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "a desk token": re.compile(r"\bdesk_[A-Za-z0-9_-]{43}\b"),
    "a Stripe key": re.compile(r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    "a Slack token": re.compile(r"\bxox[abeoprs]-\d{6,}-[A-Za-z0-9-]{10,}"),
    "an AWS key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{60,}"),
    "a model provider's key": re.compile(r"\bsk-(?:ant-|proj-)[A-Za-z0-9_-]{20,}"),
    "a password in an address": re.compile(
        r"\b(?:postgres(?:ql)?|mysql|redis|amqp|https?)://[\w.-]+:(?!hunter2|\{|\$|%|\*)[^\s:/@\"'`<>]{3,}@[\w.-]+"
    ),
}
"""What looks like a secret. `hunter2` is what tests take for a password."""

REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", ".ci/setup.txt")
SHIPPED = "requirements.txt"

MAY_SHIP = re.compile(
    r"\b(?:mit|mit-0|mit-cmu|bsd|0bsd|apache|isc|psf|python software foundation|mpl|mozilla|zlib|cc0|unlicense|zpl"
    r"|lgpl|cnri)\b",
    re.IGNORECASE,
)
MAY_NOT = re.compile(r"\b(?:agpl|sspl|busl|affero|proprietary|commercial|gpl(?!.*lgpl))\b", re.IGNORECASE)
_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+?)(?:\s*;.*?)?\s*\\?$")

Finding = str


def secrets_in(path: Path, text: str) -> Iterator[Finding]:
    """What looks like a secret in a file, without repeating it."""
    for what, pattern in SECRETS.items():
        for match in pattern.finditer(text):
            yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: looks like {what}"


def pinned(text: str) -> dict[str, list[str]]:
    """Requirement to its hashes; a line that is neither a requirement, a hash nor a comment is one without any."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if bare.startswith("--hash=sha256:") and current:
            found[current].append(bare)
        else:
            named = _REQUIREMENT.match(bare)
            current = named[1] if named else bare
            found.setdefault(current, [])
    return found


def unpinned(name: str, text: str) -> Iterator[Finding]:
    """Requirements that are not exactly one version, or that carry no hash."""
    for requirement, hashes in pinned(text).items():
        if not re.fullmatch(r"[A-Za-z0-9._-]+", requirement):
            yield f"{name}: {requirement}: not pinned to one version"
        elif not hashes:
            yield f"{name}: {requirement}: has no hash"


def licence_of(package: Distribution) -> str:
    """As the package states it: expression, classifiers, or the first line of its text."""
    given = package.metadata
    classifiers = [line for line in given.get_all("Classifier", []) if line.startswith("License ::")]
    texts = [
        *given.get_all("License-Expression", []),
        *classifiers,
        *"".join(given.get_all("License", [])).splitlines()[:1],
    ]
    return "; ".join(text for text in texts if text)


def unlicensed(text: str) -> Iterator[Finding]:
    """Shipped packages whose licence is not one that goes with ours. Those of other systems are not installed here."""
    for requirement in pinned(text):
        try:
            licence = licence_of(distribution(requirement))
        except PackageNotFoundError:
            continue
        if MAY_NOT.search(licence) or not MAY_SHIP.search(licence):
            yield f"{SHIPPED}: {requirement}: licence {licence or 'not stated'}"


def check(root: Path) -> list[Finding]:
    """Everything that is wrong."""
    found: list[Finding] = []
    for path in repository_files(root):
        try:
            found += secrets_in(path, (root / path).read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
    for name in REQUIREMENTS:
        found += unpinned(name, (root / name).read_text(encoding="utf-8"))
    return [*found, *unlicensed((root / SHIPPED).read_text(encoding="utf-8"))]


def main() -> int:
    """Exit code 0 where nothing is wrong."""
    found = check(ROOT)
    for finding in found:
        print(finding, file=sys.stderr)
    print("audit: nothing found" if not found else f"audit: {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
