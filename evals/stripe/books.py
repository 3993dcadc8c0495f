"""The books of the Stripe-like server: payments, refunds, and the answers it remembers for each idempotency key.

One SQLite file, one transaction a request, so that what really happened outlives whoever asked for it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (ref TEXT PRIMARY KEY, captured INTEGER NOT NULL, currency TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refunds (
    number INTEGER PRIMARY KEY AUTOINCREMENT, payment TEXT NOT NULL, amount INTEGER NOT NULL, status TEXT NOT NULL,
    metadata TEXT NOT NULL, created INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS refunds_by_payment ON refunds (payment);
CREATE TABLE IF NOT EXISTS keys (
    key TEXT PRIMARY KEY, asked TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
"""
Answer = tuple[int, dict[str, Any]]
"""HTTP status and body."""


class Books:
    """Payments and refunds as Stripe would keep them."""

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def add_payments(self, captured: Mapping[str, int], currency: str) -> None:
        """Payments by their names, with what was taken in minor units."""
        rows = [(ref, amount, currency) for ref, amount in captured.items()]
        with self._transaction() as books:
            books.executemany("INSERT OR REPLACE INTO payments VALUES (?, ?, ?)", rows)

    def create(self, key: str, form: Mapping[str, str], now: int) -> tuple[Answer, bool]:
        """A refund, or the answer this key was given before; whether it is new."""
        asked = json.dumps(dict(form), sort_keys=True)
        with self._transaction() as books:
            known = books.execute("SELECT asked, status, body FROM keys WHERE key = ?", (key,)).fetchone()
            if known is not None and known[0] != asked:
                return _error(
                    400, "idempotency_error", "", "Keys can only be used with the same parameters."
                ), False
            if known is not None:
                return (int(known[1]), json.loads(known[2])), False
            status, body = answer = self._made(books, form, now)
            if key:
                books.execute("INSERT INTO keys VALUES (?, ?, ?, ?)", (key, asked, status, json.dumps(body)))
        return answer, status == 200

    def _made(self, books: sqlite3.Connection, form: Mapping[str, str], now: int) -> Answer:
        ref = form.get("payment_intent") or form.get("charge") or ""
        found = books.execute("SELECT captured FROM payments WHERE ref = ?", (ref,)).fetchone()
        if found is None:
            return _error(404, "invalid_request_error", "resource_missing", f"No such payment: {ref}")
        given = books.execute(
            "SELECT coalesce(sum(amount), 0) FROM refunds WHERE payment = ? AND status <> 'failed'", (ref,)
        ).fetchone()[0]
        left = found[0] - given
        amount = int(form.get("amount") or left)
        if left <= 0:
            return _error(400, "invalid_request_error", "charge_already_refunded", "It has been refunded.")
        if amount > left or amount <= 0:
            return _error(400, "invalid_request_error", "", "Greater than the unrefunded amount.", "amount")
        metadata = {
            name[len("metadata[") : -1]: value for name, value in form.items() if name.startswith("metadata[")
        }
        row = books.execute(
            "INSERT INTO refunds (payment, amount, status, metadata, created) VALUES (?, ?, ?, ?, ?) RETURNING number",
            (ref, amount, "succeeded", json.dumps(metadata), now),
        ).fetchone()
        return 200, self._view(books, int(row[0]))

    def set_status(self, ref: str, status: str) -> dict[str, Any] | None:
        """The bank's word on a refund, later."""
        number = _number(ref)
        with self._transaction() as books:
            books.execute("UPDATE refunds SET status = ? WHERE number = ?", (status, number))
            return self._view(books, number) if self._rows(books, "number = ?", number) else None

    def page(self, query: Mapping[str, str]) -> Answer:
        """A page of refunds, newest first."""
        ref = query.get("payment_intent") or query.get("charge")
        before = _number(query["starting_after"]) if "starting_after" in query else 2**62
        limit = int(query.get("limit", 10))
        with self._lock:
            if ref is not None and not self._known(ref):
                return _error(404, "invalid_request_error", "resource_missing", f"No such payment: {ref}")
            rows = self._rows(
                self._connection,
                "number < ? AND (? IS NULL OR payment = ?) AND created >= ? AND created < ?"
                " ORDER BY number DESC LIMIT ?",
                before, ref, ref, int(query.get("created[gte]", 0)), int(query.get("created[lt]", 2**62)), limit + 1,
            )  # fmt: skip
        data = [_refund(row) for row in rows[:limit]]
        return 200, {"object": "list", "data": data, "has_more": len(rows) > limit}

    def effects(self) -> list[dict[str, Any]]:
        """Every refund that really happened, oldest first."""
        with self._lock:
            return [
                _refund(row) for row in self._rows(self._connection, "status <> 'failed' ORDER BY number")
            ]

    def _known(self, ref: str) -> bool:
        return bool(self._connection.execute("SELECT 1 FROM payments WHERE ref = ?", (ref,)).fetchone())

    def _view(self, books: sqlite3.Connection, number: int) -> dict[str, Any]:
        return _refund(self._rows(books, "number = ?", number)[0])

    @staticmethod
    def _rows(books: sqlite3.Connection, where: str, *values: object) -> list[tuple[Any, ...]]:
        currency = "(SELECT currency FROM payments WHERE ref = payment)"
        asked = f"SELECT number, payment, amount, status, metadata, created, {currency} FROM refunds WHERE {where}"  # noqa: S608
        return books.execute(asked, values).fetchall()


def _number(ref: str) -> int:
    return int(ref.removeprefix("re_"))


def _refund(row: tuple[Any, ...]) -> dict[str, Any]:
    number, payment, amount, status, metadata, created, currency = row
    named = {"payment_intent": None, "charge": None}
    named["payment_intent" if payment.startswith("pi_") else "charge"] = payment
    given = {
        "object": "refund",
        "status": status,
        "metadata": json.loads(metadata),
        "created": created,
        **named,
    }
    return {"id": f"re_{number}", "amount": amount, "currency": currency, **given}


def _error(status: int, kind: str, code: str, message: str, param: str = "") -> Answer:
    said = {"type": kind, "message": message}
    return status, {
        "error": {**said, **({"code": code} if code else {}), **({"param": param} if param else {})}
    }
