"""The page as a person at a browser meets it."""

import re

import pytest

from tests.browser.conftest import a_new_turn

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.xdist_group("browser")]

CRACKED = "refund one mug on 1042, it arrived cracked"
CRACK = "The mug arrived with a long crack in its side."


def say(page, text):
    with a_new_turn(page):
        page.locator("#say textarea").fill(text)
        page.keyboard.press("Enter")


def last_turn(page):
    """The reply that is the last one now, and stays this one."""
    turns = page.locator("article.turn")
    return turns.nth(turns.count() - 1)


def test_the_link_leaves_the_address_bar_and_works_once(served, chromium):
    link = served.link()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(link)
    page.wait_for_url("**/c/*")
    assert "token" not in page.url
    [cookie] = context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    context.close()
    other = chromium.new_context()
    page = other.new_page()
    page.goto(link)
    page.get_by_text("This link was used already, or is too old.").wait_for()
    assert "token" not in page.url
    other.close()


def test_one_mug_is_refunded_from_sentence_to_refunded_by_keyboard_alone(visit):
    page = visit()
    page.locator("#say textarea").focus()
    with a_new_turn(page):
        page.keyboard.type(CRACKED)
        page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.matches('.turn:last-of-type [data-focus]')")
    with a_new_turn(page):
        page.keyboard.type(CRACK)
        page.keyboard.press("Enter")
    card = last_turn(page)
    assert card.locator(".big").inner_text() == "$18.40"
    assert page.evaluate("() => document.activeElement.textContent").startswith("Refund")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Refund $18.40"
    with a_new_turn(page):
        page.keyboard.press("Enter")
    result = last_turn(page)
    assert "Refunded $18.40 to Lucía Prado." in result.inner_text()
    assert "Confirmed by Ana Agent" in card.inner_text()
    assert card.get_by_role("button").count() == 0
    page.reload()
    assert "Refunded $18.40" in last_turn(page).inner_text()


def test_a_double_click_confirms_once(visit):
    page = visit()
    say(page, "refund 5.00 as goodwill on 1043, the lamp")
    button = last_turn(page).locator("button.primary")
    if not button.count():  # the desk asked for something first
        say(page, "goodwill")
    presses = []
    page.on("request", lambda request: presses.append(request) if request.url.endswith("/press") else None)
    with a_new_turn(page):
        last_turn(page).locator("button.primary").dblclick(no_wait_after=True)
    page.wait_for_timeout(300)
    assert page.get_by_text("You pressed Confirm").count() == 1
    assert page.get_by_text(re.compile("^Refunded €5.00")).count() == 1
    assert len(presses) == 1


def test_a_card_that_was_answered_is_not_pressed_again_by_a_click_that_comes_late(visit):
    page = visit()
    say(page, "refund 5.00 as goodwill on 1043, the lamp")
    presses = []
    page.on("request", lambda request: presses.append(request) if request.url.endswith("/press") else None)
    form = last_turn(page).locator(".acts form.grow")
    form.evaluate(
        """form => document.body.addEventListener(
            "htmx:beforeSwap", () => queueMicrotask(() => form.requestSubmit())
        )"""
    )
    with a_new_turn(page):
        form.locator("button").click()
    page.wait_for_timeout(300)
    assert page.get_by_text("You pressed Confirm").count() == 1
    assert len(presses) == 1


def test_an_edit_says_what_is_wrong_at_the_field_and_then_shows_the_new_card(visit):
    page = visit()
    say(page, "refund the linen runner on 1042 as goodwill")
    card = last_turn(page)
    card.get_by_role("button", name="Edit").click()
    card.get_by_label("Amount").fill("9999")
    card.get_by_role("button", name="Show the changed proposal").click()
    amount = card.get_by_label("Amount")
    card.locator("[aria-invalid=true]").wait_for()
    assert amount.evaluate("each => document.activeElement === each")
    assert "9999.00 asked" in card.inner_text()
    amount.fill("10.00")
    with a_new_turn(page):
        card.get_by_role("button", name="Show the changed proposal").click()
    assert last_turn(page).locator(".big").inner_text() == "$10.00"
    assert "Replaced by a changed proposal" in card.inner_text()
    with a_new_turn(page):
        last_turn(page).get_by_role("button", name="Cancel").click()
    assert "Dropped" in last_turn(page).inner_text()


def test_an_order_is_found_and_its_closed_ways_say_why(visit):
    page = visit()
    page.get_by_role("searchbox", name="Orders").fill("henrik")
    found = page.locator("#orders button", has_text="Henrik Solberg")
    found.wait_for()
    with a_new_turn(page):
        found.click()
    card = last_turn(page)
    card.locator("summary").click()
    assert "Not available now" in card.inner_text()
    with a_new_turn(page):
        card.get_by_role("button", name="Open a return").click()


def test_words_with_markup_stay_words(visit):
    page = visit()
    say(page, "<img src=x onerror=alert(1)> <b>bold</b>")
    assert page.locator(".you").last.inner_text().endswith("<img src=x onerror=alert(1)> <b>bold</b>")
    assert page.locator(".log img, .you b").count() == 0


def test_when_the_desk_cannot_be_reached_the_words_are_kept(visit):
    page = visit()
    page.context.set_offline(True)
    page.locator("#say textarea").fill("show order 1042")
    page.keyboard.press("Enter")
    page.get_by_text("The desk cannot be reached").wait_for()
    assert page.locator("#say textarea").input_value() == "show order 1042"
    page.context.set_offline(False)
    with a_new_turn(page):
        page.keyboard.press("Enter")
    assert "Order #1042" in last_turn(page).inner_text()


@pytest.mark.parametrize("width", [320, 400, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_at_any_width(visit, width, scheme):
    page = visit(width=width, color_scheme=scheme)
    say(page, "show order 1044")
    say(page, "show order 1045")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    box = last_turn(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_who_only_reads_sees_everything_and_decides_nothing(visit):
    page = visit("vic")
    assert "Vic Viewer" in page.locator(".me").inner_text()
    say(page, "show order 1042")
    assert last_turn(page).locator(".chip").count() == 0
