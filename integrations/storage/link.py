"""What repositories see of an open transaction, and the writes it holds back until its work is done.

A work reads, and its writes gather in :class:`Pending`. They go to the database in one go when the work has ended
(:mod:`integrations.storage.flushing`), in a fixed order of tables and of keys. So a work that raises has written
nothing, transactions lock in one order, and several works can share one transaction and one statement per table. A
work that reads a table it has written to makes its writes go out before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from integrations.storage.statements import Bulk, Query

Row = Sequence[Any]
BalanceKey = tuple[str, str, str]
"""Merchant, currency, account."""
SettlementKey = tuple[str, str]
"""Merchant and settlement."""


class Pending:
    """The writes of one work that have not gone out."""

    __slots__ = ("claims", "entries", "free", "jobs", "rows", "settling", "tables", "taken_from")

    def __init__(self) -> None:
        self.rows: dict[Bulk, dict[Any, tuple[Any, ...]]] = {}
        self.entries: list[tuple[Any, ...]] = []
        self.free: set[BalanceKey] = set()
        """Accounts that this work may take below zero."""
        self.taken_from: set[SettlementKey] = set()
        """Settlements that must be open still when the ledger rows are written."""
        self.settling: dict[SettlementKey, int] = {}
        """Settlements that are settled, and what their rows added up to when that was decided."""
        self.tables: set[str] = set()
        self.claims: set[tuple[str, ...]] = set()
        """Rows that no other work of the same transaction may write."""
        self.jobs = False

    def add(self, bulk: Bulk, row: tuple[Any, ...]) -> None:
        """Hold back a row; the same key again replaces it, or changes nothing where it would not in the table."""
        rows = self.rows.setdefault(bulk, {})
        if bulk.keys:
            key = row[: bulk.keys]
            if bulk.exclusive:
                rows[key] = row
                self.claims.add((bulk.table, *key))
            else:
                rows.setdefault(key, row)
        else:
            rows[len(rows)] = row
        self.tables |= bulk.tables

    def get(self, bulk: Bulk, key: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """The row held back for a key."""
        return self.rows.get(bulk, {}).get(key)

    def add_entries(self, rows: Sequence[tuple[Any, ...]], free: set[BalanceKey]) -> None:
        """Hold back ledger rows; `free` accounts may fall below zero."""
        self.entries.extend(rows)
        self.free |= free
        self.tables |= {"ledger_entries", "account_balances"}

    def __bool__(self) -> bool:
        return bool(self.rows or self.entries)

    def clear(self) -> None:
        """Forget what has gone out (claims stay for as long as the transaction)."""
        self.rows, self.entries, self.free, self.tables = {}, [], set(), set()
        self.taken_from, self.settling = set(), {}


class Link(Protocol):
    """An open transaction. `dialect` is ``sqlite`` or ``postgresql``."""

    dialect: str
    pending: Pending

    def rows(self, query: Query, /, **parameters: Any) -> Sequence[Row]:
        """Read. Writes of this work to the same tables go out before."""
        ...

    def change(self, query: Query, /, **parameters: Any) -> Sequence[Row]:
        """Write at once; the rows that the statement returns."""
        ...

    def array(self, values: Sequence[str], /) -> Any:
        """A list as a parameter."""
        ...

    def bulk(self, bulk: Bulk, rows: Sequence[tuple[Any, ...]], /) -> tuple[int, Sequence[Row]]:
        """Write rows at once; how many were written and, for a returning one, what it returned."""
        ...
