"""Which provider moves the money, opened with what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from domain.ports import Clock, PaymentProvider, RecordingProvider
from integrations.payments.sandbox import SandboxProvider


@dataclass(frozen=True, slots=True)
class StripeAccess:
    """How Stripe is reached."""

    key: str
    url: str
    account: str
    timeout_seconds: float


def open_provider(books: Path, clock: Clock, stripe: StripeAccess | None) -> RecordingProvider:
    """Stripe where its access is given, else the sandbox with its books in that file."""
    if stripe is None:
        return SandboxProvider(books, clock=clock)
    from integrations.payments.stripe import StripeProvider
    from integrations.payments.stripe_api import StripeApi

    api = StripeApi(
        stripe.key, url=stripe.url, account=stripe.account, timeout_seconds=stripe.timeout_seconds
    )
    return StripeProvider(api)


class NotConnected(KeyError):
    """A payment was made with a provider that this desk is not connected to; nobody can be asked."""

    def __str__(self) -> str:
        return (
            f"payments of {self.args[0]!r} cannot be refunded: the provider is not connected (DESK_PAYMENTS)"
        )


def by_name(provider: PaymentProvider, name: str) -> Callable[[str], PaymentProvider]:
    """The provider of a payment. The sandbox stands in for all of them. Raises NotConnected."""

    def find(asked: str) -> PaymentProvider:
        if name not in ("sandbox", asked):
            raise NotConnected(asked)
        return provider

    return find
