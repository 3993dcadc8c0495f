"""Orders: found, read, imported; what can be done on them; customers' return requests and evidence coming in."""

from __future__ import annotations

import hashlib
import tempfile
from typing import Annotated, Any, BinaryIO, cast

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.actions import available_actions
from domain.orders.model import Evidence, EvidenceKind
from domain.orders.service import add_evidence
from domain.ports import UnitOfWork
from domain.returns.service import ReturnRequest, kind_of, request_return
from domain.rules import Refused, Rule, broken
from integrations.http.access import Scope
from integrations.http.problems import Problem
from integrations.http.requests import (
    Clean,
    JsonRoute,
    OrderNumber,
    StrictRoute,
    acting,
    answer,
    app_of,
    order_of,
    principal_of,
    secured,
)
from integrations.http.schemas.bodies import NewEvidence
from integrations.http.schemas.views import (
    Actions,
    ActionView,
    EvidenceView,
    FoundOrder,
    Imported,
    Orders,
    OrderView,
    ReturnView,
)
from integrations.intake.documents import import_documents
from integrations.intake.schema import document_schema

router = APIRouter(prefix="/v1/orders", tags=["orders"], route_class=JsonRoute)
imports = APIRouter(prefix="/v1/orders", tags=["orders"], route_class=StrictRoute)

_LINES = {"application/x-ndjson", "application/jsonl", "application/json-lines"}
_IN_MEMORY = 1_000_000


@router.get("", response_model=Orders, **secured(Scope.READ))
async def search(
    request: Request,
    q: Annotated[
        str, Query(max_length=200, description="Words of number, customer, e-mail or titles."), Clean
    ] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> Response:
    """Orders that hold all the words, newest first; without words the newest ones."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> Orders:
        acting(uow, principal)
        found = uow.orders.search(q, limit) if q.strip() else uow.orders.recent(limit)
        return Orders(orders=[FoundOrder.of(each) for each in found])

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/{number}", response_model=OrderView, **secured(Scope.READ, 404))
async def one(request: Request, number: OrderNumber) -> Response:
    """An order with everything that happened to it."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> OrderView:
        acting(uow, principal)
        return OrderView.of(order_of(uow, number))

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/{number}/actions", response_model=Actions, **secured(Scope.READ, 404))
async def actions(request: Request, number: OrderNumber, quality_issue: bool = False) -> Response:
    """Every action of the order page for the token's holder; a disabled one names its rule and says why."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> Actions:
        actor, order = acting(uow, principal), order_of(uow, number)
        found = available_actions(order, actor, uow.merchant.settings, uow.now, quality_issue=quality_issue)
        return Actions(order=order.number, actions=[ActionView.of(each) for each in found])

    return answer(await app.store.read(app.merchant.id, work))


@router.post(
    "/{number}/return-requests",
    status_code=201,
    response_model=ReturnView,
    response_model_by_alias=True,
    **secured(Scope.IMPORT, 404, 409, 413, 415),
)
async def return_request(request: Request, number: OrderNumber, body: ReturnRequest) -> Response:
    """A customer asks to return something. The same `request_id` again is the same return; staff decide it later."""
    app, principal = app_of(request), principal_of(request, Scope.IMPORT)

    def work(uow: UnitOfWork) -> ReturnView:
        acting(uow, principal)
        order = order_of(uow, number)
        return ReturnView(order=order.number, return_=request_return(uow, order.id, body))

    made = await app.store.write(app.merchant.id, work)
    return Response(made.model_dump_json(by_alias=True), 201, media_type="application/json")


@router.post(
    "/{number}/evidence",
    status_code=201,
    response_model=EvidenceView,
    **secured(Scope.CONVERSE, 404, 409, 413, 415),
)
async def evidence(request: Request, number: OrderNumber, body: NewEvidence) -> Response:
    """Add an uploaded file, or the customer's own words, as evidence. Adding it twice changes nothing."""
    app, principal = app_of(request), principal_of(request, Scope.CONVERSE)

    def work(uow: UnitOfWork) -> EvidenceView:
        actor, order = acting(uow, principal), order_of(uow, number)
        item = _evidence(uow, body, actor.id)
        return EvidenceView(order=order.number, evidence=add_evidence(uow, actor, order.id, item))

    return answer(await app.store.write(app.merchant.id, work), 201)


def _evidence(uow: UnitOfWork, body: NewEvidence, actor_id: str) -> Evidence:
    shared: dict[str, Any] = {
        "source": body.source,
        "lines": body.lines,
        "added_by": actor_id,
        "added_at": uow.now,
    }
    if body.text is not None:
        sha256 = hashlib.sha256(body.text.encode()).hexdigest()
        return Evidence(sha256=sha256, kind=EvidenceKind.DESCRIPTION, text=body.text, **shared)
    stored = uow.files.get(body.sha256 or "")
    if stored is None:
        raise Refused(
            broken(Rule.FIELD_INVALID, "sha256", limit="a stored file", value=(body.sha256 or "")[:12])
        )
    _, media_type, name = stored
    return Evidence(
        sha256=body.sha256 or "", kind=kind_of(media_type), name=name, media_type=media_type, **shared
    )


def _import_operation() -> dict[str, Any]:
    operation = secured(Scope.IMPORT, 409, 413, 415)
    line = {"schema": {"type": "string"}, "description": "JSON Lines: one document a line."}
    document = document_schema()
    document.pop("$schema")
    definitions = document.pop("$defs")
    schema = {"oneOf": [document, {"type": "array", "items": document}]}
    content = {"application/json": {"schema": _inlined(schema, definitions)}, "application/x-ndjson": line}
    operation["openapi_extra"]["requestBody"] = {"required": True, "content": content}
    return operation


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """The same schema without references: an operation cannot bring definitions along."""
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        found = definitions[schema["$ref"].rsplit("/", 1)[1]]
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        return {**_inlined(found, definitions), **rest}
    return {key: _inlined(value, definitions) for key, value in schema.items()}


@imports.post("/import", response_model=Imported, **_import_operation())
async def import_orders(request: Request) -> Response:
    """Import order documents: one, an array, or JSON Lines. Each bad row is named; the good ones are kept.

    A number that exists already is counted and not imported twice, so the same file can be sent again.
    """
    app, principal = app_of(request), principal_of(request, Scope.IMPORT)
    given = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if given not in {"application/json", *_LINES}:
        raise Problem(415, "content_type_unknown", "Send application/json or application/x-ndjson.")
    await app.store.read(app.merchant.id, lambda uow: acting(uow, principal))
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spooled:
        async for chunk in request.stream():
            spooled.write(chunk)
        spooled.seek(0)
        report = await import_documents(app.store, app.merchant.id, cast(BinaryIO, spooled))
    return answer(Imported.model_validate(report.as_json()))
