"""`desk serve --trial`: a running server takes scripted cases, each as a desk of its own under ``/trial/{number}``.

Words and presses go through that desk's whole HTTP API, with tokens as everywhere. What no API does (time passes, the
provider fails, somebody else writes, a restart, a second person, a look at the database) is done by these routes.
Nothing here touches the server's own shop.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Body, FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from evals.cases import CaseShape
from evals.snapshot import Snapshot
from evals.trial_cases import PREFIX, Event, Trials
from integrations.http.problems import Problem


class Within:
    """Requests to the desk of a case: it sees the addresses it would see if it stood alone."""

    _KEPT = (
        "type",
        "asgi",
        "http_version",
        "server",
        "client",
        "scheme",
        "method",
        "query_string",
        "headers",
    )

    def __init__(self, trials: Trials) -> None:
        self._trials = trials

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand it on. Raises Problem 404."""
        number = int(scope["path_params"]["number"])
        inner: ASGIApp = self._trials.get(number).web
        path = scope["path"].removeprefix(f"{PREFIX}/{number}") or "/"
        kept = {name: scope[name] for name in self._KEPT if name in scope}
        kept |= {"path": path, "raw_path": quote(path).encode(), "root_path": ""}
        await inner(kept, receive, send)


def _json(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "proposals": [proposal.model_dump(mode="json") for proposal in snapshot.proposals],
        "orders": [order.model_dump(mode="json") for order in snapshot.orders],
        "balances": snapshot.balances,
        "ledger_sum": snapshot.ledger_sum,
    }


def _opening(router: APIRouter, trials: Trials) -> None:
    @router.get("")
    async def here(reader: str = "") -> Response:
        return _json({"reader": trials.reader(reader).name})

    @router.post("/cases")
    async def begin(case: CaseShape, request: Request, reader: str = "") -> Response:
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            raise Problem(415, "content_type_unknown", "Send application/json.")
        return _json(await trials.begin(case, reader), 201)


def _control(trials: Trials) -> APIRouter:
    """What a client of `desk evals run --url` asks for beside the API."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False)
    _opening(router, trials)

    @router.post("/{number:int}/events")
    async def happen(number: int, event: Annotated[Event, Body()]) -> Response:
        return _json(await trials.get(number).happen(event))

    @router.get("/{number:int}/snapshot")
    async def snapshot(number: int) -> Response:
        return _json(_snapshot(await trials.get(number).driver.snapshot()))

    @router.get("/{number:int}/end")
    async def ended(number: int) -> Response:
        trial = trials.get(number)
        return _json(await trial.driver.end(trial.start))

    @router.get("/{number:int}/beside")
    async def beside(number: int) -> Response:
        return _json((await trials.get(number).driver.beside()).model_dump(mode="json"))

    @router.delete("/{number:int}")
    async def close(number: int) -> Response:
        await trials.end(number)
        return Response(status_code=204)

    return router


def mount_trial(app: FastAPI) -> None:
    """Let this server take cases; they are closed when it stops."""
    trials = Trials(app.state.application)
    app.include_router(_control(trials))
    app.mount(PREFIX + "/{number:int}", Within(trials))
    before = app.router.lifespan_context

    @asynccontextmanager
    async def until_closed(served: Any) -> AsyncIterator[Any]:
        async with before(served) as state:
            try:
                yield state
            finally:
                await trials.close()

    app.router.lifespan_context = until_closed
