"""`desk mcp`: the desk's tools for assistants, on standard input and output or over HTTP."""

from __future__ import annotations

import sys
from typing import Any

import uvicorn

from integrations.cli.serve import listen
from integrations.http.access import Tokens
from integrations.mcp.stdio import bridge_stdio, serve_stdio
from integrations.mcp.web import PATH, mcp_over_http
from integrations.observability.logs import log_as_json
from integrations.opening import load_settings, opened
from integrations.running import read_running


async def run_stdio_server() -> None:
    """In the name of the token's holder, until standard input ends."""
    settings = load_settings()
    secret = settings.mcp_token.get_secret_value()
    if not secret:
        raise SystemExit(
            "desk: set DESK_MCP_TOKEN to a token (desk token new STAFF --scope read --scope converse)"
        )
    running = read_running(settings.data)
    if running is not None and settings.url.startswith("sqlite"):
        await _through(running[0] + PATH, secret)
        return
    async with opened(settings) as (store, merchant):
        await serve_stdio(store, merchant.id, Tokens(store, merchant.id).principal, secret)


async def _through(url: str, secret: str) -> None:
    """SQLite belongs to the desk that runs; so it answers."""
    try:
        await bridge_stdio(url, secret)
    except* Exception as group:
        found = next(_leaves(group))
        print(
            f"desk: the desk that runs here does not answer at {url} ({type(found).__name__}); "
            "start it with DESK_MCP=true, and check DESK_MCP_TOKEN",
            file=sys.stderr,
        )
        raise SystemExit(1) from None


def _leaves(error: BaseException) -> Any:
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _leaves(each)
    else:
        yield error


async def run_http_server(host: str | None, port: int) -> None:
    """A server of its own, for a database that several processes may use."""
    settings = load_settings(host=host)
    log_as_json()
    listening = listen(settings.host, port)
    async with opened(settings) as (store, merchant):
        find = Tokens(store, merchant.id).principal
        app = mcp_over_http(store, merchant.id, find, public_url=settings.public_url).alone()
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False))
        print(
            f"desk mcp: http://{settings.host}:{listening.getsockname()[1]}{PATH}",
            file=sys.stderr,
            flush=True,
        )
        await server.serve(sockets=[listening])
