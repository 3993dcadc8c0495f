"""Idempotency-Key on every POST under ``/v1``.

A key belongs to its token and its route for 24 hours. The same request again gets the stored response; another body
under the same key is refused; a second request while the first is worked on gets 409. Without the header nothing is
stored. Answers that say "try again" (429 and all of 5xx) are not kept, so that the same key can be used again.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.ports import Store, UnitOfWork
from integrations.http.access import access_of
from integrations.http.problems import Problem, problem_of
from integrations.storage.repositories.access import Answered

KEPT = timedelta(hours=24)
LOCKED = timedelta(seconds=60)
"""How long a request may be worked on; after that (its process died) the key may be taken over."""

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_LARGEST_KEPT = 1_000_000
_HEADERS = {b"content-type", b"location", b"preference-applied"}


class Idempotency:
    """Stores and replays."""

    def __init__(self, app: ASGIApp, store: Store, merchant_id: str) -> None:
        self._app, self._store, self._merchant = app, store, merchant_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do it once."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        key = next((value for name, value in scope["headers"] if name == b"idempotency-key"), None)
        if key is None:
            await self._app(scope, receive, send)
            return
        try:
            body = await _whole(receive)
            answered = await self._begin(scope, key.decode("latin-1"), body)
        except Exception as error:
            problem = problem_of(error)
            if problem.status == 500:
                raise
            await problem.response(scope.get("request_id", ""))(scope, receive, send)
            return
        if answered.status:
            await _replayed(answered)(scope, receive, send)
            return
        await self._run(answered, body, scope, receive, send)

    async def _begin(self, scope: Scope, key: str, body: bytes) -> Answered:
        if not _KEY.fullmatch(key):
            raise Problem(400, "idempotency_key_invalid", "A key is 1 to 255 visible ASCII characters.")
        request = _request_hash(scope, body)
        owner, route, run = scope["principal"].key, scope["path"], secrets.token_hex(8)

        def work(uow: UnitOfWork) -> Answered:
            access = access_of(uow)
            known = access.answered(owner, route, key)
            fresh = Answered(owner, route, key, run, request, uow.now + LOCKED, uow.now + KEPT)
            if known is not None and uow.now < known.expires_at:
                if known.request != request:
                    raise Problem(422, "idempotency_key_reused", "This key was used for another request.")
                if known.status:
                    return known
                if uow.now < known.locked_until:
                    wait = {"Retry-After": "1"}
                    raise Problem(
                        409, "idempotency_key_in_use", "This request is being worked on.", headers=wait
                    )
            access.keep(fresh, instead_of=known.run if known is not None else None)
            return fresh

        return await self._store.write(self._merchant, work)

    async def _run(self, answered: Answered, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        scope["idempotency"] = f"{answered.owner}:{answered.key}"
        taken = _Taken()

        async def recorded(message: Message) -> None:
            taken.note(message)
            await send(message)

        try:
            await self._app(scope, _again(body, receive), recorded)
        finally:
            await self._finish(answered, taken)

    async def _finish(self, answered: Answered, taken: _Taken) -> None:
        if taken.is_worth_keeping:
            answered.status, answered.headers, answered.body = taken.status, taken.headers, bytes(taken.body)
            work: Callable[[UnitOfWork], Any] = lambda uow: access_of(uow).keep(answered, answered.run)  # noqa: E731
        else:
            work = lambda uow: access_of(uow).forget(answered)  # noqa: E731
        await self._store.write(self._merchant, work)


class _Taken:
    """A response as it goes by."""

    def __init__(self) -> None:
        self.status, self.headers, self.body, self.ended = 0, list[tuple[str, str]](), bytearray(), False

    def note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message.get("headers", [])
                if name.lower() in _HEADERS
            ]
        elif message["type"] == "http.response.body":
            if len(self.body) <= _LARGEST_KEPT:
                self.body += message.get("body", b"")
            self.ended = not message.get("more_body", False)

    @property
    def is_worth_keeping(self) -> bool:
        """A whole answer that the same request would get again."""
        complete = self.ended and len(self.body) <= _LARGEST_KEPT
        return complete and 0 < self.status < 500 and self.status not in (413, 429)


def _replayed(answered: Answered) -> Response:
    headers = dict(answered.headers or [])
    return Response(answered.body, answered.status, {**headers, "Idempotency-Replayed": "true"})


def _request_hash(scope: Scope, body: bytes) -> str:
    """What makes two requests the same. A multipart boundary is chosen anew for each sending, so it does not count."""
    given = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    media_type, _, parameters = given.partition(b";")
    boundary = re.search(rb'boundary="?([^";]+)', parameters)
    if boundary is not None:
        body = body.replace(boundary[1], b"")
    return hashlib.sha256(b"\n".join([scope["query_string"], media_type.strip().lower(), body])).hexdigest()


async def _whole(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "malformed_request", "The request broke off.")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
