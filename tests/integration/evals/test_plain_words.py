"""Conversations in the words of other people: what is understood of them is kept from one version to the next."""

from __future__ import annotations

from typer.testing import CliRunner

from evals.cli import app
from evals.suites import CASES


def test_what_was_understood_of_plain_words_still_is(tmp_path):
    done = CliRunner().invoke(
        app, ["run", str(CASES / "plain_words.yaml"), "--jobs", "1", "--out", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    assert "cases came out as expected" in done.output
