"""The server stops and comes back: the page says so, and goes on from the last event it saw."""

import pytest

from tests.browser.bench import Bench, at, proposed
from tests.browser.conftest import Served

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


def test_a_sidebar_outlives_its_server_and_shows_what_it_missed(shop, chromium):
    with Served(shop) as first:
        bench = Bench(first, chromium)
        page = proposed(bench)
        ticket, port = page.url.rsplit("/", 1)[1], first.port
        resumed = []
        page.on("request", lambda request: resumed.append(request) if "/live" in request.url else None)
    page.locator("#offline:not([hidden])").wait_for()
    assert "Connection lost" in page.locator("#offline").inner_text()
    page.locator("button.primary").click()
    page.get_by_text("The desk cannot be reached").wait_for()
    with Served(shop, port=port) as second:
        number = f"#{ticket}"

        def touch(uow):
            uow.orders.save(uow.orders.by_number(number))

        second.write(touch)
        page.locator("#offline[hidden]").wait_for(state="attached", timeout=60_000)
        at(page, "proposal")
        assert any(request.all_headers().get("last-event-id") for request in resumed)
        page.locator("#trouble[hidden]").wait_for(state="attached")
        page.locator("button.primary").click()
        page.locator('.notice.bad, [data-state="result-done"]').first.wait_for()
        bench.close()
