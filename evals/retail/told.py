"""What comes out where a credit note is told as a conversation, and what all stories are made of."""

from __future__ import annotations

from typing import Any

from evals.retail.data import Given, Note, pounds

CONFIRM = {"event": "confirm"}
Told = tuple[list[dict[str, Any]], dict[str, Any]]
"""Turns and expectations."""


def only(note: Note) -> Given:
    """The line that is given back."""
    return note.given[0]


def refund(note: Note, reason: str, *given: Given) -> dict[str, Any]:
    """What has to come out where these units are given back."""
    taken = given or tuple(note.given)
    total = sum(entry.amount for entry in taken)
    lines = [{"sku": e.code, "qty": e.units, "amount": pounds(e.amount)} for e in taken]
    return {
        "proposal": {"kind": "refund", "reason": reason, "amount": pounds(total), "lines": lines},
        "executed": True,
        "paid": {"GBP": pounds(total)},
        "db": {note.order: {"remaining": pounds(note.paid - note.earlier - total)}},
    }
