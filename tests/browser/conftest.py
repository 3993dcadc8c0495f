"""A served desk and Debian's Chromium before it."""

import asyncio
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from integrations.bootstrap import application
from integrations.http.access import Links, Sessions
from integrations.http.app import create_app
from integrations.settings import Settings
from integrations.sidebar.mount import mount_sidebar
from tests.browser.bench import Bench, PutForward
from tests.fakes.helpdesks import FakeHelpdesk


class Served:
    """A desk on loopback, on a thread and a loop of its own.

    `helpdesk(app)` takes the place of the demo's own; `tls` is a certificate and its key.
    """

    def __init__(self, folder, *, clock=None, helpdesk=None, port=0, tls=None, **settings):
        self.folder, self.clock, self._helpdesk, self._tls = folder, clock, helpdesk, tls
        self._settings = {"wait_seconds": 0.5, **settings}
        self._port, self._started = port, threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._failed = None
        self.address = ""

    async def _serve(self):
        settings = Settings(data=self.folder, port=0, **self._settings)
        try:
            async with application(settings, demo=True, clock=self.clock) as app:
                await self._listen(app)
        except BaseException as error:
            self._failed = error
            self._started.set()
            raise

    async def _listen(self, app):
        self.app, web = app, create_app(app, log=Quiet())
        helpdesk = self._helpdesk(app) if self._helpdesk else app.helpdesk
        self.sidebar = mount_sidebar(web, helpdesk)
        assert self.sidebar is not None
        self.sidebar.poll_seconds = 0.25
        self.sidebar.ticket_seconds = 0.25
        self.sidebar.posts.per_second = 0
        key, certificate = self._tls or (None, None)
        config = uvicorn.Config(
            web,
            port=self._port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
            ssl_keyfile=key,
            ssl_certfile=certificate,
        )
        self.server = uvicorn.Server(config)
        self.loop, self.links = asyncio.get_running_loop(), Links(app.store, app.merchant.id)
        self.sessions: Sessions = web.state.sessions
        serving = asyncio.ensure_future(self.server.serve())
        while not self.server.started:  # noqa: ASYNC110  (uvicorn announces it in no other way)
            await asyncio.sleep(0.01)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.address = f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"
        self._started.set()
        await serving

    def do(self, coroutine):
        """Run it on the desk's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    def write(self, work):
        """One transaction."""
        return self.do(self.app.store.write(self.app.merchant.id, work))

    def link(self, staff="ana"):
        """A one-time link."""
        return f"{self.address}/#token={self.do(self.links.new(staff))}"

    def cookie(self, staff="ana"):
        """A signed-in browser's cookie."""
        return {"name": "desk", "value": self.do(self.sessions.open(staff)), "url": self.address}

    def __enter__(self):
        self._thread.start()
        assert self._started.wait(60)
        assert self._failed is None, self._failed
        return self

    def __exit__(self, *_):
        self.server.should_exit = True
        self._thread.join(20)


class Quiet:
    """No log."""

    def info(self, event, **fields):
        """Nothing."""

    error = info


@pytest.fixture(scope="session")
def seeded_shop(tmp_path_factory):
    """A data folder with the demo shop, to be copied."""
    folder = tmp_path_factory.mktemp("seeded") / "shop"

    async def seed():
        async with application(Settings(data=folder), demo=True):
            pass

    asyncio.run(seed())
    return folder


@pytest.fixture
def shop(seeded_shop, tmp_path):
    """A copy of it for one test."""
    return Path(shutil.copytree(seeded_shop, tmp_path / "shop"))


@pytest.fixture(scope="session")
def served(seeded_shop, tmp_path_factory):
    """The desk most tests share: each works on orders and tickets of its own."""
    folder = Path(shutil.copytree(seeded_shop, tmp_path_factory.mktemp("served") / "shop"))
    with Served(folder, clock=PutForward(), helpdesk=beside_local) as desk:
        yield desk


def beside_local(app):
    """The built-in helpdesk, with people to sign in."""
    return FakeHelpdesk(app.store, app.merchant.id)


@pytest.fixture
def bench(served, chromium):
    """Windows of the sidebar; what the browser complains about fails the test."""
    bench = Bench(served, chromium)
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def chromium():
    """The browser. Not for the whole session: while it is open this thread has a loop, and async tests cannot run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(served, chromium):
    """Open the page signed in, in a window of its own; what the browser complains about fails the test."""
    contexts, complaints = [], []

    def opened(staff="ana", *, width=1100, **options):
        context = chromium.new_context(viewport={"width": width, "height": 860}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(served.link(staff))
        page.wait_for_url("**/c/*")
        page.locator("#say textarea").wait_for()
        with page.expect_navigation():
            page.get_by_role("button", name="New conversation").click()
        page.locator(".welcome").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@contextmanager
def a_new_turn(page):
    """Wait for the reply to what is done inside."""
    before = page.locator("article.turn").count()
    yield
    page.locator("article.turn").nth(before).wait_for()
