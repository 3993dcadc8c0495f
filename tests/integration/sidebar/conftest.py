"""The sidebar over HTTP, beside the demo's own helpdesk or a fake one."""

from contextlib import asynccontextmanager

import httpx
import pytest

from integrations.sidebar.mount import mount_sidebar
from tests.fakes.helpdesks import FakeHelpdesk
from tests.integration.http.conftest import open_door, seeded

__all__ = ["open_door", "seeded"]


class Beside:
    """A desk with its sidebar, and clients of it."""

    def __init__(self, door, sidebar):
        self.door, self.app, self.sidebar = door, door.app, sidebar

    def client(self, origin="http://127.0.0.1", **headers):
        transport = httpx.ASGITransport(app=self.door.asgi)
        given = {"Sec-Fetch-Site": "same-origin", "Origin": origin, **headers}
        return httpx.AsyncClient(transport=transport, base_url=origin, headers=given)

    async def staff(self, name="ana", ticket="5001"):
        """A client signed in as this person, with the page's CSRF token."""
        client = self.client()
        client.cookies.set("desk", await self.door.asgi.state.sessions.open(name))
        client.path = f"/sidebar/local/t/{ticket}"
        client.page = (await client.get(client.path)).text
        client.headers["X-CSRF-Token"] = client.page.split('"X-CSRF-Token": "')[1].split('"')[0]
        return client


@pytest.fixture
def beside(open_door):
    """Open a desk beside a helpdesk of that name, framed by those ancestors."""

    @asynccontextmanager
    async def opened(name="local", ancestors="'self'", **settings):
        async with open_door(**settings) as door:
            helpdesk = FakeHelpdesk(door.app.store, door.app.merchant.id, name=name, ancestors=ancestors)
            yield Beside(door, mount_sidebar(door.asgi, helpdesk))

    return opened
