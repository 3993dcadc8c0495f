"""Tests that need a system part say so: ``@pytest.mark.needs("chromium")``.

Without the part such a test fails and gives the command that installs it. Under ``make test``, which has already tried
to install it and may not have been allowed to, it does not run and is named at the end instead; in CI that is a failure
again. It never passes silently. A fixture can ask with :func:`require_part`.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

_NOT_RUN = "system part missing: "


def install_command(part: str) -> str:
    """The command that puts a system part on a Debian or Ubuntu machine."""
    return f"apt-get update && apt-get install -y --no-install-recommends {part.replace('+', ' ')}"


def _may_be_left_out() -> bool:
    in_ci = os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}
    return os.environ.get("DESK_TESTS") == "make" and not in_ci


def require_part(part: str) -> None:
    """Stop the test unless the part (the first package of a line in .ci/system-parts.txt) is on this machine."""
    from bootstrap import missing_parts  # .ci/ is on pytest's path, but not yet where plugins are loaded

    packages = next((line for line in missing_parts() if line.split("+")[0] == part), "")
    if not packages:
        return
    if _may_be_left_out():
        pytest.skip(_NOT_RUN + packages)
    pytest.fail(f"this test needs {part}; get it with: {install_command(packages)}", pytrace=False)


def pytest_configure(config: pytest.Config) -> None:
    """The marker."""
    config.addinivalue_line(
        "markers", "needs(part): the system part (a Debian package) this test cannot do without"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before each marked test."""
    for mark in item.iter_markers("needs"):
        for part in mark.args:
            require_part(part)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what did not run, and how to get it."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    parts = Counter(r.split(_NOT_RUN, 1)[1].split("'")[0] for r in reasons if _NOT_RUN in r)
    for part, count in sorted(parts.items()):
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.write_line(
            f"DID NOT RUN: {tests} for want of {part}. Get it with: {install_command(part)}", yellow=True
        )
