"""Shopify: what changed there arrives here, and what was decided here stands there, once."""

from __future__ import annotations

from integrations.shops.channel import ShopChannel
from tests.unit.shops.papers import a_refund, a_return, a_shipment, an_item, an_order


def channel_of(desk) -> ShopChannel:
    return desk.app.channels[0]


async def dead(desk):
    return await desk.app.store.jobs.jobs(state="dead")


async def test_a_webhook_brings_an_order_in(taken):
    assert (taken.customer.name, taken.payments[0].captured, taken.lines[0].sku) == (
        "Mia Brandt",
        3600,
        "MUG",
    )


async def test_the_same_delivery_twice_is_fetched_once(desk, shopify, taken):
    asked = len(shopify.asked)
    await desk.told(an_order(), delivery="d-1")
    await desk.work()
    assert len(shopify.asked) == asked


async def test_a_wrong_signature_or_another_shops_webhook_brings_nothing(desk, shopify):
    shopify.put(an_order())
    assert (await desk.told(an_order(), domain="eve.myshopify.com")).status_code == 401
    body = b'{"admin_graphql_api_id":"gid://shopify/Order/900"}'
    for headers in (
        {},
        {"X-Shopify-Hmac-Sha256": "x"},
        {"X-Shopify-Hmac-Sha256": "ü".encode("latin-1").decode("latin-1")},
    ):
        raw = {name: value.encode("latin-1") for name, value in headers.items()}
        assert (await desk.http.post("/webhooks/shop", content=body, headers=raw)).status_code == 401
    await desk.work()
    assert await desk.order() is None


async def test_an_update_moves_lines_on_and_older_news_never_take_them_back(desk, shopify, taken):
    shopify.put(an_order(fulfillments=[a_shipment()], updatedAt="2026-05-04T10:00:00Z"))
    await desk.told(an_order(), delivery="d-2")
    await desk.work()
    assert (await desk.order()).lines[0].fulfilment == "delivered"
    shopify.put(an_order(updatedAt="2026-05-02T10:00:00Z"))
    await desk.told(an_order(), delivery="d-3")
    await desk.work()
    order = await desk.order()
    assert (order.lines[0].fulfilment, order.version) == ("delivered", taken.version + 1)


async def test_a_refund_made_in_shopify_leaves_less_to_refund_and_balances_the_books(desk, shopify, taken):
    shopify.put(an_order(refunds=[a_refund(amount="18.0")], updatedAt="2026-05-06T10:00:00Z"))
    for delivery in ("d-2", "d-3"):
        await desk.told(an_order(), delivery=delivery)
        await desk.work()
    order = await desk.order()
    assert [(refund.amount, refund.status) for refund in order.refunds] == [(1800, "succeeded")]
    assert await desk.app.store.read("mia", lambda uow: uow.ledger.sum()) == 0


async def test_a_refund_of_the_desk_is_recorded_in_shopify_once_and_moves_no_money_there(
    desk, shopify, taken
):
    proposal = await desk.refund_one(taken)
    await desk.work()
    ((name, given),) = shopify.made
    assert name == "Refund"
    assert given["transactions"] == [
        {"orderId": "gid://shopify/Order/900", "gateway": "manual", "kind": "REFUND", "amount": "18.00"}
    ]
    assert f"[desk:{proposal.id}]" in given["note"]


async def test_an_answer_that_was_lost_after_the_effect_is_found_and_not_written_again(desk, shopify, taken):
    shopify.faults = [None, "lost"]
    await desk.refund_one(taken)
    (waiting,) = await desk.app.store.jobs.jobs(state="queued")
    assert "no answer" in waiting.last_error
    job = (await desk.app.store.jobs.claim(owner="later", lease_seconds=60, limit=5)) or [waiting]
    assert type(await channel_of(desk).tell(job[0])).__name__ == "Done"
    assert len(shopify.made) == 1


