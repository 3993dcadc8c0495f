"""Any other shop: signed documents in, signed decisions out, both more than once without harm."""

from __future__ import annotations

import json

import httpx
import pytest
import respx

from integrations.shops.signature import HEADER, sign, verify
from tests.integration.shops.conftest import SECRET

THEIRS = "https://shop.example/desk"
LINE = {"sku": "MUG", "title": "Mug", "quantity": 2, "unit_price": "18.00", "fulfilment": "delivered"}
ORDER = {
    "number": "#77",
    "customer": {"name": "Jo Park", "email": "jo@example.com"},
    "currency": "USD",
    "placed_at": "2026-05-01T10:00:00Z",
    "lines": [
        {"sku": "MUG", "title": "Mug", "quantity": 2, "unit_price": "18.00", "fulfilment": "delivered"}
    ],
    "payments": [{"method": "Visa", "captured": "36.00"}],
}


@pytest.fixture
async def desk(connected):
    async with connected(shop="signed", shop_url=THEIRS) as opened:
        yield opened


async def told(desk, event, secret=SECRET):
    body = json.dumps(event).encode()
    headers = {HEADER: sign(secret, body, desk.app.desk.clock.now()), "Content-Type": "application/json"}
    return await desk.http.post("/webhooks/shop", content=body, headers=headers)


def news(at="2026-05-01T10:00:00Z", **changes):
    return {"type": "order", "id": "o-77", "updated_at": at, "order": {**ORDER, **changes}}


def a_request(**fields):
    return {"type": "return_request", "order": "#77", "request_id": "rr-1", **fields}


async def test_an_order_arrives_and_the_same_news_again_change_nothing(desk):
    assert (await told(desk, news())).json() == {"added": 1, "updated": 0, "refused": 0}
    assert (await told(desk, news())).json() == {"added": 0, "updated": 0, "refused": 0}
    assert (await desk.order("#77")).payments[0].captured == 3600


async def test_an_unsigned_or_foreign_event_is_refused_and_nothing_arrives(desk):
    assert (await told(desk, news(), secret="other")).status_code == 401
    assert await desk.order("#77") is None


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (news(currency="EURO"), "order.currency"),
        (news(lines=[]), "order.lines"),
        ({"type": "order", "id": "x"}, "updated_at"),
        (
            {
                "type": "return_request",
                "order": "#77",
                "request_id": "r",
                "lines": [{"sku": "NO", "quantity": 1}],
            },
            "lines",
        ),
    ],
)
async def test_a_document_that_does_not_fit_is_answered_with_its_field(desk, event, field):
    await told(desk, news())
    answer = await told(desk, event)
    assert answer.status_code in (404, 422)
    assert field in [violation["field"] for violation in answer.json()["violations"]]


async def test_a_changed_line_is_refused_with_what_was_bought(desk):
    await told(desk, news())
    cheaper = [{**LINE, "unit_price": "9.00"}]
    answer = await told(desk, news("2026-05-02T10:00:00Z", lines=cheaper))
    (violation,) = answer.json()["violations"]
    assert (answer.status_code, violation["field"], violation["limit"]) == (
        422,
        "lines[0]",
        "2 × MUG at 18.00",
    )


async def test_a_customers_return_request_arrives_once_by_sku(desk):
    await told(desk, news())
    request = a_request(
        lines=[{"sku": "MUG", "quantity": 1}], reason="damaged", words="It arrived cracked from rim to base."
    )
    for _ in range(2):
        assert (await told(desk, request)).status_code == 200
    (ret,) = (await desk.order("#77")).returns
    assert (ret.status, ret.lines[0].quantity, ret.customer_words) == ("requested", 1, request["words"])


async def test_a_capture_that_came_later_is_posted_and_a_dispute_closes_the_payment(desk):
    await told(
        desk,
        news(payments=[{"method": "Visa", "captured": "0", "authorised": "36.00", "provider_ref": "pi"}]),
    )
    paid = [{"method": "Visa", "captured": "36.00", "provider_ref": "pi", "dispute": "open"}]
    await told(desk, news("2026-05-02T10:00:00Z", payments=paid))
    (payment,) = (await desk.order("#77")).payments
    assert (payment.captured, payment.dispute) == (3600, "open")
    balances = await desk.app.store.read("mia", lambda uow: uow.ledger.balances("USD"))
    assert sum(balances.of(account) for account in ("pending_settlement", "available")) == 3600


async def test_an_update_that_alters_no_action_leaves_the_orders_version_alone(desk):
    await told(desk, news())
    before = (await desk.order("#77")).version
    await told(desk, news("2026-05-02T10:00:00Z", note="leave at the door"))
    order = await desk.order("#77")
    assert (order.note, order.version) == ("leave at the door", before)


async def test_a_refund_is_posted_signed_and_again_until_it_is_taken(desk):
    await told(desk, news())
    order = await desk.order("#77")
    with respx.mock() as router:
        route = router.post(THEIRS)
        route.side_effect = [httpx.Response(503), httpx.Response(204)]
        proposal = await desk.refund_one(order)
        (waiting,) = await desk.app.store.jobs.jobs(state="queued")
        await desk.app.channels[0].tell(waiting)
        await desk.app.channels[0].tell(waiting)
    assert route.call_count == 2, "once refused, once taken, never after that"
    sent = route.calls[1].request
    verify([SECRET], sent.headers[HEADER], sent.content, desk.app.desk.clock.now())
    body = json.loads(sent.content)
    assert (body["id"], body["type"], body["order"], body["data"]["amount"]) == (
        proposal.id,
        "refund",
        "#77",
        "18.00",
    )
    assert body["data"]["lines"] == [
        {"sku": "MUG", "quantity": 1, "amount": "18.00", "tax": "0.00", "cancelled": 0}
    ]


async def test_a_refund_that_was_declined_is_never_told(desk):
    await told(desk, news())
    order = await desk.order("#77")
    desk.app.provider.script("decline")
    with respx.mock(assert_all_called=False) as router:
        route = router.post(THEIRS).respond(204)
        await desk.refund_one(order)
        await desk.work()
    assert route.call_count == 0


async def test_older_news_that_come_late_take_nothing_back(desk):
    await told(desk, news("2026-05-03T10:00:00Z", address="New street 2"))
    await told(desk, news("2026-05-02T10:00:00Z", address="Old street 1"))
    assert (await desk.order("#77")).address == "New street 2"


async def test_a_line_that_was_delivered_is_not_taken_back_by_a_shop_that_lags(desk):
    await told(desk, news())
    lagging = [{**LINE, "fulfilment": "shipped"}]
    await told(desk, news("2026-05-02T10:00:00Z", lines=lagging))
    assert (await desk.order("#77")).lines[0].fulfilment == "delivered"
