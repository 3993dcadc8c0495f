"""The way of a command to the desk: through the one that is running, or through the same API in this process.

So a command never opens an embedded database beside the process that writes to it, and there is one set of rules.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from domain.ports import StorageUnavailable
from integrations.http.access import Scope, Tokens
from integrations.opening import load_settings
from integrations.running import read_running

_SECONDS = 600


class _Quiet:
    """Requests of one's own command are no log lines."""

    def info(self, *_: Any, **__: Any) -> None: ...

    error = info


@asynccontextmanager
async def desk(*, demo: bool, staff: str, create: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """A client in this staff member's name. Raises Refused, StorageUnavailable, DatabaseInUse, UnknownMerchant."""
    settings = load_settings(worker="external")
    running = read_running(settings.data)
    if running is not None:
        url, secret = running
        async with httpx.AsyncClient(base_url=url, timeout=_SECONDS) as client:
            given = await _asked(
                client, "POST", "/local/token", json={"staff": staff}, headers={"X-Desk-Local": secret}
            )
            client.headers["Authorization"] = f"Bearer {given['token']}"
            yield client
        return
    from integrations.bootstrap import application
    from integrations.http.app import create_app

    async with application(settings, demo=demo, create=create) as app:
        transport = httpx.ASGITransport(app=create_app(app, log=_Quiet()))
        token = await Tokens(app.store, app.merchant.id).new(staff, list(Scope), days=1, name="command line")
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=headers, timeout=_SECONDS
        ) as client:
            yield client


async def asked(client: httpx.AsyncClient, method: str, path: str, **request: Any) -> dict[str, Any]:
    """The answer; a problem is said in one line and ends the command with exit code 1. Raises StorageUnavailable."""
    return await _asked(client, method, path, **request)


async def _asked(client: httpx.AsyncClient, method: str, path: str, **request: Any) -> dict[str, Any]:
    try:
        answer = await client.request(method, path, **request)
    except httpx.HTTPError as error:
        raise StorageUnavailable(
            f"the desk that runs at {client.base_url} does not answer: {error}"
        ) from error
    if not answer.is_success:
        problem = answer.json()
        print(f"desk: {problem.get('detail') or problem.get('title')}", file=sys.stderr)
        for each in problem.get("violations", []):
            told = (f"{name} {each[name]}" for name in ("limit", "value") if each.get(name) is not None)
            print(f"desk: {each['field']}: {each['code']}: {', '.join(told)}", file=sys.stderr)
        raise SystemExit(1)
    found: dict[str, Any] = answer.json()
    return found
