"""The configured shop, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from domain.ports import Clock
from integrations.shops.port import Shop
from integrations.shops.shopify.client import ShopifyClient
from integrations.shops.shopify.shop import ShopifyShop
from integrations.shops.signed import SignedShop


def connect(
    kind: str, *, url: str, token: str, secrets: Sequence[str], sources: Mapping[str, str], clock: Clock
) -> Shop:
    """`shopify` or `signed`."""
    if kind == "shopify":
        domain = urlsplit(url).hostname or ""
        return ShopifyShop(ShopifyClient(url, token), domain=domain, secrets=secrets, sources=sources)
    return SignedShop(secrets, url, clock)
