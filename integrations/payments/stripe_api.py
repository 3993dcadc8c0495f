"""Stripe's HTTP API: one request at a time, and what its errors mean for money.

No retries here: the worker asks again with the same key. What matters is whether a request may have had an effect:
a connection that could not be made and a refusal to take the request (401, 403, 429) had none; everything that broke
off, every 5xx and a key that is still being worked on may have.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import httpx

from domain.ports import ProviderTimeout, ProviderUnavailable
from integrations.payments.errors import IdempotencyConflict

log = logging.getLogger(__name__)

VERSION = "2025-04-30.basil"
"""The API version every request and every expected event is written in."""
CONNECT_SECONDS = 5.0
_NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_KEY_REFUSED = "idempotency_error"


class StripeRefused(Exception):
    """Stripe understood the request and said no; nothing happened."""

    def __init__(self, status: int, code: str, param: str, message: str) -> None:
        super().__init__(f"{status} {code or 'refused'}: {message}")
        self.status, self.code, self.param, self.message = status, code, param, message


class StripeApi:
    """A connection to one Stripe account. `url` is another address for tests; `account` acts for a connected one."""

    def __init__(
        self,
        key: str,
        *,
        url: str = "https://api.stripe.com",
        account: str = "",
        timeout_seconds: float = 15.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        headers = {"Authorization": f"Bearer {key}", "Stripe-Version": VERSION}
        if account:
            headers["Stripe-Account"] = account
        self._client = httpx.AsyncClient(
            base_url=url,
            headers=headers,
            timeout=httpx.Timeout(timeout_seconds, connect=min(CONNECT_SECONDS, timeout_seconds)),
            transport=transport,
            follow_redirects=False,
        )

    async def get(self, path: str, params: Mapping[str, str | int] | None = None) -> dict[str, Any]:
        """Read. Raises StripeRefused, ProviderTimeout, ProviderUnavailable."""
        return await self._send("GET", path, params=dict(params or {}))

    async def post(self, path: str, form: Mapping[str, str | int], *, key: str) -> dict[str, Any]:
        """Write, once for each key. Raises StripeRefused, IdempotencyConflict, ProviderTimeout, ProviderUnavailable."""
        return await self._send("POST", path, data=dict(form), headers={"Idempotency-Key": key})

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _send(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        try:
            response = await self._client.request(method, path, **request)
        except _NOTHING_SENT as error:
            raise ProviderUnavailable(f"stripe cannot be reached: {type(error).__name__}") from error
        except httpx.HTTPError as error:
            raise ProviderTimeout(f"stripe: no answer: {type(error).__name__}") from error
        return _understood(response, str(request.get("headers", {}).get("Idempotency-Key", "")))


def _understood(response: httpx.Response, key: str) -> dict[str, Any]:
    """The body of a success; every other answer as the error it is."""
    status, body = response.status_code, _json(response)
    if status == 200 and body:
        return body
    error = body.get("error")
    error = error if isinstance(error, dict) else {}
    code, request_id = str(error.get("code") or ""), response.headers.get("request-id", "")
    said = f"stripe answered {status} {code} ({request_id})"
    if status == 429:
        raise ProviderUnavailable(said, retry_after=_seconds(response.headers.get("retry-after")))
    if status in (401, 403):
        log.error("%s: the key is wrong or may not make refunds", said)
        raise ProviderUnavailable(said)
    if error.get("type") == _KEY_REFUSED and status != 409:
        raise IdempotencyConflict(key)
    if status in (400, 402, 404):
        raise StripeRefused(status, code, str(error.get("param") or ""), str(error.get("message") or ""))
    raise ProviderTimeout(said)


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _seconds(value: str | None) -> float | None:
    """A Retry-After in seconds; Stripe sends no dates."""
    try:
        return max(0.0, float(value)) if value else None
    except ValueError:
        return None
