"""The transition tables of the order page, section 2, written down once more."""

from __future__ import annotations

TABLES: dict[str, dict[str, str]] = {
    "return": {
        "requested": "approved rejected cancelled",
        "approved": "in_transit received cancelled",
        "in_transit": "received cancelled",
        "received": "closed",
    },
    "refund": {"pending": "succeeded failed unknown", "unknown": "succeeded failed", "succeeded": "failed"},
    "supplier review": {
        "requested": "under_review cancelled",
        "under_review": "approved partially_approved rejected cancelled",
    },
    "proposal": {
        "open": "confirmed cancelled superseded expired stale",
        "confirmed": "executed failed",
        "executed": "failed",
    },
    "settlement": {"open": "settled", "settled": "paid_out"},
    "payout": {"scheduled": "paid cancelled"},
}

STARTS: dict[str, set[str]] = {
    "return": {"requested", "approved"},
    "refund": {"pending"},
    "supplier review": {"requested"},
    "proposal": {"open"},
    "settlement": {"open"},
    "payout": {"scheduled"},
}

BY_WAY: set[tuple[str, str, str]] = {
    ("return", "approved", "closed"),
    ("return", "in_transit", "closed"),
    ("proposal", "open", "executed"),
    ("supplier review", "requested", "approved"),
    ("supplier review", "requested", "partially_approved"),
    ("supplier review", "requested", "rejected"),
}
"""Two steps in one write: received and closed by itself; confirmed and executed; under review with the verdict."""


def may_move(thing: str, before: str | None, after: str, *, runs: bool = False) -> bool:
    """Whether one write may bring it from there to here; `runs`: any number of writes."""
    if before is None:
        return after in STARTS[thing] or runs
    if before == after or (thing, before, after) in BY_WAY:
        return True
    reached, table = {before}, TABLES[thing]
    for _ in range(4 if runs else 1):
        reached |= {target for state in reached for target in table.get(state, "").split()}
    return after in reached
