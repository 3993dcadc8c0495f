"""Stripe as it delivers events to a desk: signed, again and again."""

from __future__ import annotations

import hmac
import json
from hashlib import sha256

SECRET, NEXT = "whsec_now", "whsec_next"
CREATED = 1_772_000_000


def refund_object(ref="re_1", amount=1000, status="succeeded", **fields) -> dict:
    given = {"id": ref, "object": "refund", "amount": amount, "currency": "usd", "status": status}
    return {
        **given,
        "created": CREATED,
        "payment_intent": "pi_1042",
        "charge": "ch_1",
        "metadata": {},
        **fields,
    }


def dispute_object(status, ref="dp_1") -> dict:
    return {"id": ref, "object": "dispute", "status": status, "charge": "ch_1", "payment_intent": "pi_1042"}


class Stripe:
    """Delivers events to a desk whose order #1042 was paid with pi_1042."""

    def __init__(self, door, client):
        self.door, self.client, self.count = door, client, 0

    def headers(self, body, *secrets, at=None, scheme="v1"):
        at = int(self.door.app.desk.clock.now().timestamp()) if at is None else at
        signed = [hmac.new(s.encode(), b"%d." % at + body, sha256).hexdigest() for s in secrets or (SECRET,)]
        return {"Stripe-Signature": ",".join([f"t={at}", *(f"{scheme}={each}" for each in signed)])}

    def body(self, kind, thing, event="", **more):
        self.count += 1
        event = event or f"evt_{self.count}"
        return json.dumps(
            {"id": event, "object": "event", "type": kind, "data": {"object": thing}, **more}
        ).encode()

    async def send(self, kind, thing, event="", **more):
        body = self.body(kind, thing, event, **more)
        answer = await self.client.post("/webhooks/stripe", content=body, headers=self.headers(body))
        assert answer.status_code == 200, answer.text

    async def work(self):
        await self.door.app.worker.run_once()

    async def order(self):
        return await self.door.app.store.read("demo", lambda uow: uow.orders.by_number("1042"))

    async def jobs(self, kind="provider_event"):
        return [job for job in await self.door.app.store.jobs.jobs() if job.kind == kind]


async def claim_later(store, stripe):
    """The event's job, whenever it is due."""
    clock = store.jobs._clock
    (job,) = await stripe.jobs()
    store.jobs._clock = type("Later", (), {"now": staticmethod(lambda: max(clock.now(), job.run_after))})()
    try:
        return await store.jobs.claim(owner="w", lease_seconds=60)
    finally:
        store.jobs._clock = clock
