"""Talking to a helpdesk's REST API: one client, clear errors, limits honoured, nothing acts twice."""

from __future__ import annotations

import asyncio
import email.utils
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from integrations.helpdesk.port import HelpdeskError, TicketConflict, TicketNotFound

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
LONGEST_WAIT = 5.0
"""Seconds a call waits by itself for a limit to pass; longer waits are the caller's (`retry_after`)."""
MOST_BYTES = 8_000_000
"""Of one answer of the API."""
MOST_PAGES = 50

Sleep = Callable[[float], Awaitable[object]]


@dataclass(slots=True)
class Wire:
    """One helpdesk's API at `base`. Redirects are not followed: they would carry the credentials elsewhere."""

    base: str
    headers: Mapping[str, str]
    most_bytes: int = MOST_BYTES
    transport: httpx.AsyncBaseTransport | None = None
    sleep: Sleep = asyncio.sleep
    _client: httpx.AsyncClient | None = field(default=None, init=False)

    @property
    def client(self) -> httpx.AsyncClient:
        """Made when it is first needed, in the loop that needs it."""
        if self._client is None:
            self._client = httpx.AsyncClient(
                base_url=self.base,
                headers=dict(self.headers),
                timeout=TIMEOUT,
                follow_redirects=False,
                trust_env=False,
                transport=self.transport,
            )
        return self._client

    async def get(self, path: str, **parameters: Any) -> Any:
        """JSON of a GET; tried again once where a limit passes soon."""
        return (await self.send("GET", path, params=parameters or None)).json()

    async def send(self, method: str, path: str, **given: Any) -> httpx.Response:
        """The answer where it is a success. Raises HelpdeskError, TicketNotFound, TicketConflict.

        429 is waited out once where it says to wait no longer than LONGEST_WAIT: the API did nothing then.
        """
        response = await self._once(method, path, given)
        wait = _retry_after(response)
        if response.status_code == 429 and wait is not None and wait <= LONGEST_WAIT:
            await self.sleep(wait)
            response = await self._once(method, path, given)
        _raise_for(response)
        return response

    async def _once(self, method: str, path: str, given: dict[str, Any]) -> httpx.Response:
        try:
            request = self.client.build_request(method, path, **given)
            response = await self.client.send(request, stream=True)
            try:
                body = b""
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > self.most_bytes:
                        raise HelpdeskError(f"an answer of more than {self.most_bytes} bytes")
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise HelpdeskError(f"no answer in time ({type(error).__name__})", 5.0) from error
        except httpx.HTTPError as error:
            raise HelpdeskError(f"cannot be reached ({type(error).__name__})", 5.0) from error
        kept = {k: v for k, v in response.headers.items() if k not in ("content-encoding", "content-length")}
        return httpx.Response(response.status_code, headers=kept, content=body, request=request)

    def path_of(self, address: str) -> str:
        """The next page's address as a path here. Raises HelpdeskError where it leads elsewhere."""
        ours, theirs = urlsplit(self.base), urlsplit(address)
        if theirs.netloc and (ours.scheme, ours.netloc) != (theirs.scheme, theirs.netloc):
            raise HelpdeskError("the next page is said to be on another host")
        return f"{theirs.path}?{theirs.query}" if theirs.query else theirs.path

    async def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None


def _raise_for(response: httpx.Response) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise TicketNotFound("no such ticket, or not for us")
    if status in (409, 412):
        raise TicketConflict("the ticket changed since it was read")
    if status in (401, 403):
        raise HelpdeskError(f"the helpdesk refuses our credentials ({status})")
    if status == 429:
        raise HelpdeskError("too many calls to the helpdesk", _retry_after(response) or 60.0)
    if status >= 500:
        raise HelpdeskError(f"the helpdesk is in trouble ({status})", _retry_after(response) or 10.0)
    raise HelpdeskError(f"the helpdesk answered {status}")


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, from Retry-After (seconds or a date) or the reset of a rate limit that is used up; 0 to 3600."""
    value = response.headers.get("retry-after", "")
    if not value and response.headers.get("x-rate-limit-remaining") == "0":
        value = response.headers.get("ratelimit-reset", "")
    if value.strip().isdigit():
        return min(float(value), 3600.0)
    try:
        at = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(0.0, (at - datetime.now(UTC)).total_seconds()), 3600.0)
