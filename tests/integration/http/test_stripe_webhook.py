"""Deliveries of Stripe's webhook: signed or not, early, late, twice and out of order. One refund, whatever comes."""

from __future__ import annotations

import asyncio

import pytest

from domain.orders.model import Dispute
from domain.refunds.model import RefundStatus
from tests.integration.http.stripe_deliveries import (
    NEXT,
    SECRET,
    Stripe,
    claim_later,
    dispute_object,
    refund_object,
)


@pytest.fixture
async def stripe(open_door):
    async with open_door(worker="external", stripe_webhook_secret=f"{SECRET}, {NEXT}") as door:

        def paid_with_stripe(uow):
            order = uow.orders.by_number("1042")
            order.payments[0].provider, order.payments[0].provider_ref = "stripe", "pi_1042"
            uow.orders.save(order)

        await door.app.store.write("demo", paid_with_stripe)
        async with door.plain() as client:
            yield Stripe(door, client)


async def confirmed(stripe, a_refund) -> str:
    """A refund of 10.00 that was confirmed and that nobody has executed."""
    async with await stripe.door.client("ana") as ana:
        card = (await ana.post("/v1/orders/1042/proposals", json=a_refund(1000))).json()
        path = f"/v1/proposals/{card['id']}/confirm"
        await ana.post(path, json={"sha256": card["sha256"]}, headers={"Prefer": "respond-async"})
    return str(card["id"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s, body: {},
        lambda s, body: {"Stripe-Signature": ""},
        lambda s, body: {"Stripe-Signature": "nonsense"},
        lambda s, body: s.headers(body, "whsec_wrong"),
        lambda s, body: s.headers(body, scheme="v0"),
        lambda s, body: s.headers(body + b" "),
        lambda s, body: s.headers(body, at=int(s.door.app.desk.clock.now().timestamp()) - 400),
        lambda s, body: s.headers(body, at=int(s.door.app.desk.clock.now().timestamp()) + 400),
        lambda s, body: {b"Stripe-Signature": b"t=\xb2,v1=00"},
        lambda s, body: {"Stripe-Signature": s.headers(body)["Stripe-Signature"] + ",t=1"},
    ],
    ids="none empty nonsense secret scheme body replayed future digit two-times".split(),
)
async def test_what_stripe_did_not_sign_just_now_is_refused_and_does_nothing(stripe, spoil):
    body = stripe.body("refund.created", refund_object())
    answer = await stripe.client.post("/webhooks/stripe", content=body, headers=spoil(stripe, body))
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_invalid")
    assert await stripe.jobs() == []


@pytest.mark.parametrize("secrets", [(SECRET,), (NEXT,), ("whsec_gone", NEXT)])
async def test_while_a_secret_is_replaced_both_are_believed(stripe, secrets):
    body = stripe.body("refund.created", refund_object())
    answer = await stripe.client.post(
        "/webhooks/stripe", content=body, headers=stripe.headers(body, *secrets)
    )
    assert answer.status_code == 200
    assert len(await stripe.jobs()) == 1


async def test_a_delivery_is_limited_in_size_and_has_to_be_an_event(stripe):
    body = b"{" + b" " * 300_000
    answer = await stripe.client.post("/webhooks/stripe", content=body, headers=stripe.headers(body))
    assert answer.status_code == 413
    for body in (
        b"[]",
        b"{}",
        b"\xff",
        b'{"id": "evt_1", "type": "refund.created", "data": {"object": {"id": "re_1"}}}',
    ):
        answer = await stripe.client.post("/webhooks/stripe", content=body, headers=stripe.headers(body))
        assert (answer.status_code, answer.json()["code"]) == (400, "event_unreadable")
    await stripe.send("customer.created", {"id": "cus_1"})
    assert await stripe.jobs() == []


async def test_without_a_secret_there_is_no_such_address(open_door):
    async with open_door(worker="external") as door, door.plain() as client:
        assert (await client.post("/webhooks/stripe", content=b"{}")).status_code == 404


