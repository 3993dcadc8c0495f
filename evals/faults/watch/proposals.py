"""What must hold for proposals: one open one an order, decided once, never altered."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import datetime

from evals.faults.oracle.tables import may_move
from evals.faults.oracle.values import Doc
from evals.faults.watch.shop import Change, hold

_FIXED = (
    "id", "merchant_id", "order_id", "order_number", "order_version", "policy_version", "kind", "payload",
    "preview", "sha256", "created_by", "created_at", "expires_at", "supersedes",
)  # fmt: skip


def check_proposals(change: Change, *, runs: bool) -> None:
    """Of every proposal that changed."""
    for before, after in change.proposals.values():
        name, source = f"{change.shop.id} {after['id']}", before["state"] if before else None
        legal = may_move("proposal", source, after["state"], runs=runs or before is None)
        hold(legal, f"{name} went from {source} to {after['state']}")
        hold(after["sha256"] == _sha256(after), f"{name}: its hash is not of what it says")
        if before is not None:
            changed = [key for key in _FIXED if before[key] != after[key]]
            hold(not changed, f"{name}: {changed} changed")
        if after["state"] in ("confirmed", "executed", "failed"):
            _decided(name, after, source)
    if change.proposals:
        waiting = Counter(proposal["order_id"] for proposal in change.shop.open_proposals())
        hold(max(waiting.values(), default=0) <= 1, f"{change.shop.id}: two open proposals: {waiting}")


def _decided(name: str, after: Doc, source: str | None) -> None:
    hold(after["confirmed_by"], f"{name} is {after['state']} and nobody confirmed it")
    hold(after["confirmed_by"] == after["decided_by"], f"{name}: confirmed by one, decided by another")
    if source == "open" and after["expires_at"] and after["decided_at"]:
        in_time = datetime.fromisoformat(after["decided_at"]) < datetime.fromisoformat(after["expires_at"])
        hold(in_time, f"{name} was confirmed after it ran out")


def _sha256(proposal: Doc) -> str:
    """Kind, order, payload and preview (all but the balances), as canonical JSON."""
    preview = {k: v for k, v in proposal["preview"].items() if k not in ("balances_before", "balances_after")}
    seen = {
        "kind": proposal["kind"],
        "order": proposal["order_id"],
        "payload": proposal["payload"],
        "preview": preview,
    }
    text = json.dumps(seen, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
