"""Where money really moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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

    def __init__(self, message: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds the provider asks to be left alone for, where it said so."""


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """A refund as it stands in a provider's own books, whoever asked for it. `amount` is minor units."""

    ref: str
    """The provider's own name for it."""
    payment_refs: tuple[str, ...]
    """The provider's names for the payment it goes back to."""
    amount: int
    currency: str
    status: str
    """``succeeded``, ``failed`` or ``pending``."""
    at: datetime
    key: str = ""
    """Our idempotency key; empty where somebody else asked for it."""
    refund_id: str = ""
    reason: str = ""


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


class PaymentRecords(Protocol):
    """A provider's own books, to compare ours with."""

    async def refunds(self, since: datetime, until: datetime) -> list[ProviderRefund]:
        """Every refund made from `since` until before `until`, oldest first.

        Raises ProviderTimeout, ProviderUnavailable.
        """
        ...

    async def refunds_of(self, payment_ref: str) -> list[ProviderRefund]:
        """Every refund of a payment, oldest first. Raises ProviderTimeout, ProviderUnavailable."""
        ...


class RecordingProvider(PaymentProvider, PaymentRecords, Protocol):
    """Moves money and can be asked what it moved."""

    async def aclose(self) -> None:
        """Give back connections and files."""
        ...
