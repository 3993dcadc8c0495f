"""After each step: read both shops, tell what changed, check what must hold."""

from __future__ import annotations

from typing import Any

import orjson

from evals.faults.oracle.values import Doc
from evals.faults.watch.books import check_books
from evals.faults.watch.look import Look
from evals.faults.watch.orders import check_orders
from evals.faults.watch.proposals import check_proposals
from evals.faults.watch.shop import Change, Entry, Shop, hold

_ENTRIES = (
    "select merchant_id, number, key, pair, kind, account, amount, currency, settlement_id, reverses "
    "from ledger_entries where merchant_id in (?, ?) and number > ? order by number"
)


class Watcher:
    """Sees two shops."""

    def __init__(self, look: Look, merchants: tuple[str, str]) -> None:
        self.look, self.merchants = look, merchants
        self.shops = {merchant: Shop(merchant) for merchant in merchants}
        self._last = 0

    def _of_both(self, sql: str) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = {merchant: [] for merchant in self.merchants}
        for merchant, *row in self.look.rows(f"{sql} where merchant_id in (?, ?)", *self.merchants):
            found[merchant].append(tuple(row))
        return found

    def settings(self) -> None:
        """Read the shops' settings anew."""
        for merchant, text in self.look.rows(
            "select id, settings from merchants where id in (?, ?)", *self.merchants
        ):
            self.shops[merchant].settings = orjson.loads(text)

    def see(self, touched: set[str], *, runs: bool = False, meddled: bool = False) -> dict[str, Change]:
        """Read, compare, check; only the touched shops may have changed. `runs`: many writes at once.

        `meddled`: somebody wrote past the desk, and so past its audit.
        """
        changes = {merchant: Change(shop) for merchant, shop in self.shops.items()}
        self._orders(changes)
        self._proposals(changes)
        self._ledger(changes)
        self._settlements(changes)
        self._payouts(changes)
        self._work(changes)
        for merchant, change in changes.items():
            hold(merchant in touched or change.nothing, f"a write to {touched} changed {merchant}: {change}")
            check_orders(change, runs=runs)
            check_proposals(change, runs=runs)
            check_books(change, runs=runs)
            told = change.events >= len(change.proposals)
            hold(told or meddled, f"{merchant}: proposals changed and nothing was written down: {change}")
        return changes

    def _orders(self, changes: dict[str, Change]) -> None:
        for merchant, rows in self._of_both("select merchant_id, id, revision from orders").items():
            shop, change = self.shops[merchant], changes[merchant]
            for order_id, revision in rows:
                if shop.revisions.get(order_id) == revision:
                    continue
                sql = "select doc, version from orders where merchant_id = ? and id = ?"
                text, version = self.look.rows(sql, merchant, order_id)[0]
                doc: Doc = {**orjson.loads(text), "version": version}
                change.orders[order_id] = shop.orders.get(order_id), doc
                shop.orders[order_id], shop.revisions[order_id] = doc, revision

    def _proposals(self, changes: dict[str, Change]) -> None:
        for merchant, rows in self._of_both("select merchant_id, id, state from proposals").items():
            shop, change = self.shops[merchant], changes[merchant]
            for proposal_id, state in rows:
                known = shop.proposals.get(proposal_id)
                if known is not None and known["state"] == state:
                    continue
                sql = "select doc from proposals where merchant_id = ? and id = ?"
                doc: Doc = orjson.loads(self.look.rows(sql, merchant, proposal_id)[0][0])
                hold(doc["state"] == state, f"{proposal_id} is {state} and says {doc['state']}")
                change.proposals[proposal_id] = known, doc
                shop.proposals[proposal_id] = doc

    def _ledger(self, changes: dict[str, Change]) -> None:
        for merchant, *row in self.look.rows(_ENTRIES, *self.merchants, self._last):
            entry = Entry(*row)
            self._last = max(self._last, entry.number)
            changes[merchant].entries.append(entry)
            self.shops[merchant].books.take(entry)
        sql = "select merchant_id, currency, account, amount from account_balances"
        for merchant, rows in self._of_both(sql).items():
            self.shops[merchant].balances = {(row[0], row[1]): row[2] for row in rows}

    def _settlements(self, changes: dict[str, Change]) -> None:
        sql = "select merchant_id, id, status, currency, settles_at from settlements"
        for merchant, rows in self._of_both(sql).items():
            known = self.shops[merchant].settlements
            for key, status, currency, due in rows:
                if key not in known or known[key][0] != status:
                    before = known[key][0] if key in known else None
                    changes[merchant].settlements[key] = before, status
                    known[key] = status, currency, str(due)

    def _payouts(self, changes: dict[str, Change]) -> None:
        for merchant, rows in self._of_both("select merchant_id, id, status from payouts").items():
            for key, status in rows:
                before = self.shops[merchant].payouts.get(key)
                if before != status:
                    changes[merchant].payouts[key] = before, status
                    self.shops[merchant].payouts[key] = status

    def _work(self, changes: dict[str, Change]) -> None:
        for merchant, rows in self._of_both("select merchant_id, kind, key, state from jobs").items():
            for kind, key, state in rows:
                if (kind, key) not in self.shops[merchant].jobs:
                    changes[merchant].jobs.append((kind, key))
                self.shops[merchant].jobs[kind, key] = state
        for merchant in self.merchants:
            sql = "select count(*) from audit_events where merchant_id = ?"
            count = int(self.look.rows(sql, merchant)[0][0])
            changes[merchant].events = count - self.shops[merchant].events
            hold(changes[merchant].events >= 0, f"audit events of {merchant} are gone")
            self.shops[merchant].events = count
