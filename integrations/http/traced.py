"""A span around each request; added only where tracing is on."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.observability.tracing import Tracing, note


class Traced:
    """Names the span by method and route, never by path or query."""

    def __init__(self, app: ASGIApp, tracing: Tracing) -> None:
        self._app, self._tracing = app, tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request; a caller's own trace is gone on with."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        carried = next((value for name, value in scope["headers"] if name == b"traceparent"), b"")
        with self._tracing.span(scope["method"], carried.decode("latin-1")) as span:

            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    note(span, status=message["status"])
                await send(message)

            try:
                await self._app(scope, receive, noted)
            finally:
                route = getattr(scope.get("route"), "path", "-")
                span.update_name(f"{scope['method']} {route}")
                note(span, request_id=scope.get("request_id"), route=route)
