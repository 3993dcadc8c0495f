"""What is costly to start (a browser, RT) is started in one process: the tests that share it run there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = """
import os, pathlib, pytest
def note(name):
    with (pathlib.Path(__file__).parent / name).open("a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")
@pytest.mark.xdist_group("shared")
@pytest.mark.parametrize("number", range(8))
def test_shared(number):
    note("shared")
@pytest.mark.xdist_group("alone")
def test_alone():
    note("alone")
@pytest.mark.parametrize("number", ["a@b", "[c]"])
def test_free(number):
    note("free")
"""


def test_tests_of_one_group_run_in_one_process(tmp_path):
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--dist",
        "loadgroup",
        "-p",
        "no:cacheprovider",
    ]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [*command, "-p", "xdist", "-p", "tests.setup.groups", str(tmp_path)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ran = {name: (tmp_path / name).read_text().split() for name in ("shared", "alone", "free")}
    assert {name: len(workers) for name, workers in ran.items()} == {"shared": 8, "alone": 1, "free": 2}
    assert len(set(ran["shared"])) == 1


@pytest.mark.xdist_group("setup-groups")
def test_this_run_knows_the_group_of_its_own_tests(request):
    is_worker = hasattr(request.config, "workerinput") and request.config.getoption("loadgroup", False)
    assert request.node.nodeid.endswith("@setup-groups") is bool(is_worker)
