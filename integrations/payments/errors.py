"""What goes wrong with a provider beyond a time-out and unavailability (those are in :mod:`domain.ports`)."""

from __future__ import annotations


class IdempotencyConflict(Exception):
    """A key was used again for another amount, currency or payment. Nothing was done; asking again is no use."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key} belongs to a different refund")
        self.key = key
