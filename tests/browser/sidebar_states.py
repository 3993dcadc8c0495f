"""Every state of the sidebar, and how a person gets there. Each function gives the page in that state."""

from datetime import timedelta
from typing import Any

from domain.balances.model import Account
from domain.balances.service import current_balances, schedule_payout
from tests.browser.bench import at, confirmed, proposed

STATES: dict[str, Any] = {}


def state(function):
    STATES[function.__name__] = function
    return function


def plain(bench, path, wanted, staff="ana"):
    page = bench.window(staff)
    page.goto(f"{bench.desk.address}{path}")
    return at(page, wanted)


@state
def no_ticket(bench):
    return plain(bench, "/sidebar/local/no-ticket", "no_ticket")


@state
def loading(bench):
    page = bench.window()
    page.route("**/plain.js*", lambda route: route.abort())
    page.goto(f"{bench.desk.address}/sidebar/local")
    return at(page, "loading")


@state
def signed_out(bench):
    return plain(bench, f"/sidebar/local/t/{bench.ticket()}", "signed_out", staff=None)


@state
def forbidden(bench):
    page = bench.window(None)
    action = f"{bench.desk.address}/sidebar/local"
    page.set_content(
        f'<form method="post" action="{action}"><input name="token" value="x@y.z|1"><button>go</button>'
    )
    page.get_by_role("button").click()
    return at(page, "forbidden")


@state
def ticket_unknown(bench):
    return plain(bench, "/sidebar/local/t/nothing", "ticket_unknown")


@state
def helpdesk_down(bench):
    return plain(bench, "/sidebar/local/t/down-1", "helpdesk_down")


@state
def order_none_found(bench):
    text = "Hello, I would like to send something back."
    return at(bench.open(bench.ticket(text, email="nobody@example.com", name="Nobody")), "order")


@state
def order_one_found(bench):
    return at(bench.open(bench.ticket(email="somebody.else@example.com", name="Somebody Else")), "order")


@state
def order_many_found(bench):
    other = bench.order()
    page = at(bench.open(bench.ticket(f"Orders {{number}} and {other}: one mug arrived broken.")), "order")
    page.get_by_role("searchbox").fill("runner linen")
    page.locator("#found .choice").first.wait_for()
    return page


@state
def start(bench):
    return at(bench.open(bench.ticket()), "start")


@state
def start_only_reading(bench):
    return at(bench.open(bench.ticket(), "vic"), "start")


@state
def evidence_missing(bench):
    page = at(bench.open(bench.ticket()), "start")
    page.locator(".choice.best").click()
    return at(page, "evidence")


@state
def question(bench):
    page = at(
        bench.open(bench.ticket("Order {number}. Please help me.", photos=0, subject="A question")), "start"
    )
    page.get_by_role("button", name="Refund", exact=True).click()
    return at(page, "question")


@state
def answer(bench):
    page = at(bench.open(bench.ticket()), "start")
    page.locator("#say-box").fill("what counts as evidence?")
    page.keyboard.press("Enter")
    page.locator(".notice").wait_for()
    return page


@state
def proposal(bench):
    return proposed(bench)


@state
def proposal_needs_a_second_person(bench):
    lines = [{"sku": "SOFA", "title": "Sofa", "quantity": 1, "unit_price": "900.00"}]
    payments = [{"method": "Visa ending 4242", "captured": "900.00"}]
    ticket = bench.ticket(
        "The sofa of {number} never arrived.",
        subject="Where is it?",
        lines=lines,
        payments=payments,
        shipping="0",
    )
    page = at(bench.open(ticket), "start")
    page.locator(".choice.best").click()
    return at(page, "proposal")


@state
def editing(bench):
    page = proposed(bench)
    page.get_by_role("button", name="Edit").click()
    page.locator("form[data-edit]").wait_for()
    return page


@state
def editing_invalid(bench):
    page = editing(bench)
    page.get_by_label("Amount").fill("9999")
    page.get_by_role("button", name="Show the changed proposal").click()
    page.locator("[aria-invalid]").wait_for()
    return at(page, "editing")


