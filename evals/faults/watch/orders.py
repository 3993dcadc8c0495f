"""What must hold on every order, and how it may change from one write to the next."""

from __future__ import annotations

from evals.faults.oracle.tables import may_move
from evals.faults.oracle.values import Doc, captured, left, rest, shipping_left, tally, tax_left
from evals.faults.watch.shop import Change, hold

_QUIET = {"evidence", "claims", "communication_log", "note", "version"}
"""Parts that may change without a new version."""
_FULFILMENT = {
    "unfulfilled": {"processing", "shipped", "cancelled"},
    "processing": {"shipped", "cancelled"},
    "shipped": {"delivered"},
    "cancelled": {"unfulfilled"},
}
"""`cancelled → unfulfilled`: a refund that had cancelled the units failed."""


def check_orders(change: Change, *, runs: bool) -> None:
    """Of every order that changed."""
    for before, after in change.orders.values():
        name = f"{change.shop.id} {after['number']}"
        _money(name, after)
        _lines(name, after)
        for refund in after["refunds"]:
            _refund(f"{name} {refund['id']}", refund)
        if before is not None:
            _moves(name, before, after, runs=runs)
            _version(name, before, after)


def _money(name: str, order: Doc) -> None:
    hold(left(order) >= 0, f"{name}: {left(order)} left of {captured(order)} captured")
    for payment in order["payments"]:
        hold(rest(order, payment) >= 0, f"{name}: payment {payment['id']} gives more than was captured")
    hold(shipping_left(order) >= 0, f"{name}: more shipping is refunded than was paid")
    hold(tax_left(order) >= 0, f"{name}: more tax is refunded than was paid")


def _lines(name: str, order: Doc) -> None:
    for line in order["lines"]:
        now = tally(order, line)
        where = f"{name} {line['id']}"
        hold(
            now.refunded + now.held <= now.units, f"{where}: {now.refunded} refunded + {now.held} in returns"
        )
        hold(now.amount <= now.cost, f"{where}: {now.amount} given back of {now.cost}")
        hold(now.tax <= line["tax"], f"{where}: tax {now.tax} given back of {line['tax']}")


def _refund(name: str, refund: Doc) -> None:
    status, parts = refund["status"], refund["allocations"]
    amount, goods = refund["amount"], sum(part["amount"] for part in refund["lines"])
    hold(0 <= refund["tax"] <= amount, f"{name}: tax {refund['tax']} in {amount}")
    hold(goods + refund["shipping"] <= amount, f"{name}: lines and shipping are more than {amount}")
    for part in refund["lines"]:
        hold(0 <= part["tax"] <= part["amount"], f"{name}: tax {part['tax']} of {part['line']}")
    seen = {part["status"] for part in parts}
    if status in ("pending", "unknown"):
        hold(sum(part["amount"] for part in parts) == amount, f"{name}: the split is not the amount")
        hold(seen & {"pending", "unknown"}, f"{name}: {status}, but every part has ended: {seen}")
        hold(status == "unknown" or "unknown" not in seen, f"{name}: {status}, {seen}")
    if status == "succeeded":
        given = sum(part["amount"] for part in parts if part["status"] == "succeeded")
        hold(given == amount, f"{name}: {given} given of {amount}")
        hold(seen <= {"succeeded", "failed"}, f"{name}: succeeded with {seen}")
    if status == "failed":
        hold(seen <= {"failed"}, f"{name}: failed with {seen}")
    elif refund["funding"]:
        hold(
            sum(part["amount"] for part in refund["funding"]) == amount,
            f"{name}: the funding is not the amount",
        )


def _moves(name: str, before: Doc, after: Doc, *, runs: bool) -> None:
    for thing, key in (("return", "returns"), ("refund", "refunds"), ("supplier review", "supplier_reviews")):
        earlier = {item["id"]: item["status"] for item in before[key]}
        later = {item["id"]: item["status"] for item in after[key]}
        hold(earlier.keys() <= later.keys(), f"{name}: a {thing} is gone")
        for item_id, status in later.items():
            legal = may_move(thing, earlier.get(item_id), status, runs=runs)
            hold(legal, f"{name}: {thing} {item_id} went from {earlier.get(item_id)} to {status}")
    for one, other in zip(before["lines"], after["lines"], strict=True):
        source, target = one["fulfilment"], other["fulfilment"]
        legal = source == target or runs or target in _FULFILMENT.get(source, set())
        hold(legal, f"{name}: line {one['id']} went from {source} to {target}")


def _loud(order: Doc) -> Doc:
    """The order without what may change quietly."""
    kept = {key: value for key, value in order.items() if key not in _QUIET}
    kept["returns"] = [
        {k: v for k, v in ret.items() if k not in ("label", "label_requested", "tracking", "history", "note")}
        for ret in order["returns"]
    ]
    kept["refunds"] = [
        {**refund, "allocations": [{**part, "provider_ref": ""} for part in refund["allocations"]]}
        for refund in order["refunds"]
    ]
    return kept


def _version(name: str, before: Doc, after: Doc) -> None:
    grown = after["version"] - before["version"]
    changed = _loud(before) != _loud(after)
    hold(grown >= (1 if changed else 0), f"{name}: changed without a new version")