async def test_a_refund_made_at_stripe_counts_and_cannot_be_made_again_here(stripe, a_refund):
    before = await stripe.order()
    paid = before.payments[0].captured
    await stripe.send("refund.created", refund_object(amount=paid), "evt_a")
    await stripe.send("refund.created", refund_object(amount=paid), "evt_a")
    await stripe.send("refund.updated", refund_object(amount=paid), "evt_b")
    assert len(await stripe.jobs()) == 2
    await stripe.work()
    order = await stripe.order()
    (refund,) = order.refunds
    assert (refund.amount, refund.status, refund.allocations[0].provider_ref) == (
        paid,
        RefundStatus.SUCCEEDED,
        "re_1",
    )
    assert "outside the desk" in refund.note
    assert order.version > before.version
    async with await stripe.door.client("ana") as ana:
        refused = await ana.post("/v1/orders/1042/proposals", json=a_refund(100))
    assert refused.status_code == 422
    assert refused.json()["code"] in ("refund_exceeds_remaining", "action_unavailable", "not_captured")
    assert await stripe.door.app.store.read("demo", lambda uow: uow.ledger.sum()) == 0


async def test_a_refund_made_at_stripe_that_fails_later_is_given_back(stripe):
    await stripe.send("refund.created", refund_object(status="pending"))
    await stripe.work()
    held = await stripe.door.app.store.read("demo", lambda uow: uow.ledger.balances("USD").amounts)
    await stripe.send("refund.failed", refund_object(status="failed", failure_reason="lost_or_stolen_card"))
    await stripe.send("refund.updated", refund_object(status="pending"))
    await stripe.work()
    (refund,) = (await stripe.order()).refunds
    assert (refund.status, "lost or stolen" in refund.failure) == (RefundStatus.FAILED, True)
    after = await stripe.door.app.store.read("demo", lambda uow: uow.ledger.balances("USD").amounts)
    assert sum(after.values()) == sum(held.values()) + 1000
    assert await stripe.door.app.store.read("demo", lambda uow: uow.ledger.sum()) == 0


async def test_a_report_of_our_own_refund_before_we_know_its_end_is_its_end(stripe, a_refund):
    """Early: Stripe's delivery overtakes its answer to us. Then late, twice and out of order."""
    proposal = await confirmed(stripe, a_refund)
    ours = refund_object(metadata={"desk_key": proposal, "desk_refund": proposal})
    events = [
        ("refund.updated", ours),
        ("refund.created", {**ours, "status": "pending"}),
        ("refund.updated", ours),
    ]
    for kind, thing in events:
        await stripe.send(kind, thing)
        for job in await stripe.door.app.store.jobs.claim(owner="w", lease_seconds=60, limit=50):
            if job.kind == "provider_event":
                await stripe.door.app.worker._run(job)
            else:
                await stripe.door.app.store.jobs.retry(job, run_after=job.run_after, error="")
    (refund,) = (await stripe.order()).refunds
    assert (refund.id, refund.status, refund.allocations[0].provider_ref) == (
        proposal,
        RefundStatus.SUCCEEDED,
        "re_1",
    )
    assert len((await stripe.order()).refunds) == 1
    await stripe.work()
    assert [(r.id, r.status) for r in (await stripe.order()).refunds] == [(proposal, RefundStatus.SUCCEEDED)]
    state = await stripe.door.app.store.read("demo", lambda uow: uow.proposals.get(proposal).state)
    assert state == "executed"


async def test_a_refund_with_a_key_of_ours_that_nobody_here_knows_is_waited_for_then_entered(stripe):
    """As after a database that lost its last moments in a failover: the money has moved, so it counts."""
    lost = refund_object(metadata={"desk_key": "prop_lost", "desk_refund": "prop_lost"})
    await stripe.send("refund.created", lost)
    await stripe.work()
    assert (await stripe.order()).refunds == []
    (job,) = await stripe.jobs()
    assert "not here yet" in job.last_error
    store = stripe.door.app.store
    for _ in range(4):
        (job,) = await stripe.jobs()
        if job.state == "done":
            break
        (leased,) = await claim_later(store, stripe)
        await stripe.door.app.worker._run(leased)
    (refund,) = (await stripe.order()).refunds
    assert (refund.amount, refund.allocations[0].provider_ref) == (1000, "re_1")


