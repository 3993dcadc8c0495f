"""What is turned away before anything is read: foreign hosts, NUL characters, bodies that are too large."""

from __future__ import annotations

from collections.abc import Callable, Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.http.problems import Problem


class Doorway:
    """Hosts and paths. A host that is not ours would let a foreign page talk to a desk on loopback."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on or turn it away."""
        if scope["type"] == "http":
            problem = self._problem(scope)
            if problem is not None:
                await problem.response(scope.get("request_id", ""))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _problem(self, scope: Scope) -> Problem | None:
        if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
            return Problem(400, "malformed_request", "The address holds a NUL character.")
        if self._hosts:
            host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
            name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
            if name.lower() not in self._hosts:
                return Problem(421, "unknown_host", "This desk does not answer to that host name.")
        return None


class _TooLarge(Exception):
    """The body grew beyond its limit."""


class BodyLimit:
    """At most so many bytes, whatever the client says about them; `limit_of(path)` gives the limit."""

    def __init__(self, app: ASGIApp, limit_of: Callable[[str], int]) -> None:
        self._app, self._limit_of = app, limit_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count while the body is read."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        limit, seen, over, started = self._limit_of(scope["path"]), 0, False, False
        if _declared(scope) > limit:
            await _refuse(limit, scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                over = True
                raise _TooLarge
            return message

        async def unless_over(message: Message) -> None:
            nonlocal started
            if over and not started:
                return
            started = True
            await send(message)

        try:
            await self._app(scope, counted, unless_over)
        except _TooLarge:
            over = True
        if over and not started:
            await _refuse(limit, scope, receive, send)


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(limit: int, scope: Scope, receive: Receive, send: Send) -> None:
    problem = Problem(
        413, "body_too_large", f"At most {limit} bytes are taken here.", headers={"Connection": "close"}
    )
    await problem.response(scope.get("request_id", ""))(scope, receive, send)
