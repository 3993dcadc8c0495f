"""The sandbox provider's own books: an SQLite file that is nobody else's, so that it outlives the desk's crashes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.ports import ProviderRequest, ProviderUnavailable
from integrations.payments.sandbox_faults import Fault

_SCHEMA = """
CREATE TABLE IF NOT EXISTS effects (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    refund_id TEXT NOT NULL,
    payment_ref TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    answered TEXT NOT NULL,
    status TEXT NOT NULL,
    becomes TEXT NOT NULL,
    reason TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS effects_by_key ON effects (key);
CREATE INDEX IF NOT EXISTS effects_by_payment ON effects (payment_ref);
CREATE TABLE IF NOT EXISTS payments (ref TEXT PRIMARY KEY, captured INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS script (number INTEGER PRIMARY KEY AUTOINCREMENT, fault TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS calls (key TEXT PRIMARY KEY, made INTEGER NOT NULL);
"""
_BUSY_SECONDS = 10.0
REVERSED = "reversed"
"""Status of an effect that happened and was taken back later."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What really happened at the provider. `at` is seconds since 1970; the amount is minor units."""

    number: int
    key: str
    refund_id: str
    payment_ref: str
    amount: int
    currency: str
    answered: str
    """The status in the first answer; a replay of the key gives the same."""
    status: str
    """``succeeded``, ``pending``, ``failed`` or ``reversed`` as it is now."""
    becomes: str
    reason: str
    at: float

    @property
    def ref(self) -> str:
        """The provider's own name for it."""
        return f"sbx_{self.number}"

    def is_for(self, request: ProviderRequest) -> bool:
        """Whether a request with its key asks for the same thing."""
        asked = (request.payment_ref, request.amount, request.currency)
        return asked == (self.payment_ref, self.amount, self.currency)


class SandboxBook:
    """One connection, used by one thread at a time; other processes may have the same file open."""

    def __init__(self, path: str | Path) -> None:
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        with self.transaction():
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._connection.execute(statement)
        # Survives a killed process; only a power cut could lose the last moments of this stand-in.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Raises ProviderUnavailable, with nothing done, where the file stays locked."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise ProviderUnavailable(f"sandbox: {error}") from error
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def of_key(self, key: str) -> list[Effect]:
        """All effects of a key, oldest first; more than one only where the key had been forgotten."""
        return self._effects("SELECT * FROM effects WHERE key = ? ORDER BY number", key)

    def all(self) -> list[Effect]:
        """Every effect, declined ones included, oldest first."""
        with self._lock:
            return self._effects("SELECT * FROM effects ORDER BY number")

    def add(self, request: ProviderRequest, answered: str, becomes: str, reason: str, at: float) -> Effect:
        """Write down a new effect."""
        asked = (request.key, request.refund_id, request.payment_ref, request.amount, request.currency)
        return self._effects(
            "INSERT INTO effects (key, refund_id, payment_ref, amount, currency, answered, status, becomes,"
            " reason, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
            *asked, answered, answered, becomes, reason, at,
        )[0]  # fmt: skip

    def end_pending(self, key: str | None, before: float | None = None) -> int:
        """Pending effects (of a key; made until `before`) become what they were meant to; how many."""
        return self._connection.execute(
            "UPDATE effects SET status = becomes WHERE status = 'pending'"
            " AND (?1 IS NULL OR key = ?1) AND (?2 IS NULL OR at <= ?2)",
            (key, before),
        ).rowcount

    def reverse(self, key: str) -> int:
        """Succeeded effects of a key are taken back; how many."""
        return self._connection.execute(
            "UPDATE effects SET status = ?, reason = 'reversed by the bank' WHERE key = ? AND status = 'succeeded'",
            (REVERSED, key),
        ).rowcount

    def register(self, ref: str, captured: int) -> None:
        """Know what a payment captured."""
        self._connection.execute("INSERT OR REPLACE INTO payments VALUES (?, ?)", (ref, captured))

    def left(self, ref: str) -> int | None:
        """What a registered payment can still give back; None where it is not known."""
        row = self._connection.execute("SELECT captured FROM payments WHERE ref = ?", (ref,)).fetchone()
        if row is None:
            return None
        given = self._connection.execute(
            "SELECT coalesce(sum(amount), 0) FROM effects"
            " WHERE payment_ref = ? AND status IN ('succeeded', 'pending')",
            (ref,),
        ).fetchone()
        return int(row[0]) - int(given[0])

    def plan(self, faults: list[Fault]) -> None:
        """Put faults at the end of the script."""
        self._connection.executemany("INSERT INTO script (fault) VALUES (?)", [(f.value,) for f in faults])

    def next_planned(self, *, of_lookup: bool) -> tuple[int, Fault] | None:
        """The planned fault that is next for this kind of call, with its number."""
        for number, word in self._connection.execute("SELECT number, fault FROM script ORDER BY number"):
            if Fault(word).is_of_lookup == of_lookup:
                return int(number), Fault(word)
        return None

    def drop_planned(self, number: int) -> None:
        """It has befallen somebody."""
        self._connection.execute("DELETE FROM script WHERE number = ?", (number,))

    def count_call(self, key: str) -> int:
        """One more call for a key; which one it is, from 1."""
        row = self._connection.execute(
            "INSERT INTO calls VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET made = made + 1 RETURNING made",
            (key,),
        ).fetchone()
        return int(row[0])

    def _effects(self, sql: str, *parameters: object) -> list[Effect]:
        return [Effect(*row) for row in self._connection.execute(sql, parameters).fetchall()]
