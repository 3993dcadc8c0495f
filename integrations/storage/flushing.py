"""Writing out what works held back: table by table, rows in the order of their keys, the hottest rows last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.balances.model import OWN_ACCOUNTS
from domain.ports import ConcurrentChange
from integrations.storage.link import BalanceKey, Link, Pending
from integrations.storage.settling import hold_open, hold_still
from integrations.storage.statements import Bulk, insert

_CHUNK = 5000

_LEDGER_COLUMNS = (
    "merchant_id",
    "key",
    "pair",
    "kind",
    "account",
    "amount",
    "currency",
    "at",
    "order_id",
    "settlement_id",
    "reverses",
)
_LEDGER_INSERT = insert(80, "ledger_entries", _LEDGER_COLUMNS, returning="merchant_id, key")

_BALANCE_COLUMNS = ("merchant_id", "currency", "account", "amount")
_BALANCE_ADD = insert(
    90,
    "account_balances",
    _BALANCE_COLUMNS,
    keys=3,
    on_conflict="(merchant_id, currency, account) do update set amount = account_balances.amount + excluded.amount",
    returning=", ".join(_BALANCE_COLUMNS),
)

_OWN = frozenset(account.value for account in OWN_ACCOUNTS)


def flush(link: Link, pendings: Sequence[Pending]) -> None:
    """Write out what works held back. Raises ConcurrentChange where a guard does not hold any more."""
    if link.dialect == "postgresql":
        hold_still(link, {key: total for pending in pendings for key, total in pending.settling.items()})
    for bulk in sorted({bulk for pending in pendings for bulk in pending.rows}, key=lambda bulk: bulk.rank):
        rows = [row for pending in pendings for row in pending.rows.get(bulk, {}).values()]
        if bulk.keys:
            rows.sort(key=lambda row, keys=bulk.keys: row[:keys])  # type: ignore[misc]
        _write(link, bulk, rows)
    entries = [row for pending in pendings for row in pending.entries]
    if not entries:
        return
    if link.dialect == "postgresql":
        hold_open(link, {key for pending in pendings for key in pending.taken_from})
    _post(link, entries, frozenset[BalanceKey]().union(*(pending.free for pending in pendings)))


def _write(link: Link, bulk: Bulk, rows: Sequence[tuple[Any, ...]]) -> int:
    """Write rows in chunks; how many were written. Raises ConcurrentChange where an exact write missed one."""
    written = 0
    for start in range(0, len(rows), _CHUNK):
        written += link.bulk(bulk, rows[start : start + _CHUNK])[0]
    if bulk.exact and written != len(rows):
        raise ConcurrentChange(f"{bulk.table}: {len(rows) - written} of {len(rows)} rows changed meanwhile")
    return written


def _post(link: Link, entries: Sequence[tuple[Any, ...]], free: frozenset[BalanceKey]) -> None:
    """Insert ledger rows; those that really are new move the balances, each of which is touched once, at the end."""
    deltas: dict[BalanceKey, int] = {}
    for start in range(0, len(entries), _CHUNK):
        chunk = entries[start : start + _CHUNK]
        amounts: dict[tuple[str, str], tuple[BalanceKey, int]] = {}
        for row in chunk:
            amounts.setdefault((row[0], row[1]), ((row[0], row[6], row[4]), row[5]))
        for merchant, key in link.bulk(_LEDGER_INSERT, chunk)[1]:
            account, amount = amounts[merchant, key]
            if account[2] in _OWN:
                deltas[account] = deltas.get(account, 0) + amount
    rows = [(*account, delta) for account, delta in sorted(deltas.items()) if delta]
    if not rows:
        return
    for merchant, currency, name, amount in link.bulk(_BALANCE_ADD, rows)[1]:
        account = (merchant, currency, name)
        if amount < 0 and deltas[account] < 0 and account not in free:
            raise ConcurrentChange(f"{name} {currency} of {merchant} would fall to {amount}")
