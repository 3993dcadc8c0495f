"""The connected shop beside the other channels: its webhooks, its pull, and what is written back to it.

Writing back is at least once and remembered: the shop's own id of what was written is kept under the decision's key,
and a shop that can be asked is asked before anything is written again. It never holds up the money.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import orjson
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from agent.runner import Desk
from domain.ports import Clock, Job, JobSpec, Store, UnitOfWork
from domain.proposals.model import ProposalKind
from domain.rules import Refused
from integrations.shops.decisions import REFUND_FAILED, decision_of
from integrations.shops.port import (
    Changed,
    News,
    Shop,
    ShopError,
    ShopWebhookRefused,
    Unreadable,
    WriteBack,
    WriteRefused,
)
from integrations.shops.taking import Taken, note_refused, records_of, take_one
from integrations.work.outcome import Again, Dead, Done, Handler, Outcome
from integrations.work.worker import Worker

log = logging.getLogger(__name__)
FETCH = "shop.fetch"
"""Job kind: take over an order that changed. Payload: `shop_id`."""
_OVERLAP = timedelta(minutes=2)
"""How far back each pull looks again: a shop may show a change a little after its time."""


class ShopChannel:
    """One shop of one merchant."""

    name = "shop"

    def __init__(self, shop: Shop, store: Store, merchant_id: str, clock: Clock, pull_seconds: float) -> None:
        self.shop, self._store, self._merchant = shop, store, merchant_id
        self._clock, self._pull_seconds = clock, pull_seconds

    def attach(self, desk: Desk) -> None:
        """It hands the desk nothing: what a shop tells becomes orders, not words."""

    def jobs(self) -> dict[str, Handler]:
        """Fetching what a webhook says has changed."""
        return {FETCH: self.fetch}

    def chores(self, worker: Worker) -> None:
        """Pull what changed, in case a webhook was lost."""
        if self._pull_seconds:
            worker.every(self._pull_seconds, self.pull, "shop.pull")

    async def close(self) -> None:
        """Close the shop's connections."""
        await self.shop.close()

    def mount(self, app: FastAPI) -> None:
        """POST /webhooks/shop."""
        app.add_api_route("/webhooks/shop", self.webhook, methods=["POST"], include_in_schema=False)

    async def webhook(self, request: Request) -> Response:
        """Take news over before answering: 2xx means that it is kept. The same news again change nothing."""
        body = await request.body()
        try:
            news = self.shop.read_webhook(dict(request.headers), body, self._clock.now())
        except ShopWebhookRefused as refusal:
            log.warning("a shop webhook was refused: %s", refusal)
            return JSONResponse({"code": "signature_invalid"}, 401)
        taken = Taken()
        for each in news:
            taken.add(await (self._take(each) if self.shop.wants_problems else self._taken_or_noted(each)))
        return JSONResponse({"added": taken.added, "updated": taken.updated, "refused": len(taken.refused)})

    async def fetch(self, job: Job) -> Outcome:
        """The order as the shop knows it now."""
        try:
            news = await self.shop.fetch(job.payload["shop_id"])
        except ShopError as error:
            return Again(f"{job.payload['shop_id']}: {error}", error.retry_after)
        if news is not None:
            await self._taken_or_noted(news)
        return Done()

    async def _take(self, news: News) -> Taken:
        """In a transaction of its own; what an order's document breaks is noted and told, never half taken over."""
        if isinstance(news, Changed):
            wanted = JobSpec(FETCH, news.delivery, {"shop_id": news.shop_id})
            await self._store.write(self._merchant, lambda uow: uow.jobs.enqueue(wanted))
            return Taken()
        taken = await self._store.write(self._merchant, lambda uow: take_one(uow, news))
        if isinstance(news, Unreadable):
            await self._store.write(self._merchant, lambda uow: note_refused(uow, taken.refused))
        return taken

    async def pull(self) -> Taken:
        """Everything that changed since the last time, page by page; begun again where it stopped."""
        kept = await self._store.read(self._merchant, lambda uow: records_of(uow).cursor())
        state = orjson.loads(kept.value) if kept is not None else {}
        began = datetime.fromisoformat(state["began"]) if state.get("cursor") else self._clock.now()
        since = None if kept is None or state.get("first") else kept.at
        cursor, taken = state.get("cursor", ""), Taken()
        while True:
            try:
                page = await self.shop.pull(since, cursor)
            except ShopError as error:
                log.warning("the shop could not be read: %s", error)
                return taken
            for news in page.news:
                taken.add(await self._taken_or_noted(news))
            cursor = page.cursor
            await self._store.write(self._merchant, self._progress(cursor, began, since))
            if not cursor:
                return taken

    async def _taken_or_noted(self, news: News) -> Taken:
        try:
            return await self._take(news)
        except Refused as refusal:
            why = "; ".join(violation.message for violation in refusal.violations)
            refused = [f"{getattr(news, 'shop_id', '')}: {why}"]
            await self._store.write(self._merchant, lambda uow: note_refused(uow, refused))
            return Taken(refused=refused)

    def _progress(self, cursor: str, began: datetime, since: datetime | None) -> Callable[[UnitOfWork], None]:
        """Where to go on; at the end, from when to look the next time."""

        def work(uow: UnitOfWork) -> None:
            state = {"cursor": cursor, "began": began.isoformat(), "first": bool(cursor) and since is None}
            at = (since or began) if cursor else began - _OVERLAP
            records_of(uow).keep_cursor(orjson.dumps(state).decode(), at)

        return work

    async def tell(self, job: Job) -> Outcome:
        """Write the decision back, once."""

        def look(uow: UnitOfWork) -> tuple[WriteBack | None, str]:
            found = decision_of(uow, job)
            records = records_of(uow)
            if found is None or records.written(found.key) is not None:
                return None, ""
            if found.kind == REFUND_FAILED and records.written(found.facts["refund"]) is None:
                return None, ""  # it never succeeded, so the shop never heard of it
            known = records.order(found.order)
            return found, known.value if known is not None else ""

        decision, shop_id = await self._store.read(job.merchant_id, look)
        if decision is None:
            return Done()
        try:
            written = await self.shop.write_back(decision, shop_id)
        except WriteRefused as error:
            return Dead(f"the shop refuses {decision.kind} on {decision.order}: {error}")
        except ShopError as error:
            return Again(f"{decision.kind} on {decision.order}: {error}", error.retry_after)
        await self._store.write(job.merchant_id, lambda uow: _keep(uow, job, decision, written))
        return Done()


def _keep(uow: UnitOfWork, job: Job, decision: WriteBack, written: str) -> None:
    """Remember the shop's id; a return that staff opened is known by it from now on."""
    records_of(uow).keep_written(decision.key, written, uow.now)
    if decision.kind != ProposalKind.CREATE_RETURN.value:
        return
    order = uow.orders.get(job.payload["order_id"])
    ret = order.find_return(decision.facts["return"]) if order is not None else None
    if order is not None and ret is not None and not ret.request_id:
        ret.request_id = written
        uow.orders.save(order, bump=False)
