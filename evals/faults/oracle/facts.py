"""What a case is judged on, all of it read from the database by the watcher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from evals.faults.oracle.values import Doc


@dataclass(frozen=True)
class Facts:
    """An order, its shop's settings, who proposes, what the accounts hold (settlements that are due counted in)."""

    order: Doc
    settings: Doc
    proposer: Doc
    balances: dict[str, int]
    now: datetime

    def held(self, account: str) -> int:
        """What one account holds."""
        return self.balances.get(account, 0)
