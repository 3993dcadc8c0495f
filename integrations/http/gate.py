"""The gate before ``/v1``: a bearer token, or 401; and no more requests a second than its holder may send."""

from __future__ import annotations

import math

from starlette.types import ASGIApp, Receive, Scope, Send

from integrations.http.access import TOKEN_PREFIX, Principal, Tokens
from integrations.http.problems import Problem, problem_of
from integrations.http.rate import Rate

_CHALLENGE = 'Bearer realm="returns-desk"'


def _unknown(code: str, detail: str, challenge: str = _CHALLENGE) -> Problem:
    return Problem(401, code, detail, headers={"WWW-Authenticate": challenge})


class Gate:
    """Puts the principal into the request's scope."""

    def __init__(self, app: ASGIApp, tokens: Tokens, rate: Rate) -> None:
        self._app, self._tokens, self._rate = app, tokens, rate
        self._strangers = Rate(min(rate.per_second, 10), 50)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it pass, or answer 401 or 429."""
        if scope["type"] == "http" and scope["path"].startswith("/v1/"):
            try:
                scope["principal"] = principal = await self._who(scope)
                self._not_too_often(self._rate, principal.key)
            except Exception as error:
                problem = problem_of(error)
                if problem.status == 500:
                    raise
                await problem.response(scope.get("request_id", ""))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _who(self, scope: Scope) -> Principal:
        header = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        scheme, _, secret = header.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            raise _unknown("token_missing", "Send a token: Authorization: Bearer desk_…")
        principal = await self._tokens.principal(secret) if secret.startswith(TOKEN_PREFIX) else None
        if principal is None:
            self._not_too_often(self._strangers, (scope.get("client") or ("",))[0])
            challenge = f'{_CHALLENGE}, error="invalid_token"'
            raise _unknown("token_invalid", "This token is unknown, revoked or over.", challenge)
        return principal

    def _not_too_often(self, rate: Rate, caller: str) -> None:
        wait = rate.take(caller)
        if wait:
            headers = {"Retry-After": str(max(1, math.ceil(wait)))}
            raise Problem(
                429, "too_many_requests", "Too many requests; please wait a little.", headers=headers
            )
