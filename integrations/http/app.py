"""The ASGI app: layers around, routes inside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import StorageUnavailable
from domain.rules import Refused
from integrations.bootstrap import Application
from integrations.http.access import Sessions, Tokens
from integrations.http.envelope import Envelope
from integrations.http.gate import Gate
from integrations.http.idempotency import Idempotency
from integrations.http.limits import BodyLimit, Doorway
from integrations.http.openapi import document
from integrations.http.page import routes as page
from integrations.http.problems import Problem, problem_of
from integrations.http.rate import Rate
from integrations.http.requests import validation_refusal
from integrations.http.routes import (
    audit,
    conversations,
    files,
    health,
    metrics,
    money,
    orders,
    proposals,
    reports,
    stripe,
    work,
)
from integrations.http.traced import Traced
from integrations.http.turns import Turns
from integrations.observability.logs import json_logger

_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


def create_app(application: Application, log: Any = None) -> FastAPI:
    """The desk over HTTP. Whoever serves it closes the application afterwards; `log` takes the place of stderr."""
    settings, store, merchant = application.settings, application.store, application.merchant
    app = FastAPI(
        title="Returns Desk",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        exception_handlers=_HANDLERS,
        redirect_slashes=False,
        lifespan=_until_turns_end,
    )
    app.state.application = application
    app.state.turns = Turns()
    app.state.tokens = tokens = Tokens(store, merchant.id)
    app.state.sessions = Sessions(store, merchant.id, hours=settings.session_hours)
    app.state.public = settings.public_url
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    areas = (proposals, orders, conversations, files, money, audit, reports, work, health, metrics, page)
    for area in areas:
        app.include_router(area.router)
    app.include_router(orders.imports)
    app.include_router(stripe.router)
    app.mount("/static", page.static_files(), name="static")
    app.add_middleware(Idempotency, store=store, merchant_id=merchant.id)
    app.add_middleware(Gate, tokens=tokens, rate=Rate(settings.requests_per_second))
    app.add_middleware(BodyLimit, limit_of=_limits(settings))
    app.add_middleware(Doorway, hosts=_hosts(settings))
    watch = application.watch
    if watch.tracing is not None:
        app.add_middleware(Traced, tracing=watch.tracing)
    log = log if log is not None else json_logger("desk.http")
    is_https = settings.public_url.startswith("https:")
    app.add_middleware(Envelope, log=log, observe=watch.metrics.request, is_https=is_https)
    return app


@asynccontextmanager
async def _until_turns_end(app: FastAPI) -> AsyncIterator[None]:
    yield
    await app.state.turns.close()


def _limits(settings: Any) -> Callable[[str], int]:
    def limit_of(path: str) -> int:
        if path == "/v1/orders/import":
            return int(settings.max_import_bytes)
        if path == stripe.PATH:
            return stripe.MOST_BYTES
        if path == "/v1/files" or path.endswith("/files"):
            return int(settings.max_file_bytes) + 10_000
        return int(settings.max_body_bytes)

    return limit_of


def _hosts(settings: Any) -> set[str]:
    """Host names that are ours. Listening beyond loopback without a public address: any."""
    public = urlsplit(settings.public_url).hostname
    on_loopback = settings.host in {"127.0.0.1", "localhost", "::1"}
    if not public and not on_loopback:
        return set()
    return {*_LOOPBACK, *([public] if public else [])}


async def _problem(request: Request, error: Exception) -> Response:
    return problem_of(error).response(request.scope.get("request_id", ""))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return await _problem(request, validation_refusal(error))


_HTTP = {
    400: ("malformed_request", "The request cannot be read."),
    404: ("address_unknown", "There is nothing at this address."),
    405: ("method_not_allowed", "Not with this method."),
}


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, detail = _HTTP.get(error.status_code, ("http_error", "The request cannot be answered."))
    return await _problem(
        request, Problem(error.status_code, code, detail, headers=dict(error.headers or {}))
    )


_HANDLERS: dict[Any, Any] = {
    Problem: _problem,
    Refused: _problem,
    StorageUnavailable: _problem,
    RequestValidationError: _invalid,
    HTTPException: _http,
}
