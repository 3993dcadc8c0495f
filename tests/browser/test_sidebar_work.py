"""A case worked in the ticket: how few clicks it takes, by keyboard alone, twice at once, and through interruptions."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.browser.bench import at, proposed
from tests.browser.sidebar_states import a_requested_return
from tests.browser.test_sidebar_states import violations

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]
NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}</textarea><b>x</b>"


class Clicks:
    """Clicks, counted."""

    def __init__(self):
        self.count = 0

    def __call__(self, target):
        self.count += 1
        target.click()


def the_ticket_page(bench, ticket_id, **options):
    """The built-in helpdesk's page with the sidebar in its frame."""
    page = bench.window(**{"viewport": {"width": 1280, "height": 860}, **options})
    page.goto(f"{bench.desk.address}/tickets")
    return page, page.frame_locator("#desk")


def in_state(frame, state):
    frame.locator(f'[data-state="{state}"]').wait_for()
    frame.locator("#case:not([aria-busy])").wait_for()


def test_a_cracked_mug_is_refunded_and_noted_and_answered_in_under_ten_clicks(bench):
    ticket, click = bench.ticket(), Clicks()
    page, frame = the_ticket_page(bench, ticket)
    click(page.locator(f'a[href="/tickets/{ticket}"]'))
    in_state(frame, "start")
    click(frame.get_by_role("button", name="as evidence"))
    frame.locator(".ok-tag").wait_for()
    in_state(frame, "start")
    click(frame.locator(".choice.best"))
    in_state(frame, "proposal")
    assert frame.locator(".big").inner_text() == "$18.40"
    click(frame.get_by_role("button", name="Refund $18.40"))
    in_state(frame, "result-done")
    frame.locator("[data-note]").wait_for()
    click(frame.get_by_role("button", name="Add to reply"))
    page.wait_for_function("() => document.getElementById('reply-text').value.includes('we refunded $18.40')")
    page.locator(".message.internal", has_text="Refunded $18.40").wait_for()
    click(page.get_by_role("button", name="Send reply"))
    page.locator(".message.ours", has_text="we refunded $18.40").wait_for()
    assert page.locator(".message.internal").count() == 1
    assert click.count < 10
    assert violations(page) == []


def test_a_return_request_is_approved_with_its_label_in_under_ten_clicks(bench):
    ticket, click = a_requested_return(bench), Clicks()
    page, frame = the_ticket_page(bench, ticket)
    click(page.locator(f'a[href="/tickets/{ticket}"]'))
    in_state(frame, "start")
    click(frame.get_by_role("button", name="Approve the return request"))
    in_state(frame, "proposal")
    frame.locator("#say-box").fill("UPS 1Z999AA10123456784")
    frame.locator("#say-box").press("Enter")
    frame.get_by_text("1Z999AA10123456784").first.wait_for()
    in_state(frame, "proposal")
    click(frame.get_by_role("button", name="Approve the return"))
    in_state(frame, "result-done")
    frame.locator("[data-note]").wait_for()
    click(frame.get_by_role("button", name="Add to reply"))
    page.wait_for_function("() => document.getElementById('reply-text').value.includes('1Z999AA10123456784')")
    page.locator(".message.internal").wait_for()
    assert click.count < 10


def test_a_refund_by_keyboard_alone_with_the_focus_on_each_new_heading(bench):
    page = at(bench.open(bench.ticket()), "start")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('.skip')")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent.includes('as evidence')"):
            break
    page.keyboard.press("Enter")
    page.locator(".ok-tag").wait_for()
    at(page, "start")
    page.keyboard.press("1")
    at(page, "proposal")
    page.wait_for_function("() => document.activeElement.textContent === 'Refund, waiting for you'")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Refund $18.40"
    page.keyboard.press("Enter")
    at(page, "result-done")
    page.wait_for_function("() => document.activeElement.matches('h1')")
    assert page.locator("#told").inner_text() == "Refunded $18.40"
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "say-box"


def test_a_double_click_refunds_once(bench):
    page = proposed(bench)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/press") else None)
    page.locator("button.primary").dblclick(no_wait_after=True)
    at(page, "result-done")
    number = f"#{page.url.rsplit('/', 1)[1]}"
    refunds = bench.desk.write(lambda uow: len(uow.orders.by_number(number).refunds))
    assert (len(sent), refunds) == (1, 1)


def test_of_two_who_confirm_at_once_one_wins_and_the_other_is_told_who(bench):
    ana = proposed(bench, deaf=True)
    sam = at(bench.open(ana.url.rsplit("/", 1)[1], "sam", deaf=True), "proposal")
    ana.locator("button.primary").click(no_wait_after=True)
    sam.locator("button.primary").click(no_wait_after=True)
    at(ana, "result-done")
    at(sam, "result-done")
    told = [page.locator(".notice.bad").count() for page in (ana, sam)]
    assert sorted(told) == [0, 1]
    loser, winner = (ana, "Sam Supervisor") if told[0] else (sam, "Ana Agent")
    assert winner in loser.locator(".notice.bad").inner_text()
    number = f"#{ana.url.rsplit('/', 1)[1]}"
    assert bench.desk.write(lambda uow: len(uow.orders.by_number(number).refunds)) == 1


