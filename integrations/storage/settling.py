"""A settlement and the refunds taken from it, at the same moment on PostgreSQL.

Who settles moves the net that was read; who takes a refund from a sale's unsettled money relies on its settlement
being open. Neither sees the other's uncommitted rows, so both could be right and the books wrong. Takers share a
lock of the merchant from their write to their commit, and the settler has it alone: before either writes, what it
read is looked at again. SQLite runs one work after the other and needs none of this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.ports import ConcurrentChange
from integrations.storage.link import Link, SettlementKey
from integrations.storage.statements import Query

_LOCK = "select 1 from pg_advisory_xact_lock{kind}(hashtextextended('settlements:' || :merchant, 0))"
_SHARED = Query("settlements", _LOCK.format(kind="_shared"))
_EXCLUSIVE = Query("settlements", _LOCK.format(kind=""))
_NOT_OPEN = Query(
    "settlements",
    "select id from settlements where merchant_id = :merchant and id = any(:ids) and status <> 'open'",
)
_SUMS = Query(
    "ledger_entries",
    "select settlement_id, sum(amount)::bigint from ledger_entries where merchant_id = :merchant "
    "and settlement_id = any(:ids) and account = 'pending_settlement' group by 1",
)


def hold_open(link: Link, taken_from: Iterable[SettlementKey]) -> None:
    """Before rows are written: their settlements are open, and stay so. Raises ConcurrentChange."""
    for merchant, ids in _by_merchant(taken_from):
        link.change(_SHARED, merchant=merchant)
        for (settlement,) in link.change(_NOT_OPEN, merchant=merchant, ids=ids):
            raise ConcurrentChange(f"settlement {settlement} is not open any more")


def hold_still(link: Link, expected: Mapping[SettlementKey, int]) -> None:
    """Before settlements are settled: their rows add up to what was read, and go on to. Raises ConcurrentChange."""
    for merchant, ids in _by_merchant(expected):
        link.change(_EXCLUSIVE, merchant=merchant)
        sums = {str(row[0]): int(row[1]) for row in link.change(_SUMS, merchant=merchant, ids=ids)}
        for settlement in ids:
            if sums.get(settlement, 0) != expected[merchant, settlement]:
                raise ConcurrentChange(f"settlement {settlement} has changed")


def _by_merchant(keys: Iterable[SettlementKey]) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for merchant, settlement in sorted(keys):
        groups.setdefault(merchant, []).append(settlement)
    return list(groups.items())