async def test_a_payment_of_somebody_elses_changes_nothing(stripe):
    await stripe.send("refund.created", refund_object(payment_intent="pi_elsewhere", charge="ch_elsewhere"))
    await stripe.send(
        "charge.dispute.created",
        {**dispute_object("needs_response"), "payment_intent": "pi_x", "charge": "c"},
    )
    before = (await stripe.order()).version
    await stripe.work()
    assert (await stripe.order()).version == before


async def test_a_refund_that_came_with_the_orders_history_is_not_entered_again(stripe):
    def history(uow):
        from tests.builders import a_refund as refund_of

        order = uow.orders.by_number("1042")
        refund_of(
            order, 1000, refund_id="history", proposed_by="", confirmed_by="", status=RefundStatus.SUCCEEDED
        )
        order.refunds[0].allocations[0].status = RefundStatus.SUCCEEDED
        uow.orders.save(order)

    await stripe.door.app.store.write("demo", history)
    await stripe.send("refund.created", refund_object())
    await stripe.send("refund.created", refund_object("re_2"))
    await stripe.work()
    found = [(r.id, r.allocations[0].provider_ref) for r in (await stripe.order()).refunds]
    assert found[0] == ("history", "re_1")
    assert [ref for _, ref in found] == ["re_1", "re_2"]


async def test_charge_refunded_asks_stripe_for_all_refunds_of_the_payment(stripe):
    """The event names none of them; it stands in for deliveries that got lost."""
    sandbox = stripe.door.app.provider
    from domain.ports import ProviderRequest

    await sandbox.refund(ProviderRequest("elsewhere", "elsewhere", "pi_1042", 700, "USD"))
    await stripe.send("charge.refunded", {"id": "ch_1", "payment_intent": "pi_1042", "amount_refunded": 700})
    for _ in range(5):
        await stripe.work()
        jobs = [job for job in await stripe.jobs() if job.state == "queued"]
        if not jobs:
            break
        (leased,) = await claim_later(stripe.door.app.store, stripe)
        await stripe.door.app.worker._run(leased)
    assert [refund.amount for refund in (await stripe.order()).refunds] == [700]


@pytest.mark.parametrize(
    ("story", "ends"),
    [
        (["needs_response"], Dispute.OPEN),
        (["needs_response", "under_review", "won"], Dispute.WON),
        (["lost", "needs_response"], Dispute.LOST),
        (["won", "under_review", "needs_response"], Dispute.WON),
        (["warning_needs_response", "warning_closed"], Dispute.WON),
        (["prevented"], Dispute.LOST),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else "",
)
async def test_a_dispute_stands_on_the_payment_in_whatever_order_it_is_told(stripe, story, ends):
    for status in story:
        await stripe.send("charge.dispute.updated", dispute_object(status))
        await stripe.work()
    payment = (await stripe.order()).payments[0]
    assert payment.dispute is ends
    assert payment.is_blocked is (ends in (Dispute.OPEN, Dispute.LOST))


async def test_a_second_dispute_blocks_though_the_first_was_won(stripe):
    await stripe.send("charge.dispute.closed", dispute_object("won", "dp_1"))
    await stripe.send("charge.dispute.created", dispute_object("needs_response", "dp_2"))
    await stripe.work()
    assert (await stripe.order()).payments[0].dispute is Dispute.OPEN


async def test_deliveries_at_the_same_moment_are_one_refund(stripe):
    await asyncio.gather(
        *(stripe.send("refund.created", refund_object(), f"evt_{i % 3}x") for i in range(12))
    )
    assert len(await stripe.jobs()) == 3
    await stripe.work()
    assert len((await stripe.order()).refunds) == 1


async def test_while_the_database_is_away_stripe_is_asked_to_come_again(stripe):
    file = stripe.door.app.settings.data / "desk.db"
    file.rename(file.with_suffix(".aside"))
    body = stripe.body("refund.created", refund_object())
    answer = await stripe.client.post("/webhooks/stripe", content=body, headers=stripe.headers(body))
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    file.with_suffix(".aside").rename(file)
    assert (
        await stripe.client.post("/webhooks/stripe", content=body, headers=stripe.headers(body))
    ).status_code == 200
