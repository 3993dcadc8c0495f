"""The state machine of `make faults`, in short: every command on a real database, against an independent reading."""

from __future__ import annotations

from evals.faults.machine.desk import run
from evals.faults.machine.proposing import WISHES

SECONDS = 25.0


def test_whatever_happens_in_whatever_order_the_books_hold():
    report = run(None, steps=1500, first_seed=20, enough=lambda seconds: seconds > SECONDS)
    assert report.failures == []
    assert report.steps > 0


def test_the_oracle_knows_every_kind_of_write():
    from domain.proposals.registry import WRITES
    from evals.faults.oracle.actions import JUDGES

    kinds = {kind.value for kind in WRITES}
    assert kinds == JUDGES.keys()
    assert kinds == {kind for kind, _ in WISHES.values()}
