"""``/metrics`` for Prometheus: a bearer token with the scope `metrics`, from any address."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import StorageUnavailable
from integrations.http.access import Scope, Tokens
from integrations.http.problems import Problem
from integrations.http.requests import app_of
from integrations.observability.metrics import CONTENT_TYPE

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """What this process counted, and how the queue stands. Figures only."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    tokens: Tokens = request.app.state.tokens
    principal = await tokens.principal(secret) if scheme.lower() == "bearer" and secret else None
    if principal is None:
        challenge = {"WWW-Authenticate": 'Bearer realm="returns-desk"'}
        raise Problem(401, "token_missing", "Send a token with the scope metrics.", headers=challenge)
    if Scope.METRICS.value not in principal.scopes:
        raise Problem(403, "scope_missing", "This needs a token with the scope 'metrics'.", scope="metrics")
    app = app_of(request)
    try:
        app.watch.metrics.backlog(await app.store.jobs.backlog())
    except StorageUnavailable:
        app.watch.metrics.beat.set(-1)  # the rest is still worth knowing
    return Response(app.watch.metrics.text(), media_type=CONTENT_TYPE)
