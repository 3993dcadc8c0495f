"""What the watcher knows of one shop, and what changed in the last step."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from evals.faults.oracle.values import Doc


class Broken(AssertionError):
    """Something that must hold does not."""


def hold(truth: object, what: str) -> None:
    """Raises Broken."""
    if not truth:
        raise Broken(what)


class Entry(NamedTuple):
    """A ledger row."""

    number: int
    key: str
    pair: str
    kind: str
    account: str
    amount: int
    currency: str
    settlement: str | None
    reverses: str | None


OWN = ("pending_settlement", "available", "reserved", "fund", "payout")


@dataclass
class Books:
    """Sums over ledger rows, kept as they come in."""

    entries: dict[str, Entry] = field(default_factory=dict)
    held: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    """By currency and account."""
    pairs: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    settlement_nets: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """What each settlement still holds in `pending_settlement`."""
    reversed: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def take(self, entry: Entry) -> None:
        """One more row."""
        hold(entry.key not in self.entries, f"ledger row {entry.key} stands twice")
        self.entries[entry.key] = entry
        self.held[entry.currency, entry.account] += entry.amount
        self.pairs[entry.pair] += entry.amount
        if entry.account == "pending_settlement" and entry.settlement:
            self.settlement_nets[entry.settlement] += entry.amount
        if entry.reverses and entry.key.endswith(":in"):
            self.reversed[entry.reverses] += entry.amount


@dataclass
class Shop:
    """One merchant's rows, as last seen."""

    id: str
    settings: Doc = field(default_factory=dict)
    orders: dict[str, Doc] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    proposals: dict[str, Doc] = field(default_factory=dict)
    settlements: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Status, currency, instant due."""
    payouts: dict[str, str] = field(default_factory=dict)
    balances: dict[tuple[str, str], int] = field(default_factory=dict)
    jobs: dict[tuple[str, str], str] = field(default_factory=dict)
    events: int = 0
    books: Books = field(default_factory=Books)

    def open_proposals(self) -> list[Doc]:
        """Those that wait, oldest first."""
        return [proposal for proposal in self.proposals.values() if proposal["state"] == "open"]

    def balances_at(self, currency: str, now: datetime) -> dict[str, int]:
        """What the own accounts hold once what is due has settled."""
        held = {account: self.books.held.get((currency, account), 0) for account in OWN}
        for key, (status, of, due) in self.settlements.items():
            if status == "open" and of == currency and datetime.fromisoformat(due) <= now:
                net = self.books.settlement_nets.get(key, 0)
                held["pending_settlement"] -= net
                held["available"] += net
        return held


@dataclass
class Change:
    """What one step did to one shop; before and after by id (before is None for what is new)."""

    shop: Shop
    orders: dict[str, tuple[Doc | None, Doc]] = field(default_factory=dict)
    proposals: dict[str, tuple[Doc | None, Doc]] = field(default_factory=dict)
    settlements: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    payouts: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    jobs: list[tuple[str, str]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    events: int = 0

    @property
    def nothing(self) -> bool:
        """Whether not one row of the shop changed."""
        seen = (self.orders, self.proposals, self.settlements, self.payouts, self.jobs, self.entries)
        return not any(seen) and self.events == 0
