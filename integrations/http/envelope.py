"""The outermost layer: request ids, security headers, one JSON log line a request, and no traceback to anybody.

Log lines name the route, never the path or the query: those may hold order numbers or words of a customer.
"""

from __future__ import annotations

import itertools
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.http.problems import problem_of
from integrations.observability.logs import request_id as current_request

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_PROCESS, _NUMBERS = secrets.token_hex(6), itertools.count(1)
"""A request's own id: this process, and how many it has answered."""

SECURITY_HEADERS: list[tuple[bytes, bytes]] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
]
ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")
"""Where people reach us over https."""

API_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")


Observe = Callable[[str, str, int, float], None]
"""Method, route, status and seconds of a request that ended."""


class Envelope:
    """Wraps every request."""

    def __init__(
        self, app: ASGIApp, log: Any, observe: Observe | None = None, *, is_https: bool = False
    ) -> None:
        self._app, self._log, self._observe = app, log, observe
        self._headers = [*SECURITY_HEADERS, *([ONLY_HTTPS] if is_https else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"] = request_id = _request_id(scope)
        current_request.set(request_id)
        started, sent = time.perf_counter(), list[int]()
        extra = [(b"x-request-id", request_id.encode()), *self._headers]

        async def enveloped(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent.append(message["status"])
                headers = message.setdefault("headers", [])
                present = {name.lower() for name, _ in headers}
                message["headers"] = [*headers, *((n, v) for n, v in extra if n not in present)]
                if b"content-security-policy" not in present:
                    message["headers"].append(API_POLICY)
            await send(message)

        try:
            await self._app(scope, receive, enveloped)
        except Exception as error:
            if sent:
                self._log.error("response broke off", request_id=request_id, exc_info=error)
                raise
            problem = problem_of(error)
            await problem.response(request_id)(scope, receive, enveloped)
            if problem.status == 500:
                self._log.error("unexpected error", request_id=request_id, exc_info=error)
        finally:
            self._line(scope, sent[0] if sent else 0, time.perf_counter() - started)

    def _line(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        principal = scope.get("principal")
        path = getattr(route, "path", "-")
        if self._observe is not None:
            self._observe(scope["method"], path, status, seconds)
        self._log.info(
            "request",
            request_id=scope["request_id"],
            method=scope["method"],
            route=path,
            status=status,
            ms=round(seconds * 1000, 2),
            key=principal.key if principal is not None else None,
        )


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return str(value.decode())
    return f"req_{_PROCESS}{next(_NUMBERS):08x}"
