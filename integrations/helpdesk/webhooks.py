"""POST /webhooks/helpdesk/{name}: verified first, each delivery once, then only noted; the work is a job's."""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from domain.ports import Clock, JobSpec, StorageUnavailable, Store, UnitOfWork
from integrations.helpdesk.opening import records_of, thread_of
from integrations.helpdesk.port import Helpdesk, WebhookEvent, WebhookRefused
from integrations.rate import Rate

log = logging.getLogger(__name__)

MOST_BYTES = 512_000
REMEMBERED = timedelta(hours=24)
"""How long a delivery is remembered: far longer than a signature's time is accepted and a helpdesk tries again."""

Door = Callable[[Request], Awaitable[Response]]


def refresh_kind(helpdesk: str) -> str:
    """The kind of the job that reads a ticket again."""
    return f"{helpdesk}.refresh"


class TooLarge(Exception):
    """The body is larger than any webhook."""


@dataclass(slots=True)
class Webhooks:
    """The door of one helpdesk. `strangers` limits calls an address may make whose signature does not fit."""

    store: Store
    merchant_id: str
    helpdesk: Helpdesk
    clock: Clock
    calls: Rate = field(default_factory=lambda: Rate(20, 100))
    strangers: Rate = field(default_factory=lambda: Rate(1, 10))

    async def __call__(self, request: Request) -> Response:
        """200 once it is noted (or was before), 401 for a wrong signature, 413, 429, 503."""
        caller = request.client.host if request.client else ""
        if wait := self.calls.take(caller):
            return _later(429, wait)
        try:
            body = await _body(request)
        except TooLarge:
            return PlainTextResponse(f"at most {MOST_BYTES} bytes", 413, {"Connection": "close"})
        except ClientDisconnect:
            return Response(status_code=400)
        try:
            headers = {name.lower(): value for name, value in request.headers.items()}
            event = self.helpdesk.verify_webhook(headers, body, self.clock.now())
        except WebhookRefused as error:
            log.warning("%s webhook refused: %s", self.helpdesk.name, error)
            wait = self.strangers.take(caller)
            return _later(429, wait) if wait else PlainTextResponse("not accepted", 401)
        try:
            is_new = await self.store.write(self.merchant_id, lambda uow: self._note(uow, event))
        except StorageUnavailable:
            return _later(503, 10.0)
        return PlainTextResponse("noted" if is_new else "known already", 200)

    def _note(self, uow: UnitOfWork, event: WebhookEvent) -> bool:
        """Remember the delivery and, for a ticket the desk knows, have it read again. False for one seen before."""
        records, ends = records_of(uow), uow.now + REMEMBERED
        names = dict.fromkeys(name[:200] for name in (event.id, event.signed_id) if name)
        seen = [not records.first_delivery(self.helpdesk.name, name, ends) for name in names]
        if any(seen):
            return False
        name = self.helpdesk.name
        known = event.ticket_id and (
            records.snapshot(name, event.ticket_id) is not None
            or uow.conversations.by_thread(name, thread_of(event.ticket_id)) is not None
        )
        if known:
            key = event.signed_id or event.id
            uow.jobs.enqueue(JobSpec(refresh_kind(name), key, {"ticket_id": event.ticket_id}))
        return True


async def _body(request: Request) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise TooLarge
    return bytes(content)


def _later(status: int, wait: float) -> Response:
    return PlainTextResponse("later, please", status, {"Retry-After": str(max(1, math.ceil(wait)))})
