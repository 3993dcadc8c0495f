"""Stripe's webhook. A delivery is checked and put into the outbox; the worker does the rest, once for each event."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from integrations.http.problems import Problem
from integrations.http.requests import app_of
from integrations.payments.stripe_events import NotStripes, Unreadable, job_of, verify

log = logging.getLogger(__name__)
PATH = "/webhooks/stripe"
MOST_BYTES = 256_000
router = APIRouter(include_in_schema=False)


@router.post(PATH)
async def stripe(request: Request) -> Response:
    """200 once it is durable; 400 for what is not Stripe's; 503 (Stripe comes again) while the database is away."""
    app = app_of(request)
    secrets = app.settings.webhook_secrets
    if not secrets:
        raise Problem(404, "address_unknown", "There is nothing at this address.")
    body = await request.body()
    try:
        verify(body, request.headers.get("stripe-signature", ""), secrets, app.desk.clock.now())
        job = job_of(body, app.settings.stripe_account)
    except NotStripes as error:
        log.warning("a delivery to %s was refused: %s", PATH, error)
        raise Problem(
            400, "signature_invalid", "This delivery is not signed by Stripe, or not now."
        ) from None
    except Unreadable as error:
        log.warning("a delivery to %s could not be read: %s", PATH, error)
        raise Problem(400, "event_unreadable", "This is no event as Stripe documents them.") from None
    if job is not None:
        await app.store.write(app.merchant.id, lambda uow: uow.jobs.enqueue(job))
    return Response(status_code=200)
