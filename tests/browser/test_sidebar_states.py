"""Every state of the sidebar as a person meets it: nothing cut off, and nothing axe-core objects to.

`make browser` goes through all of them in both schemes and both widths; in the suite each is seen once.
"""

import itertools
import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.sidebar_states import STATES

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]
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


@pytest.mark.parametrize(("name", "scheme", "width"), CASES)
def test_a_state_is_whole_and_accessible(bench, name, scheme, width):
    bench.options = {"color_scheme": scheme, "viewport": {"width": width, "height": 720}}
    page = STATES[name](bench)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("h1").count() == 1
    assert violations(page) == []
