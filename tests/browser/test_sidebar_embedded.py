"""The sidebar inside another site: signed in there, told which ticket is open, and answering into its reply box."""

from contextlib import contextmanager

import pytest

from tests.browser.bench import Bench
from tests.browser.conftest import Served
from tests.browser.host_pages import CHATWOOT, FRAMING, ZENDESK, OtherSite, a_certificate
from tests.fakes.helpdesks import FakeHelpdesk

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]


@contextmanager
def framed_by(name, shop, folder, chromium):
    """A desk over https and the other site that may frame it."""
    tls = a_certificate(folder)
    with (
        OtherSite(tls) as site,
        Served(
            shop,
            tls=tls,
            helpdesk=lambda app: FakeHelpdesk(app.store, app.merchant.id, name=name, ancestors=site.origin),
        ) as desk,
    ):
        bench = Bench(desk, chromium)
        yield bench, site
        bench.close()


def in_state(page, state):
    frame = page.frame_locator("#app")
    frame.locator(f'[data-state="{state}"]').wait_for()
    frame.locator("#case:not([aria-busy])").wait_for()
    return frame


def test_beside_a_zendesk_ticket_from_signed_login_to_the_reply_box(shop, tmp_path, chromium):
    with framed_by("zendesk", shop, tmp_path, chromium) as (bench, site):
        first, second = bench.ticket(), bench.ticket()
        values = {"desk": bench.desk.address, "own": site.origin, "ticket": first}
        site.html = ZENDESK.format(token="ana@demo.example|jti-1", **values)
        page = bench.window(None, viewport={"width": 800, "height": 800})
        page.goto(site.origin)
        frame = in_state(page, "start")
        [cookie] = page.context.cookies()
        assert (cookie["name"], cookie["sameSite"], cookie["secure"]) == ("__Host-desk-sidebar", "None", True)
        assert cookie["partitionKey"]
        frame.get_by_role("button", name="as evidence").click()
        frame.locator(".ok-tag").wait_for()
        in_state(page, "start").locator(".choice.best").click()
        in_state(page, "proposal").locator("button.primary").click()
        in_state(page, "result-done").get_by_role("button", name="Add to reply").click()
        page.wait_for_function(
            "() => document.getElementById('comment').value.includes('we refunded $18.40')"
        )
        page.evaluate("(id) => window.switchTo(id)", second)
        frame = in_state(page, "start")
        frame.get_by_role("heading", name=f"Order #{second}", exact=True).first.wait_for()
        assert page.evaluate("() => window.refused") == 0
        page.reload()
        in_state(page, "forbidden")  # the same login again


def test_beside_a_chatwoot_conversation_with_our_own_login_in_a_window_of_our_own(shop, tmp_path, chromium):
    with framed_by("chatwoot", shop, tmp_path, chromium) as (bench, site):
        first, second = bench.ticket(), bench.ticket()
        site.html = CHATWOOT.format(desk=bench.desk.address, ticket=first)
        page = bench.window(None, viewport={"width": 800, "height": 800})
        own = {"name": "__Host-desk", "value": bench.desk.cookie()["value"], "url": bench.desk.address}
        page.context.add_cookies([{**own, "secure": True, "httpOnly": True, "sameSite": "Strict"}])
        page.goto(site.origin)
        frame = in_state(page, "signed_out")  # our own site's cookie does not reach into another's frame
        with page.expect_popup() as opened:
            frame.get_by_role("button", name="Sign in").click()
        assert "token" not in opened.value.url
        opened.value.get_by_role("button", name="Sign the sidebar in").click()
        frame = in_state(page, "start")
        frame.get_by_role("heading", name=f"Order #{first}", exact=True).first.wait_for()
        page.evaluate("(id) => window.switchTo(id)", second)
        frame.get_by_role("heading", name=f"Order #{second}", exact=True).first.wait_for()
        stranger = """(id) => document.getElementById("app").contentWindow.postMessage(
            JSON.stringify({ event: "appContext", data: { conversation: { id: "../../evil" } } }), "*")"""
        page.evaluate(stranger)
        in_state(page, "start").get_by_role("heading", name=f"Order #{second}", exact=True).first.wait_for()


def test_no_other_site_can_frame_it(shop, tmp_path, chromium):
    with framed_by("zendesk", shop, tmp_path, chromium) as (bench, site):
        bench.desk.sidebar.helpdesk.frame_ancestors = "https://shop.zendesk.com"
        site.html = FRAMING.format(address=f"{bench.desk.address}/sidebar/zendesk")
        page = bench.window(None)
        refused = []
        page.on(
            "console",
            lambda message: refused.append(message.text) if "frame-ancestors" in message.text else None,
        )
        with page.expect_console_message(lambda message: "frame" in message.text):
            page.goto(site.origin)
        assert page.frame_locator("#app").locator("[data-state]").count() == 0
        bench.complaints.clear()
