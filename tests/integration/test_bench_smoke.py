"""Every row of `make bench` runs on tiny sizes and prints its figures. How fast anything is, is not asked here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from evals.bench.figures import Figure, table
from evals.bench.registry import ROWS

ROOT = Path(__file__).resolve().parents[2]
FIGURES = {
    "cold_start": {"help_seconds", "server_ready_seconds", "server_first_start_seconds"},
    "reader": {"reader_ratio"},
    "model_reader": {"model_calls_ratio", "model_tokens_ratio"},
    "turn": {"turn_ratio"},
    "growth": {"growth_time_ratio", "growth_bytes_ratio"},
    "turns_http": {"turns_http_ratio"},
    "same_proposal": {"same_proposal_ratio", "same_proposal_serialization_errors"},
    "confirm": {
        "confirm_pg_ratio",
        "confirm_pg_p99_ratio",
        "confirm_sqlite_ratio",
        "confirm_sqlite_p99_ratio",
    },
    "executed": {"executed_ratio"},
    "slack_ack": {"slack_ack_p99_seconds"},
    "bulk_import": {"import_peak_memory_ratio", "import_rate_ratio", "import_wrong_after_kill"},
    "lookup": {"lookup_number_sqlite", "lookup_words_sqlite", "lookup_number_pg", "lookup_words_pg"},
}


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evals.bench", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


SERVED = ("turns_http", "same_proposal", "confirm", "executed")
"""Rows that start servers and PostgreSQL: together they start them once."""


@pytest.mark.timeout(400)
@pytest.mark.parametrize("names", [SERVED, tuple(name for name in ROWS if name not in SERVED)])
def test_rows_run_and_print_their_figures(names):
    done = bench(*names, "--quick")
    lines = re.findall(r"^(\w+) (\S+) [<>]=[\d.]+ (ok|short)", done.stdout, re.MULTILINE)
    wanted = set().union(*(FIGURES[name] for name in names))
    assert {line[0] for line in lines} == wanted, done.stdout + done.stderr
    assert done.returncode == (1 if any(line[2] == "short" for line in lines) else 0)


def test_a_row_that_is_not_there_is_named():
    done = bench("confrim")
    assert done.returncode == 2
    assert "no such row: confrim" in done.stderr


def test_a_figure_says_whether_it_reaches_its_bar():
    assert Figure("rate", 0.2, 0.15, True).line() == "rate 0.200 >=0.15 ok"
    assert Figure("rate", 0.1, 0.15, True).line() == "rate 0.100 >=0.15 short"
    assert Figure("tail", 1.2, 1.1, False, "loud machine").line() == "tail 1.200 <=1.1 short  # loud machine"
    assert Figure("calls", None, 0.4, False, "not built yet").line() == "calls - <=0.4 short  # not built yet"


def test_a_table_is_as_wide_as_its_cells():
    assert table(("what", "ms"), [("a", "1.00"), ("longer", "2")]).splitlines() == [
        "what    ms",
        "------  ----",
        "a       1.00",
        "longer  2",
    ]
