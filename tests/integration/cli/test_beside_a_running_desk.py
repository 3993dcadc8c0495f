"""Commands on an embedded database: through the desk that runs on it, or by themselves; a second writer is refused."""

from __future__ import annotations

import gc
import gzip
import json
import os
import re
import subprocess
import sys
import time
from functools import partial

import pytest
from typer.testing import CliRunner

from integrations.cli import intake
from integrations.cli.main import app
from integrations.intake.parts import json_parts

COMMAND = [sys.executable, "-c", "from integrations.cli import main; main()"]
READY_SECONDS = 60
ORDER = {
    "number": "#9001",
    "customer": {"name": "Maya Lind"},
    "currency": "USD",
    "placed_at": "2026-03-01T10:00:00Z",
    "lines": [{"sku": "MUG", "title": "Mug", "quantity": 1, "unit_price": "10.00"}],
    "payments": [{"method": "Visa", "captured": "10.00"}],
}


@pytest.fixture
def desk(monkeypatch):
    """A command, run to its end in this process."""

    def run(folder, *arguments):
        monkeypatch.setenv("DESK_DATA", str(folder))
        return CliRunner().invoke(app, arguments)

    return run


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A data folder with a desk that runs on it."""
    folder = tmp_path_factory.mktemp("running")
    env = {**os.environ, "DESK_DATA": str(folder), "DESK_PORT": "0"}
    process = subprocess.Popen(
        [*COMMAND, "serve", "--demo"], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    until = time.monotonic() + READY_SECONDS
    while not re.search("#token", line := process.stdout.readline()):
        assert line, "it ended early"
        assert time.monotonic() < until
    yield folder
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.fixture
def orders(tmp_path):
    def file(number):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(json.dumps({**ORDER, "number": number}) + "\n" + '{"number": "#bad"}\n')
        return str(path)

    return file


def test_commands_speak_with_the_desk_that_runs(running, orders, desk):
    listed = desk(running, "jobs", "list", "--state", "all", "--json")
    assert (listed.exit_code, listed.stderr) == (0, "")
    assert isinstance(json.loads(listed.stdout), list)
    imported = desk(running, "import", orders("#9001"))
    counts = json.loads(imported.stdout.splitlines()[-1])
    assert (imported.exit_code, counts["imported"], counts["rejected_rows"]) == (1, 1, 1)
    assert "line 2: " in imported.stderr
    ledger = desk(running, "ledger", "9001", "--demo")
    assert (ledger.exit_code, "sum 0.00 USD" in ledger.stdout) == (0, True), ledger.stderr
    assert "intact" in desk(running, "audit", "verify", "--demo").stdout
    agrees = desk(running, "reconcile", "--json")
    assert agrees.exit_code == 0, agrees.stderr
    assert json.loads(agrees.stdout)["differences"] == []


def test_a_large_file_goes_to_the_desk_that_runs_in_parts_and_its_problems_keep_their_lines(
    running, tmp_path, desk, monkeypatch
):
    monkeypatch.setattr(intake, "json_parts", partial(json_parts, size=500))
    lines = [json.dumps({**ORDER, "number": f"#91{n:02}"}) for n in range(10)]
    lines[6] = '{"number": "#bad"}'
    file = tmp_path / "many.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    for imported, existing in ((9, 0), (0, 9)):
        done = desk(running, "import", str(file))
        counts = json.loads(done.stdout.splitlines()[-1])
        assert (done.exit_code, counts["imported"], counts["existing"]) == (1, imported, existing)
        assert counts["rejected_rows"] == 1
        assert "line 7: " in done.stderr
        assert "line 1: " not in done.stderr


def test_a_second_writer_is_refused_and_told_who_writes(running, desk):
    for arguments in (("worker", "--demo"), ("serve", "--demo")):
        refused = desk(running, *arguments)
        assert refused.exit_code == 1
        assert "is in use by process" in refused.stderr
        assert gc.isenabled()
        assert "Traceback" not in refused.stderr


def test_who_may_not_is_told_so_in_one_line(running, desk):
    for staff, words in (("ana", "not_authorised"), ("nobody", "staff")):
        refused = desk(running, "jobs", "list", "--staff", staff)
        assert refused.exit_code == 1
        assert words in refused.stderr
        assert "Traceback" not in refused.stderr
    unknown = desk(running, "jobs", "explain", "99999")
    assert (unknown.exit_code, "No job" in unknown.stderr) == (1, True)


def test_without_a_running_desk_commands_open_the_database_themselves(tmp_path, desk):
    folder = tmp_path / "alone"
    listed = desk(folder, "jobs", "list", "--demo", "--state", "dead")
    assert (listed.exit_code, listed.stdout.strip()) == (0, "0 jobs (dead)"), listed.stderr
    assert desk(folder, "reconcile", "--demo", "--day", "2026-03-01").exit_code == 0
    wrong = desk(folder, "reconcile", "--demo", "--day", "yesterday")
    assert (wrong.exit_code, "day" in wrong.stderr) == (1, True)
