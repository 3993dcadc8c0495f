"""What must hold for the ledger, its balances, settlements and payouts."""

from __future__ import annotations

from evals.faults.oracle.tables import may_move
from evals.faults.watch.shop import OWN, Change, hold


def check_books(change: Change, *, runs: bool) -> None:
    """Pairs, sums, balances, limits, and the states of settlements and payouts."""
    shop, books = change.shop, change.shop.books
    for entry in change.entries:
        hold(
            books.pairs[entry.pair] == 0,
            f"{shop.id}: the rows of {entry.pair} sum to {books.pairs[entry.pair]}",
        )
    for (currency, account), amount in books.held.items():
        if account in OWN:
            kept = shop.balances.get((currency, account), 0)
            hold(
                kept == amount, f"{shop.id}: {account} {currency} is kept as {kept}, its rows sum to {amount}"
            )
    _limits(change)
    _refunds(change)
    _reversals(change)
    for key, (before, after) in change.settlements.items():
        hold(may_move("settlement", before, after, runs=True), f"settlement {key}: {before} to {after}")
    for key, (before, after) in change.payouts.items():
        hold(may_move("payout", before, after, runs=runs), f"payout {key}: {before} to {after}")
    for key, (status, *_) in shop.settlements.items():
        held = books.settlement_nets.get(key, 0)
        hold(status == "open" or held == 0, f"settlement {key} is over and holds {held}")


def _refunds(change: Change) -> None:
    """What stays taken for a refund is what it gives; nothing, where it failed."""
    books = change.shop.books
    for _, order in change.orders.values():
        for refund in order["refunds"]:
            if refund["id"] not in change.shop.proposals:
                continue
            pairs = [f"refund:{refund['id']}:{i}" for i in range(len(refund["funding"]))]
            taken = sum(books.entries[f"{pair}:in"].amount - books.reversed.get(pair, 0) for pair in pairs)
            given = 0 if refund["status"] == "failed" else refund["amount"]
            hold(taken == given, f"{refund['id']} is {refund['status']}: {taken} taken for {given}")


def _limits(change: Change) -> None:
    """What staff take from an account leaves it at 0 or above, unless the shop allows less."""
    if change.shop.settings.get("negative_balance"):
        return
    for entry in change.entries:
        if entry.kind in ("refund", "payout", "reserve") and entry.account in OWN and entry.amount < 0:
            now = change.shop.books.held[entry.currency, entry.account]
            hold(now >= 0, f"{entry.key} took {entry.account} {entry.currency} to {now}")


def _reversals(change: Change) -> None:
    books = change.shop.books
    for entry in change.entries:
        if entry.reverses is None:
            continue
        taken = books.entries.get(f"{entry.reverses}:in")
        hold(taken is not None, f"{entry.key} reverses {entry.reverses}, which is not there")
        if taken is not None:
            back = books.reversed[entry.reverses]
            hold(back <= taken.amount, f"{entry.reverses}: {back} reversed of {taken.amount}")