async def test_the_desks_own_refund_that_comes_back_is_known(desk, shopify, taken):
    proposal = await desk.refund_one(taken)
    note = f"changed_mind [desk:{proposal.id}]"
    shopify.put(an_order(refunds=[a_refund(note=note)], updatedAt="2026-05-06T10:00:00Z"))
    await desk.told(an_order(), delivery="d-2")
    await desk.work()
    assert [refund.id for refund in (await desk.order()).refunds] == [proposal.id]


async def test_a_return_request_is_rejected_in_shopify_with_its_explanation(desk, shopify, taken):
    shopify.put(an_order(fulfillments=[a_shipment()], returns=[a_return()], updatedAt="2026-05-06T10:00:00Z"))
    await desk.told(an_order(), delivery="d-2")
    await desk.work()
    order = await desk.order()
    payload = {
        "return_id": order.returns[0].id,
        "reason": "used_or_altered",
        "explanation": "The handle shows signs of heavy use.",
        "communication": {"channel": "email", "text": "We cannot take it back."},
    }
    await desk.decide(order, "reject_return", payload)
    await desk.work()
    assert shopify.made == [
        (
            "Decline",
            {
                "input": {
                    "id": "gid://shopify/Return/1",
                    "declineReason": "OTHER",
                    "declineNote": "The handle shows signs of heavy use.",
                }
            },
        )
    ]


async def test_a_request_the_customer_withdrew_in_the_shop_is_cancelled_here(desk, shopify, taken):
    shopify.put(an_order(returns=[a_return()], fulfillments=[a_shipment()], updatedAt="2026-05-06T10:00:00Z"))
    await desk.told(an_order(), delivery="d-2")
    await desk.work()
    gone = an_order(
        returns=[a_return(status="CANCELED")], fulfillments=[a_shipment()], updatedAt="2026-05-07T10:00:00Z"
    )
    shopify.put(gone)
    await desk.told(an_order(), delivery="d-3")
    await desk.work()
    assert [ret.status for ret in (await desk.order()).returns] == ["cancelled"]


async def test_a_busy_shop_is_asked_again_when_it_says_so(desk, shopify):
    shopify.put(an_order())
    shopify.faults = [429]
    await desk.told(an_order(), "orders/create")
    await desk.work()
    (waiting,) = await desk.app.store.jobs.jobs(state="queued")
    assert "too many requests" in waiting.last_error
    assert 5 < (waiting.run_after - desk.app.desk.clock.now()).total_seconds() <= 7


async def test_what_the_shop_refuses_for_good_is_a_dead_letter_and_the_refund_stands(desk, shopify, taken):
    del shopify.orders["gid://shopify/Order/900"]
    await desk.refund_one(taken)
    (job,) = await dead(desk)
    assert "the order is not there any more" in job.last_error
    assert (await desk.order()).refunds[0].status == "succeeded"


async def test_an_order_that_cannot_be_taken_over_is_named_in_the_audit_and_no_webhook_is_repeated(
    desk, shopify
):
    shopify.put(an_order(items=[an_item(price="1.005")]))
    assert (await desk.told(an_order(), "orders/create")).status_code == 200
    await desk.work()
    events = await desk.app.store.read("mia", lambda uow: uow.audit.events(kind="shop.refused"))
    assert [event.subject for _, event in events] == ["gid://shopify/Order/900"]
    assert "1.005" in events[0][1].data["why"]


async def test_a_pull_takes_up_every_page_and_goes_on_where_it_stopped(desk, shopify):
    for i in range(5):
        shopify.put(
            an_order(id=f"gid://shopify/Order/{i}", name=f"#30{i}", updatedAt=f"2026-05-0{i + 1}T00:00:00Z")
        )
    shopify.faults = [None, 503]
    assert (await channel_of(desk).pull()).added == 2
    assert (await channel_of(desk).pull()).added == 3
    again = await channel_of(desk).pull()
    assert (again.added, again.unchanged) == (0, 5)
