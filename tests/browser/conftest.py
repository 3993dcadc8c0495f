"""A served desk and Debian's Chromium before it."""

import asyncio
import threading
from contextlib import contextmanager

import pytest
import uvicorn

from integrations.bootstrap import application
from integrations.http.access import Links
from integrations.http.app import create_app
from integrations.settings import Settings


class Served:
    """A desk on loopback, on a thread and a loop of its own."""

    def __init__(self, folder):
        self._folder, self._started = folder, threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.address = ""

    async def _serve(self):
        settings = Settings(data=self._folder, port=0)
        async with application(settings, demo=True) as app:
            config = uvicorn.Config(create_app(app), port=0, log_config=None, access_log=False)
            self.server = uvicorn.Server(config)
            self.loop, self.links = asyncio.get_running_loop(), Links(app.store, app.merchant.id)
            serving = asyncio.ensure_future(self.server.serve())
            while not self.server.started:  # noqa: ASYNC110  (uvicorn announces it in no other way)
                await asyncio.sleep(0.01)
            port = self.server.servers[0].sockets[0].getsockname()[1]
            self.address = f"http://127.0.0.1:{port}"
            self._started.set()
            await serving

    def link(self, staff="ana"):
        """A one-time link."""
        token = asyncio.run_coroutine_threadsafe(self.links.new(staff), self.loop).result(10)
        return f"{self.address}/#token={token}"

    def __enter__(self):
        self._thread.start()
        assert self._started.wait(60)
        return self

    def __exit__(self, *_):
        self.server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("served")) as desk:
        yield desk


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
