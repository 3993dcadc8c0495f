"""What stands before the replicas: each request to the next one, whoever had the one before.

A request that met a closed door, a connection that broke before the answer, or a 503 goes to the next replica, with the
same Idempotency-Key. One that is still worked on elsewhere (409) is asked for again a moment later.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from typing import Any

import httpx

_PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.1
_IN_USE = "idempotency_key_in_use"


class NoAnswer(RuntimeError):
    """A request that nobody answered."""


class Balancer:
    """Round robin, without stickiness. `again`: whether what failed goes to the next; without it, it is lost."""

    def __init__(self, urls: Sequence[str], *, again: bool = True) -> None:
        self._urls, self._again = list(urls), again
        self._next = itertools.count()
        self._client = httpx.AsyncClient(timeout=_PATIENCE_SECONDS, trust_env=False)
        self.moved_on = 0
        """Times that a request went to another replica."""
        self.seconds: list[float] = []
        """How long each answered request took, with all its attempts."""

    async def post(self, path: str, token: str, key: str, body: dict[str, Any]) -> httpx.Response:
        """The answer, whatever it says. Raises NoAnswer."""
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        began = time.monotonic()
        while time.monotonic() - began < _PATIENCE_SECONDS:
            url = self._urls[next(self._next) % len(self._urls)]
            try:
                answer = await self._client.post(url + path, json=body, headers=headers)
            except httpx.TransportError as error:
                if not self._again:
                    raise NoAnswer(f"{path}: {error!r}") from error
                self.moved_on += 1
                await asyncio.sleep(0)
                continue
            if answer.status_code == 503 and self._again:
                self.moved_on += 1
            elif answer.status_code != 409 or answer.json().get("code") != _IN_USE:
                self.seconds.append(time.monotonic() - began)
                return answer
            await asyncio.sleep(_PAUSE_SECONDS)
        raise NoAnswer(f"{path}: nobody answered for {_PATIENCE_SECONDS:.0f} s")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
