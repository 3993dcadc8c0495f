"""A desk over HTTP with the demo shop in it: seeded once, copied for each test."""

import asyncio
import shutil
from contextlib import asynccontextmanager

import httpx
import pytest

from integrations.bootstrap import application
from integrations.http.access import Links, Tokens
from integrations.http.app import create_app
from integrations.settings import Settings

ALL = ("read", "converse", "decide", "import", "admin")


class Log(list):
    """What would have been logged."""

    def info(self, event, **fields):
        self.append({"event": event, **fields})

    error = info


class Door:
    """The desk, and clients of it."""

    def __init__(self, app):
        self.app, self.log = app, Log()
        self.asgi = create_app(app, log=self.log)
        self.tokens = Tokens(app.store, app.merchant.id)
        self.links = Links(app.store, app.merchant.id)

    def plain(self, **headers):
        transport = httpx.ASGITransport(app=self.asgi)
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers)

    async def client(self, staff="ana", scopes=ALL, **headers):
        secret = await self.tokens.new(staff, scopes)
        return self.plain(Authorization=f"Bearer {secret}", **headers)

    async def browser(self, staff="ana"):
        """A client that is signed in to the page, and its CSRF token."""
        client = self.plain(**{"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1"})
        assert (await client.post("/session", json={"token": await self.links.new(staff)})).status_code == 204
        page = await client.get("/", follow_redirects=True)
        client.headers["X-CSRF-Token"] = page.text.split('"X-CSRF-Token": "')[1].split('"')[0]
        client.conversation = page.url.path
        return client


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """A data folder with the demo shop."""
    folder = tmp_path_factory.mktemp("seeded")

    async def seed():
        async with application(Settings(data=folder), demo=True):
            pass

    asyncio.run(seed())
    return folder


@pytest.fixture
def open_door(seeded, tmp_path):
    """Open a desk with these settings."""

    @asynccontextmanager
    async def opened(**settings):
        folder = tmp_path / "desk"
        if not folder.exists():
            shutil.copytree(seeded, folder)
        async with application(
            Settings(data=folder, **{"requests_per_second": 0, **settings}), demo=True
        ) as app:
            yield Door(app)

    return opened


@pytest.fixture
async def door(open_door):
    """A desk with its usual settings."""
    async with open_door() as door:
        yield door


@pytest.fixture
async def ana(door):
    """Ana's client: an agent who may approve up to 100.00."""
    async with await door.client("ana") as client:
        yield client


@pytest.fixture
async def sam(door):
    """Sam's: a supervisor."""
    async with await door.client("sam") as client:
        yield client


@pytest.fixture
async def fin(door):
    """Fin's: finance."""
    async with await door.client("fin") as client:
        yield client


@pytest.fixture
async def vic(door):
    """Vic's, who may only read."""
    async with await door.client("vic") as client:
        yield client


def goodwill(amount=None, line="L2", quantity=1, **more):
    """A refund that needs no evidence: of the linen runner on #1042."""
    payload = {
        "lines": [{"line": line, "quantity": quantity}],
        "currency": "USD",
        "reason": "goodwill",
        **more,
    }
    return {"kind": "refund", "payload": {**payload, **({"amount": amount} if amount is not None else {})}}


@pytest.fixture
def a_refund():
    """The body of a proposal."""
    return goodwill
