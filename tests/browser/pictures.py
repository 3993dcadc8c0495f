"""Takes the pictures in docs/img anew: ``python -m tests.browser.pictures docs/img``.

Every state of the sidebar goes into ``sidebar/``, light and dark; the ticket with the sidebar beside it at the top.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser.bench import Bench, PutForward, at
from tests.browser.conftest import Served, beside_local
from tests.browser.sidebar_states import STATES

COLOURS = 128


def keep(taken: bytes, path: Path, colours: int = COLOURS) -> None:
    """A small palette PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)


def take(page) -> bytes:
    """The window as it is, without a caret or half an animation."""
    page.evaluate("() => document.activeElement?.blur()")
    return page.screenshot(animations="disabled", caret="initial")


def states(bench: Bench, folder: Path) -> None:
    """Every state, 360 pixels wide."""
    for name, state in STATES.items():
        for scheme in ("light", "dark"):
            bench.options = {"color_scheme": scheme, "viewport": {"width": 360, "height": 700}}
            keep(take(state(bench)), folder / "sidebar" / f"{name.replace('_', '-')}-{scheme}.png", 48)
            bench.close()


def tickets(bench: Bench, folder: Path) -> None:
    """The demo's own ticket, from the first look to the reply."""
    for scheme, ticket in (("light", "5001"), ("dark", "5010")):
        bench.options = {"color_scheme": scheme, "viewport": {"width": 1240, "height": 800}}
        page = bench.window()
        page.goto(f"{bench.desk.address}/tickets/{ticket}")
        [frame] = [each for each in page.frames if "/sidebar/" in each.url]
        at(frame, "start")
        if scheme == "light":
            keep(take(page), folder / "ticket-light.png", 200)
            frame.get_by_role("button", name="as evidence").click()
            frame.locator(".ok-tag").wait_for()
            at(frame, "start").locator(".choice.best").click()
            at(frame, "proposal").locator("button.primary").click()
            at(frame, "result-done").locator("[data-note]").wait_for()
            frame.get_by_role("button", name="Add to reply").click()
            page.locator(".message.internal").wait_for()
            keep(take(page), folder / "ticket-done.png", 200)
        else:
            frame.locator(".choice.best").click()
            at(frame, "evidence").locator(".choice.best").click()
            at(frame, "proposal")
            keep(take(page), folder / "ticket-dark.png", 200)
        bench.close()


def main(folder: Path) -> None:
    """All of them."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as data,
        Served(Path(data), clock=PutForward(), helpdesk=beside_local) as desk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        bench = Bench(desk, browser)
        tickets(bench, folder)
        states(bench, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
