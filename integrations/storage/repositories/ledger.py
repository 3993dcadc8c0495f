"""Postings, balances, settlements and payouts. Rows are only ever added; balances are kept beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from domain.balances.model import (
    OWN_ACCOUNTS,
    Account,
    Balances,
    EntryKind,
    Payout,
    PayoutStatus,
    Posting,
    Settlement,
    SettlementStatus,
)
from domain.ports import LedgerRow
from integrations.storage.link import Link
from integrations.storage.mapping import moment, optional_moment
from integrations.storage.statements import Query, insert, update, upsert

_BALANCES = Query(
    "account_balances",
    "select account, amount from account_balances where merchant_id = :merchant and currency = :currency",
)
_CURRENCIES = Query(
    "account_balances",
    "select distinct currency from account_balances where merchant_id = :merchant order by currency",
)
_SUM = Query(
    "ledger_entries",
    "select cast(coalesce(sum(amount), 0) as bigint) from ledger_entries where merchant_id = :merchant",
)
_ROW = "number, key, pair, kind, account, amount, currency, at, order_id, settlement_id, reverses"

_SETTLEMENT = "select id, currency, settles_at, status from settlements where merchant_id = :merchant"
_DUE = Query(
    "settlements", f"{_SETTLEMENT} and status = 'open' and settles_at <= :now order by settles_at, id"
)
_ONE = Query("settlements", f"{_SETTLEMENT} and id = :id")
_PARTS = Query(
    "ledger_entries",
    sqlite="select settlement_id, kind, sum(amount) from ledger_entries where merchant_id = :merchant "
    "and settlement_id in (select value from json_each(:ids)) and account = 'pending_settlement' group by 1, 2",
    postgres="select settlement_id, kind, sum(amount)::bigint from ledger_entries where merchant_id = :merchant "
    "and settlement_id = any(:ids) and account = 'pending_settlement' group by 1, 2",
)
_OPEN = insert(60, "settlements", ("merchant_id", "id", "currency", "settles_at", "status"), keys=2)
_SETTLE = update(
    61,
    "settlements",
    ("merchant_id", "id", "status"),
    keys=2,
    change="status = k.status",
    guard="t.status = 'open'",
)

_TAKING = frozenset({EntryKind.REFUND, EntryKind.REVERSAL})

_PAYOUT_COLUMNS = ("merchant_id", "id", "currency", "amount", "status", "created_at", "decided_at")
_PAYOUT = f"select {', '.join(_PAYOUT_COLUMNS[1:])} from payouts where merchant_id = :merchant"
_ONE_PAYOUT = Query("payouts", f"{_PAYOUT} and id = :id")
_SAVE_PAYOUT = upsert(65, "payouts", _PAYOUT_COLUMNS, keys=2)


def _narrowed(table: str, select: str, order: str, **filters: str) -> dict[tuple[str, ...], Query]:
    """A query for each combination of filters, so that each is planned with the index that serves it."""
    queries = {}
    names = list(filters)
    for chosen in range(2 ** len(names)):
        picked = tuple(name for i, name in enumerate(names) if chosen >> i & 1)
        where = "".join(f" and {filters[name]}" for name in picked)
        queries[picked] = Query(table, f"{select}{where} {order}")
    return queries


_POSTINGS = _narrowed(
    "ledger_entries",
    f"select {_ROW} from ledger_entries where merchant_id = :merchant",
    "order by number desc limit :limit",
    currency="currency = :currency",
    account="account = :account",
    order_id="order_id = :order_id",
    before="number < :before",
)
_SETTLEMENTS = _narrowed(
    "settlements",
    _SETTLEMENT,
    "order by settles_at desc, id limit :limit offset :offset",
    currency="currency = :currency",
    status="status = :status",
)
_PAYOUTS = _narrowed(
    "payouts",
    _PAYOUT,
    "order by created_at desc, id desc limit :limit offset :offset",
    currency="currency = :currency",
)


class LedgerBook:
    """Postings, balances, settlements and payouts of one merchant."""

    def __init__(self, link: Link, merchant_id: str, now: datetime) -> None:
        self._link, self._merchant, self._now = link, merchant_id, now
        self._totals: dict[str, int] = {}
        """What the rows of each settlement that was read add up to."""

    def _narrow(
        self, queries: dict[tuple[str, ...], Query], filters: dict[str, Any], **parameters: Any
    ) -> Sequence[Sequence[Any]]:
        given = {name: value for name, value in filters.items() if value is not None}
        return self._link.rows(queries[tuple(given)], merchant=self._merchant, **given, **parameters)

    def post(self, postings: Iterable[Posting], *, allow_negative: bool = False) -> None:
        """Write pairs of rows. A key posted before is skipped and moves no balance.

        Raises ConcurrentChange (at the latest when the work has ended) where an own account that these postings
        take from, all together, would end below zero, unless allowed.
        """
        rows: list[tuple[Any, ...]] = []
        free = set()
        for posting in postings:
            rows.append(self._entry(posting, "out", posting.source, -posting.amount))
            rows.append(self._entry(posting, "in", posting.target, posting.amount))
            if allow_negative:
                free |= {
                    (self._merchant, posting.currency, account.value)
                    for account in (posting.source, posting.target)
                }
            # History is imported with its own dates, and into settlements that may be over.
            if posting.settlement_id and posting.kind in _TAKING and posting.at == self._now:
                self._link.pending.taken_from.add((self._merchant, posting.settlement_id))
        if rows:
            self._link.pending.add_entries(rows, free)

    def _entry(self, posting: Posting, leg: str, account: Account, amount: int) -> tuple[Any, ...]:
        return (
            self._merchant,
            f"{posting.key}:{leg}",
            posting.key,
            posting.kind.value,
            account.value,
            amount,
            posting.currency,
            posting.at,
            posting.order_id,
            posting.settlement_id,
            posting.reverses,
        )

    def balances(self, currency: str) -> Balances:
        """What the own accounts hold; the accounts of the world outside are not summed up."""
        rows = self._link.rows(_BALANCES, merchant=self._merchant, currency=currency)
        held = {str(account): int(amount) for account, amount in rows}
        return Balances(currency, {account: held.get(account.value, 0) for account in OWN_ACCOUNTS})

    def currencies(self) -> list[str]:
        """Currencies with any row on an own account."""
        return [str(row[0]) for row in self._link.rows(_CURRENCIES, merchant=self._merchant)]

    def postings(
        self,
        *,
        currency: str | None = None,
        account: str | None = None,
        order_id: str | None = None,
        limit: int = 100,
        before: int | None = None,
    ) -> list[LedgerRow]:
        """Rows, newest first, paged by row number."""
        filters = {"currency": currency, "account": account, "order_id": order_id, "before": before}
        rows = self._narrow(_POSTINGS, filters, limit=limit)
        return [_row(row) for row in rows]

    def settlements(
        self, *, currency: str | None = None, status: str | None = None, limit: int = 100, offset: int = 0
    ) -> list[Settlement]:
        """Settlements with their net parts, latest due first."""
        filters = {"currency": currency, "status": status}
        return self._with_parts(self._narrow(_SETTLEMENTS, filters, limit=limit, offset=offset))

    def due_settlements(self, now: datetime) -> list[Settlement]:
        """Open settlements that should have settled by now, earliest first."""
        return self._with_parts(self._link.rows(_DUE, merchant=self._merchant, now=now))

    def _with_parts(self, rows: Sequence[Sequence[Any]]) -> list[Settlement]:
        if not rows:
            return []
        ids = self._link.array([row[0] for row in rows])
        parts: dict[tuple[str, str], int] = {}
        totals: dict[str, int] = {row[0]: 0 for row in rows}
        for settlement, kind, amount in self._link.rows(_PARTS, merchant=self._merchant, ids=ids):
            parts[settlement, kind] = amount
            totals[settlement] += amount
        self._totals |= totals
        return [
            Settlement(
                id=row[0],
                currency=row[1],
                settles_at=moment(row[2]),
                status=SettlementStatus(row[3]),
                charges=parts.get((row[0], "charge"), 0),
                refunds=-parts.get((row[0], "refund"), 0),
                reversals=parts.get((row[0], "reversal"), 0),
                fees=-parts.get((row[0], "fee"), 0),
                recoveries=parts.get((row[0], "supplier_recovery"), 0),
            )
            for row in rows
        ]

    def mark_settled(self, settlement_id: str) -> bool:
        """`open → settled`; False when it was not open."""
        rows = self._link.rows(_ONE, merchant=self._merchant, id=settlement_id)
        if not rows or rows[0][3] != SettlementStatus.OPEN.value:
            return False
        if settlement_id not in self._totals:
            self._with_parts(rows)
        key = (self._merchant, settlement_id)
        self._link.pending.settling[key] = self._totals[settlement_id]
        self._link.pending.add(_SETTLE, (self._merchant, settlement_id, SettlementStatus.SETTLED.value))
        return True

    def open_settlement(self, settlement_id: str, currency: str, settles_at: datetime) -> None:
        """Make sure that a settlement exists."""
        row = (self._merchant, settlement_id, currency, settles_at, SettlementStatus.OPEN.value)
        self._link.pending.add(_OPEN, row)

    def payouts(self, *, currency: str | None = None, limit: int = 100, offset: int = 0) -> list[Payout]:
        """Payouts, newest first."""
        return [
            _payout(row) for row in self._narrow(_PAYOUTS, {"currency": currency}, limit=limit, offset=offset)
        ]

    def payout(self, payout_id: str) -> Payout | None:
        """The payout of that id."""
        rows = self._link.rows(_ONE_PAYOUT, merchant=self._merchant, id=payout_id)
        return next((_payout(row) for row in rows), None)

    def save_payout(self, payout: Payout) -> None:
        """Insert or write back."""
        row = (payout.id, payout.currency, payout.amount, payout.status.value)
        self._link.pending.add(_SAVE_PAYOUT, (self._merchant, *row, payout.created_at, payout.decided_at))

    def sum(self) -> int:
        """The sum of all rows; 0 or the books are broken."""
        return int(self._link.rows(_SUM, merchant=self._merchant)[0][0])


def _row(row: Sequence[Any]) -> LedgerRow:
    number, key, pair, kind, account, amount, currency, at, order_id, settlement_id, reverses = row
    return LedgerRow(
        number=number,
        key=key,
        pair=pair,
        kind=kind,
        account=account,
        amount=amount,
        currency=currency,
        at=moment(at),
        order_id=order_id,
        settlement_id=settlement_id,
        reverses=reverses,
    )


def _payout(row: Sequence[Any]) -> Payout:
    return Payout(
        id=row[0],
        currency=row[1],
        amount=row[2],
        status=PayoutStatus(row[3]),
        created_at=moment(row[4]),
        decided_at=optional_moment(row[5]),
    )
