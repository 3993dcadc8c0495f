"""Shopify as a shop: signed webhooks that say what changed, a pull by `updated_at`, decisions written back."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import orjson

from integrations.shops.port import Changed, News, Page, ShopWebhookRefused, WriteBack
from integrations.shops.shopify import queries
from integrations.shops.shopify.client import ShopifyClient
from integrations.shops.shopify.mapping import order_news
from integrations.shops.shopify.writing import write

_TOPICS = ("orders/", "refunds/", "returns/", "fulfillments/", "disputes/", "order_transactions/")


class ShopifyShop:
    """One Shopify shop. `secrets` sign its webhooks; several while one is being replaced."""

    name = "shopify"
    wants_problems = False

    def __init__(
        self, client: ShopifyClient, *, domain: str, secrets: Sequence[str], sources: Mapping[str, str]
    ) -> None:
        self._client, self._domain = client, domain
        self._secrets, self._sources = list(secrets), dict(sources)

    def read_webhook(self, headers: Mapping[str, str], body: bytes, now: datetime) -> list[News]:
        """Which order changed. Raises ShopWebhookRefused."""
        given = headers.get("x-shopify-hmac-sha256", "").encode()
        wanted = [
            base64.b64encode(hmac.new(each.encode(), body, hashlib.sha256).digest()) for each in self._secrets
        ]
        if not any(hmac.compare_digest(one, given) for one in wanted):
            raise ShopWebhookRefused("the signature is wrong")
        if headers.get("x-shopify-shop-domain", "") != self._domain:
            raise ShopWebhookRefused("another shop's")
        delivery = headers.get("x-shopify-webhook-id", "")
        if not delivery:
            raise ShopWebhookRefused("no delivery id")
        topic = headers.get("x-shopify-topic", "")
        order_id = _order_id(topic, body) if topic.startswith(_TOPICS) else ""
        return [Changed(order_id, delivery)] if order_id else []

    async def fetch(self, shop_id: str) -> News | None:
        """The order as it is now."""
        order = (await self._client.ask(queries.ORDER, id=shop_id)).get("order")
        return order_news(order, self._sources) if order else None

    async def pull(self, since: datetime | None, cursor: str) -> Page:
        """Ten orders by when they changed; large orders cost Shopify's quota, and a page must fit into it."""
        wanted = f"updated_at:>='{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'" if since else None
        found = (await self._client.ask(queries.ORDERS, query=wanted, after=cursor or None))["orders"]
        news = [order_news(order, self._sources) for order in found["nodes"]]
        more = found["pageInfo"]
        return Page(news, str(more["endCursor"]) if more["hasNextPage"] else "")

    async def write_back(self, what: WriteBack, shop_id: str) -> str:
        """Once: found by the desk's own id, or by the state the return is in."""
        return await write(self._client, what, shop_id)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def _order_id(topic: str, body: bytes) -> str:
    """The order that a webhook is about; its payload differs by topic."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise ShopWebhookRefused("signed, but no JSON") from error
    if not isinstance(payload, dict):
        return ""
    if topic.startswith("orders/"):
        return str(payload.get("admin_graphql_api_id") or _gid(payload.get("id")))
    order = payload.get("order")
    named = order.get("admin_graphql_api_id") if isinstance(order, dict) else None
    return str(named or payload.get("admin_graphql_api_order_id") or _gid(payload.get("order_id")))


def _gid(number: object) -> str:
    return f"gid://shopify/Order/{number}" if isinstance(number, int) else ""
