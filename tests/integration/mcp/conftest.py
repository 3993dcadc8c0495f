"""The desk over MCP, asked by the SDK's own client: over standard input and output, and over HTTP."""

import asyncio
import json
import os
import socket
import sys
from contextlib import asynccontextmanager

import httpx2
import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from integrations.bootstrap import application
from integrations.http.access import Tokens
from integrations.mcp.web import PATH, mcp_over_http
from integrations.settings import Settings
from tests.integration.administration.conftest import DOCUMENT, OTHER, people, put_orders

BOTH = ["read", "converse"]


class Shop:
    """A shop on SQLite whose desk runs here, and MCP clients of it."""

    def __init__(self, app, url, folder):
        self.app, self.url, self.folder = app, url, folder
        self.tokens = Tokens(app.store, "shop")

    @asynccontextmanager
    async def http(self, staff="ana", scopes=BOTH, secret=None, mode="auto"):
        secret = secret or await self.tokens.new(staff, scopes)
        async with (
            httpx2.AsyncClient(headers={"Authorization": f"Bearer {secret}"}) as http,
            Client(streamable_http_client(self.url, http_client=http), mode=mode, cache=None) as client,
        ):
            yield client

    def order(self, number="7001"):
        return self.app.store.read("shop", lambda uow: uow.orders.by_number(number))


@asynccontextmanager
async def served(app):
    listening = socket.create_server(("127.0.0.1", 0))
    web = mcp_over_http(app.store, "shop", Tokens(app.store, "shop").principal).alone()
    server = uvicorn.Server(uvicorn.Config(web, log_level="warning", access_log=False, ws="none"))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110  (uvicorn announces it no other way)
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{PATH}"
    finally:
        server.should_exit = True
        await running


@pytest.fixture
async def shop(tmp_path):
    given = Settings(data=tmp_path, merchant="shop", currency="EUR")
    async with application(given, create=True) as app:
        await app.store.write("shop", people)
        await app.store.write("shop", lambda uow: put_orders(uow, [DOCUMENT, OTHER]))
        async with served(app) as url:
            yield Shop(app, url, tmp_path)


@asynccontextmanager
async def stdio(folder, secret, **environment):
    """`desk mcp` as an assistant starts it."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from integrations.cli import main; main()", "mcp"],
        env={"PATH": os.environ["PATH"], "DESK_DATA": str(folder), "DESK_MERCHANT": "shop", "DESK_MCP_TOKEN": secret,
             **environment},
        cwd=os.getcwd(),
    )  # fmt: skip
    async with Client(parameters, cache=None) as client:
        yield client


@pytest.fixture
async def closed_shop(tmp_path):
    """A shop whose desk does not run; its folder, and Ana's token."""
    given = Settings(data=tmp_path, merchant="shop", currency="EUR", worker="external")
    async with application(given, create=True) as app:
        await app.store.write("shop", people)
        await app.store.write("shop", lambda uow: put_orders(uow, [DOCUMENT, OTHER]))
        secret = await Tokens(app.store, "shop").new("ana", BOTH)
    return tmp_path, secret


def text_of(result):
    return "\n".join(part.text for part in result.content)


def read_json(result):
    return json.loads(result.contents[0].text)


def goodwill(order, amount=None):
    line = {"line": order["lines"][0]["id"], "quantity": 1}
    payload = {"lines": [line], "currency": "EUR", "reason": "goodwill"}
    return {"order_id": order["id"], "payload": payload | ({"amount": amount} if amount else {})}
