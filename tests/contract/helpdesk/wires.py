"""Between an adapter and its helpdesk: a wire that can lose answers and requests, and shapes of answers."""

from __future__ import annotations

import io
from collections.abc import Callable

import httpx
from PIL import Image


class Flaky(httpx.AsyncBaseTransport):
    """Passes requests on. `lose_answer`: the next is done and its answer lost; `drop`: it never arrives."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.seen: list[tuple[str, str]] = []
        self._lost: list[str] = []
        self._dropped: list[str] = []

    def lose_answer(self, method: str) -> None:
        self._lost.append(method)

    def drop(self, method: str) -> None:
        self._dropped.append(method)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append((request.method, request.url.path))
        if request.method in self._dropped:
            self._dropped.remove(request.method)
            raise httpx.ConnectTimeout("never arrived", request=request)
        response = await self.inner.handle_async_request(request)
        if request.method in self._lost:
            self._lost.remove(request.method)
            await response.aclose()
            raise httpx.ReadTimeout("answer lost", request=request)
        return response

    async def aclose(self) -> None:
        await self.inner.aclose()


def json_answer(make: Callable[[httpx.Request], object]) -> Callable[[httpx.Request], httpx.Response]:
    """An answer of 200 with what `make` gives, or the response it gives."""

    def answer(request: httpx.Request) -> httpx.Response:
        made = make(request)
        return made if isinstance(made, httpx.Response) else httpx.Response(200, json=made)

    return answer


def a_photo() -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (200, 40, 40)).save(out, "JPEG")
    return out.getvalue()
