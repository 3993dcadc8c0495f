"""The configuration, the database and the merchant: what every command opens, also one that runs nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from domain.settings import Merchant
from integrations.demo.shop import seed_demo
from integrations.settings import Settings
from integrations.storage.database import Database, open_database
from integrations.storage.identity import SystemClock


class UnknownMerchant(LookupError):
    """No merchant of that id in this database."""


class Misconfigured(ValueError):
    """Settings that do not go together; the message names them."""


def load_settings(**changes: Any) -> Settings:
    """The configuration from the environment, with what a command was told on top. Raises ValidationError."""
    return Settings(**{name: value for name, value in changes.items() if value is not None})


@asynccontextmanager
async def opened(
    settings: Settings, *, create: bool = False, demo: bool = False
) -> AsyncIterator[tuple[Database, Merchant]]:
    """The database and the merchant alone, the demo shop's with `demo`. Raises UnknownMerchant, StorageUnavailable.

    `create` makes a shop of the configured name where there is none yet.
    """
    store = await open_database(settings.url, clock=SystemClock())
    try:
        yield store, await (seed_demo(store) if demo else merchant_of(store, settings, create=create))
    finally:
        await store.close()


async def merchant_of(store: Database, settings: Settings, *, create: bool) -> Merchant:
    """The configured merchant; with `create` made where there is none yet. Raises UnknownMerchant."""
    for merchant in await store.merchants():
        if merchant.id == settings.merchant:
            return merchant
    if not create:
        name = settings.merchant
        raise UnknownMerchant(f"no merchant {name!r} in this database; `desk import` or `--demo` makes one")
    merchant = Merchant(id=settings.merchant, name=settings.merchant, base_currency=settings.currency)
    await store.save_merchant(merchant)
    return merchant
