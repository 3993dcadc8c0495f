"""For commands on this machine: whoever may read the running desk's own file may speak through it.

`desk serve` writes an address and a secret to a file that only its user can read. That user could open the embedded
database as well; so the secret buys a short-lived token in any staff member's name, from loopback, and nothing else.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request

from integrations.http.access import Scope, Tokens
from integrations.http.problems import Problem

_LOOPBACK = {"127.0.0.1", "::1"}


class Wanted(BaseModel):
    """Who a command wants to speak as."""

    staff: str


Administer = Callable[[object], Awaitable[dict[str, Any]]]
"""Carries out an operator's command. Raises Refused."""


def local_router(tokens: Tokens, secret: str, administer: Administer | None = None) -> APIRouter:
    """``POST /local/token``: a token for one command, valid for a day; ``POST /local/admin``: an operator's command."""
    router = APIRouter(include_in_schema=False)

    def must_be_local(request: Request) -> None:
        given = request.headers.get("x-desk-local", "")
        near = request.client is not None and request.client.host in _LOOPBACK
        if not near or not hmac.compare_digest(given.encode(), secret.encode()):
            raise Problem(403, "not_local", "Only commands on this machine may ask for that.")

    @router.post("/local/token")
    async def token(request: Request, body: Wanted) -> dict[str, str]:
        must_be_local(request)
        return {"token": await tokens.new(body.staff, list(Scope), days=1, name="command line")}

    if administer is not None:

        @router.post("/local/admin")
        async def admin(request: Request) -> dict[str, Any]:
            must_be_local(request)
            try:
                command = orjson.loads(await request.body())
            except orjson.JSONDecodeError:
                raise Problem(400, "malformed_json", "The command is not JSON.") from None
            return await administer(command)

    return router
