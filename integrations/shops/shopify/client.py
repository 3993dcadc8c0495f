"""One question to Shopify, and what its answers mean."""

from __future__ import annotations

from typing import Any

import httpx

from integrations.shops.port import ShopError, WriteRefused
from integrations.shops.shopify.queries import VERSION

_SECONDS = 15.0
_THROTTLED_SECONDS = 2.0


class ShopifyClient:
    """The Admin API of one shop: ``https://SHOP.myshopify.com``."""

    def __init__(self, url: str, token: str, client: httpx.AsyncClient | None = None) -> None:
        self._url = f"{url.rstrip('/')}/admin/api/{VERSION}/graphql.json"
        self._headers = {"X-Shopify-Access-Token": token}
        self._client = client or httpx.AsyncClient(timeout=_SECONDS, follow_redirects=False)

    async def ask(self, question: str, /, **variables: Any) -> dict[str, Any]:
        """The `data` of the answer. Raises ShopError where trying again may help, WriteRefused where it will not."""
        try:
            answer = await self._client.post(
                self._url, json={"query": question, "variables": variables}, headers=self._headers
            )
        except httpx.HTTPError as error:
            raise ShopError(f"no answer: {type(error).__name__}") from error
        if answer.status_code == 429:
            wait = answer.headers.get("retry-after", "")
            raise ShopError("too many requests", float(wait) if wait.replace(".", "", 1).isdecimal() else 2.0)
        if answer.status_code in (401, 402, 403, 404, 423):
            raise WriteRefused(f"answered {answer.status_code}: is the access token still good?")
        if not answer.is_success:
            raise ShopError(f"answered {answer.status_code}")
        return _data(answer)

    async def change(self, mutation: str, /, **variables: Any) -> dict[str, Any]:
        """A mutation's payload. Raises WriteRefused with the shop's own words where it has user errors."""
        data = await self.ask(mutation, **variables)
        payload = next(iter(data.values())) or {}
        errors = payload.get("userErrors") or []
        if errors:
            raise WriteRefused("; ".join(str(each.get("message", "refused")) for each in errors))
        return dict(payload)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _data(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError as error:
        raise ShopError("answered something that is no JSON") from error
    errors = body.get("errors") or []
    if not errors:
        return dict(body.get("data") or {})
    codes = {str(each.get("extensions", {}).get("code", "")) for each in errors if isinstance(each, dict)}
    if codes & {"THROTTLED", "INTERNAL_SERVER_ERROR", "TIMEOUT"}:
        raise ShopError(", ".join(sorted(codes)).lower(), _THROTTLED_SECONDS)
    raise WriteRefused("; ".join(str(each.get("message", each)) for each in errors)[:300])
