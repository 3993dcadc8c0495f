"""MCP over HTTP: a bearer token for every request, no sessions to keep, nothing for browsers of other origins."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import mcp_types as types
import orjson
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.ports import StorageUnavailable, Store
from integrations.mcp.desk import DeskOffer, FindHolder, Offer
from integrations.mcp.server import Context, make_server

PATH = "/mcp"
_MOST_BYTES = 1_000_000
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Lets a request pass with a token that opens something; else 401."""

    def __init__(self, app: ASGIApp, find_holder: FindHolder) -> None:
        self._app, self._find = app, find_holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the token's holder into the request's scope."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        header = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        scheme, _, secret = header.decode("latin-1").partition(" ")
        try:
            holder = await self._find(secret) if scheme.lower() == "bearer" and secret else None
        except StorageUnavailable:
            await _problem(503, "storage_unavailable", {"Retry-After": "2"})(scope, receive, send)
            return
        if holder is None:
            challenge = {"WWW-Authenticate": 'Bearer realm="returns-desk"'}
            await _problem(401, "token_invalid" if secret else "token_missing", challenge)(
                scope, receive, send
            )
            return
        scope["mcp_holder"] = holder
        await self._app(scope, receive, send)


def _problem(status: int, code: str, headers: dict[str, str]) -> Response:
    said = {"type": f"urn:returns-desk:{code}", "status": status, "code": code}
    safe = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(orjson.dumps(said), status, {**safe, **headers}, "application/problem+json")


@dataclass(frozen=True, slots=True)
class McpOverHttp:
    """The address `/mcp`; `running` must be entered while it is served."""

    endpoint: ASGIApp
    running: Callable[[], AbstractAsyncContextManager[None]]

    def mount(self, app: Starlette) -> None:
        """Put it beside the desk's own addresses."""
        app.router.routes.append(Route(PATH, endpoint=self.endpoint))

    def alone(self) -> Starlette:
        """An app of nothing else."""
        return Starlette(routes=[Route(PATH, endpoint=self.endpoint)], lifespan=lambda _: self.running())


def mcp_over_http(
    store: Store, merchant_id: str, find_holder: FindHolder, *, public_url: str = ""
) -> McpOverHttp:
    """Stateless: any replica answers any request. `public_url` is the host that is ours beside loopback."""

    async def offer_for(ctx: Context) -> Offer:
        request: Any = ctx.request
        holder = request.scope.get("mcp_holder") if request is not None else None
        if holder is None:
            raise MCPError(types.INVALID_REQUEST, "Who asks is not known.")
        return DeskOffer(store, merchant_id, holder)

    sessions = StreamableHTTPSessionManager(
        app=make_server(offer_for),
        json_response=True,
        stateless=True,
        max_request_body_size=_MOST_BYTES,
        security_settings=_ours(public_url),
    )
    return McpOverHttp(Guard(StreamableHTTPASGIApp(sessions), find_holder), sessions.run)


def _ours(public_url: str) -> TransportSecuritySettings:
    """Hosts and origins that are ours: a foreign page in a browser reaches nothing."""
    hosts = [f"{name}:*" for name in _LOOPBACK] + list(_LOOPBACK)
    origins = [f"http://{name}:*" for name in _LOOPBACK]
    if public_url:
        hosts.append(urlsplit(public_url).netloc)
        origins.append(public_url)
    return TransportSecuritySettings(
        enable_dns_rebinding_protection=True, allowed_hosts=hosts, allowed_origins=origins
    )
