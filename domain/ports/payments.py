"""Where money really moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ProviderRequest:
    """A refund as a payment provider is asked for it."""

    key: str
    """Idempotency key: always the same for the same part of the same refund."""
    refund_id: str
    payment_ref: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """What a provider says. `status`: ``succeeded``, ``failed`` or ``pending`` (it will tell later)."""

    status: str
    ref: str = ""
    reason: str = ""


class ProviderTimeout(Exception):
    """No answer: the refund may or may not have happened."""


class ProviderUnavailable(Exception):
    """It surely did not happen: the provider could not be reached or refused to take the request now."""


class PaymentProvider(Protocol):
    """Where money really moves."""

    async def refund(self, request: ProviderRequest) -> ProviderAnswer:
        """Ask for a refund. Raises ProviderTimeout, ProviderUnavailable."""
        ...

    async def lookup(self, request: ProviderRequest) -> ProviderAnswer | None:
        """What the provider knows of it, by key or metadata; None when it never heard of it.

        Raises ProviderTimeout, ProviderUnavailable.
        """
        ...