@state
def submitting(bench):
    page = proposed(bench)
    page.route("**/press", lambda route: None)
    page.locator("button.primary").click(no_wait_after=True)
    page.locator("#case[aria-busy]").wait_for()
    return page


@state
def success(bench):
    page = confirmed(bench)
    page.locator("[data-note]").wait_for()
    return page


@state
def declined(bench):
    bench.fault("decline")
    return confirmed(bench, "result-failed")


@state
def rejected(bench):
    page = at(bench.open(a_requested_return(bench)), "start")
    page.get_by_role("button", name="Reject the return request").click()
    at(page, "question").get_by_role("button", name="Outside the return window").click()
    page.get_by_role("button", name="Use this text").click()
    page.get_by_role("button", name="The explanation goes out as the reply").click()
    at(page, "proposal").locator("button.primary").click()
    return at(page, "result-done")


def a_requested_return(bench):
    """A ticket whose customer asked for a return."""
    wish = {
        "id": "RT1", "initiated_by": "customer", "status": "requested", "lines": [{"sku": "MUG", "quantity": 1}],
        "customer_reason": "damaged", "customer_words": "One mug has a crack.", "wished_outcome": "refund",
    }  # fmt: skip
    return bench.ticket(returns=[wish])


@state
def provider_unknown(bench):
    bench.fault("timeout_before", *["lookup_timeout", "timeout_before"] * 3)
    return confirmed(bench, "result-unknown")


@state
def error_with_retry(bench):
    page = proposed(bench)
    problem = '{"detail": "Something went wrong here.", "reference": "req_1"}'
    page.route("**/press", lambda route: route.fulfill(status=500, body=problem))
    page.locator("button.primary").click()
    page.locator("#again").wait_for()
    return page


@state
def offline(bench):
    ticket = bench.ticket()
    page = bench.window()
    page.route("**/live*", lambda route: route.abort())
    page.goto(f"{bench.desk.address}/sidebar/local/t/{ticket}")
    page.locator("#offline:not([hidden])").wait_for()
    return at(page, "start")


@state
def expired(bench):
    page = proposed(bench)
    bench.desk.clock.by += timedelta(minutes=31)
    return at(page, "expired")


@state
def superseded(bench):
    page = proposed(bench)
    other = at(bench.open(page.url.rsplit("/", 1)[1], "sam"), "proposal")
    other.get_by_role("button", name="Edit").click()
    other.get_by_label("Amount").fill("12.00")
    other.get_by_role("button", name="Show the changed proposal").click()
    page.get_by_text("$12.00").first.wait_for()
    return at(page, "proposal")


@state
def confirmed_by_another(bench):
    page = proposed(bench)
    other = at(bench.open(page.url.rsplit("/", 1)[1], "sam"), "proposal")
    other.locator("button.primary").click()
    at(page, "result-done").get_by_text("by Sam Supervisor").wait_for()
    return page


@state
def order_changed(bench):
    page = proposed(bench)
    number = f"#{page.url.rsplit('/', 1)[1]}"

    def touch(uow):
        uow.orders.save(uow.orders.by_number(number))

    bench.desk.write(touch)
    page.locator("button.primary").click()
    page.locator(".notice.bad").wait_for()
    return at(page, "proposal")


@state
def insufficient_balance(bench):
    bought = {"placed_at": "2026-01-05T10:00:00Z", "currency": "CHF"}
    captured = [{"method": "Visa ending 4242", "captured": "64.80", "captured_at": "2026-01-05T10:00:00Z"}]
    ticket = bench.ticket(
        "{number}: I changed my mind about the runner.", subject="Runner", payments=captured, **bought
    )
    bench.desk.write(empty_the_account)
    page = at(bench.open(ticket), "start")
    page.get_by_role("button", name="Refund 1 × Linen runner").click()
    page.locator(".notice.bad").wait_for()
    return page


def empty_the_account(uow):
    schedule_payout(uow, "fin", "CHF", current_balances(uow, "CHF").of(Account.AVAILABLE))


@state
def ticket_changed(bench):
    page = proposed(bench)
    bench.writes_again(page.url.rsplit("/", 1)[1], "It leaks as well, and the handle came off.")
    page.get_by_text("The customer wrote again").wait_for()
    return page
