"""Every state of the sidebar as a person meets it: nothing cut off, and nothing axe-core objects to.

`make browser` goes through all of them in both schemes, two widths, and the ways people change a page; here each is
seen once. With DESK_SHOTS=folder the pictures of docs/img are taken.
"""

import itertools
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.sidebar_states import STATES

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]
SHOTS = os.environ.get("DESK_SHOTS", "")
ALL = bool(os.environ.get("DESK_MATRIX"))

_SEEN = list(itertools.product(("light", "dark"), (320, 400)))
CASES = [
    (name, scheme, width)
    for place, name in enumerate(STATES)
    for scheme, width in (_SEEN if ALL else [_SEEN[place % len(_SEEN)]])
]


def violations(page):
    """What axe-core objects to, in short."""
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found]


def shot(page, name):
    """A small picture of it, where pictures are wanted."""
    if not SHOTS:
        return
    import io

    from PIL import Image

    page.evaluate("() => document.activeElement?.blur()")
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="initial")))
    folder = Path(SHOTS)
    folder.mkdir(parents=True, exist_ok=True)
    taken.convert("RGB").quantize(96).save(folder / f"{name}.png", optimize=True)


@pytest.mark.parametrize(("name", "scheme", "width"), CASES)
def test_a_state_is_whole_and_accessible(bench, name, scheme, width):
    bench.options = {"color_scheme": scheme, "viewport": {"width": width, "height": 720}}
    page = STATES[name](bench)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("h1").count() == 1
    assert violations(page) == []
    if width == 400:
        shot(page, f"{name}-{scheme}")