def test_what_is_typed_into_an_edit_is_not_swept_away_by_a_change(bench):
    page = proposed(bench)
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Amount").fill("11.00")
    bench.writes_again(page.url.rsplit("/", 1)[1])
    page.locator("#late:not([hidden])").wait_for()
    assert page.get_by_label("Amount").input_value() == "11.00"
    page.get_by_role("button", name="Show the changed proposal").click()
    page.get_by_text("$11.00").first.wait_for()
    page.get_by_role("button", name="Take the new message in").click()
    page.locator(".notice.warn").wait_for(state="detached")


def test_a_press_goes_before_a_look_that_is_under_way(bench):
    page = proposed(bench)
    page.route("**/body", lambda route: None)
    bench.writes_again(page.url.rsplit("/", 1)[1])
    page.locator("#case[aria-busy]").wait_for()
    page.locator("button.primary").click()
    page.unroute("**/body")
    at(page, "result-done")


def test_an_expired_card_is_prepared_again_and_never_confirmed(bench):
    page = proposed(bench)
    bench.desk.clock.by += timedelta(minutes=31)
    at(page, "expired")
    assert page.get_by_role("button", name=re.compile("^Refund")).count() == 0
    page.get_by_role("button", name="Prepare it again").click()
    at(page, "proposal").locator("button.primary").click()
    at(page, "result-done")


def test_an_error_can_be_tried_again_and_is_done_once(bench):
    page = proposed(bench, deaf=True)
    failures: list[int] = []

    def fails_once(route):
        if failures:
            return route.fallback()
        answer = route.fetch()  # it was done, and the answer was lost on the way
        failures.append(answer.status)
        return route.abort()

    page.route("**/press", fails_once)
    page.locator("button.primary").click()
    page.get_by_text("The desk cannot be reached").wait_for()
    page.locator("#again").click()
    at(page, "result-done")
    number = f"#{page.url.rsplit('/', 1)[1]}"
    assert bench.desk.write(lambda uow: len(uow.orders.by_number(number).refunds)) == 1


def test_an_unknown_refund_is_checked_and_changes_by_itself(bench):
    bench.fault("timeout_after")
    page = proposed(bench)
    page.locator("button.primary").click()
    page.locator('[data-state="result-unknown"], [data-state="result-done"]').wait_for()
    bench.desk.clock.by += timedelta(minutes=1)
    at(page, "result-done")


def test_words_with_markup_stay_words_everywhere(bench):
    lines = [{"sku": NASTY[:40], "title": NASTY, "quantity": 1, "unit_price": "10.00"}]
    customer = {"name": NASTY, "email": "nasty@example.com"}
    ticket = bench.ticket(
        f"The {NASTY} of {{number}} arrived broken. {NASTY}", subject=NASTY, name=NASTY, email="nasty@example.com",
        lines=lines, customer=customer, payments=[{"method": NASTY[:60], "captured": "10.00"}], shipping="0",
    )  # fmt: skip
    page, frame = the_ticket_page(bench, ticket)
    page.locator(f'a[href="/tickets/{ticket}"]').click()
    in_state(frame, "start")
    frame.locator("#say-box").fill(f"refund 10 as goodwill, note {NASTY}")
    frame.locator("#say-box").press("Enter")
    frame.locator("#case:not([aria-busy])").wait_for()
    assert page.locator("img[src='x'], .messages b b, script:not([src])").count() == 0
    assert frame.locator("img[src='x'], script:not([src])").count() == 0
    assert NASTY in page.locator(".ticket-head h2").inner_text()


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_the_page_speaks_the_readers_language_and_marks_what_stays_english(bench, language):
    page = proposed_in(bench, language)
    assert page.locator("html").get_attribute("lang") == language
    assert "18,40" in page.locator(".big").inner_text()
    assert "18,40" in page.locator("button.primary").inner_text()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def proposed_in(bench, language):
    page = at(bench.open(bench.ticket(), locale=language, viewport={"width": 320, "height": 700}), "start")
    page.locator(".evidence button").click()
    page.locator(".ok-tag").wait_for()
    at(page, "start").locator(".choice.best").click()
    return at(page, "proposal")


@pytest.mark.parametrize("way", ["zoomed", "rtl", "reduced", "forced"])
def test_it_stays_whole_however_people_change_the_page(bench, way):
    ways: dict[str, dict[str, Any]] = {
        "zoomed": {"viewport": {"width": 320, "height": 400}, "device_scale_factor": 2},
        "rtl": {"viewport": {"width": 320, "height": 700}},
        "reduced": {"reduced_motion": "reduce"},
        "forced": {"forced_colors": "active"},
    }
    page = proposed(bench, **ways[way])
    if way == "rtl":
        page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    if way == "reduced":
        running = "() => document.getAnimations().filter((each) => each.playState === 'running').length"
        assert page.evaluate(running) == 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
