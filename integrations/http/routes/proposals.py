"""Proposals: read, made, confirmed, edited, cancelled. What is decided is what is stored, never what is sent."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.ports import UnitOfWork
from domain.proposals import service
from integrations.http import deciding
from integrations.http.access import Scope
from integrations.http.deciding import Wish
from integrations.http.requests import (
    Id,
    JsonRoute,
    OrderNumber,
    acting,
    answer,
    app_of,
    order_of,
    principal_of,
    secured,
)
from integrations.http.schemas.bodies import ConfirmBody, EditBody, NewProposal
from integrations.http.schemas.views import Decided, Proposals, ProposalView

router = APIRouter(prefix="/v1", tags=["proposals"], route_class=JsonRoute)

_CONFIRM = secured(Scope.DECIDE, 404, 409, 413, 415)
_CONFIRM["responses"][202] = {"model": Decided, "description": "Decided; the provider has not answered yet."}


def _wish(
    request: Request,
    proposal_id: str,
    *,
    scope: Scope = Scope.DECIDE,
    sha256: str = "",
    fields: dict[str, Any] | None = None,
    payload: dict[str, Any] | None = None,
) -> Wish:
    principal = principal_of(request, scope)
    event = request.scope.get("idempotency", "")
    return Wish(principal, proposal_id, event, sha256, fields, payload)


@router.get("/proposals", response_model=Proposals, **secured(Scope.READ))
async def open_ones(request: Request, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """Open proposals, oldest first: whatever waits for somebody's decision."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> Proposals:
        actor = acting(uow, principal)
        found = [p for p in uow.proposals.list_open(limit) if p.expires_at > uow.now]
        return Proposals(proposals=[ProposalView.of(each, actor) for each in found])

    return answer(await app.store.read(app.merchant.id, work))


@router.get("/proposals/{proposal_id}", response_model=ProposalView, **secured(Scope.READ, 404))
async def one(request: Request, proposal_id: Id) -> Response:
    """A proposal as it stands."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> ProposalView:
        return ProposalView.of(service.get(uow, proposal_id), acting(uow, principal))

    return answer(await app.store.read(app.merchant.id, work))


@router.post(
    "/orders/{number}/proposals",
    status_code=201,
    response_model=ProposalView,
    **secured(Scope.CONVERSE, 404, 409, 413, 415),
)
async def propose(
    request: Request,
    number: OrderNumber,
    body: NewProposal,
) -> Response:
    """Propose a write without a conversation. Every broken rule is named at once; then nothing is stored."""
    app, principal = app_of(request), principal_of(request, Scope.CONVERSE)

    def work(uow: UnitOfWork) -> ProposalView:
        actor = acting(uow, principal)
        order = order_of(uow, number)
        return ProposalView.of(service.propose(uow, actor, order.id, body.kind, body.payload), actor)

    def keep(uow: UnitOfWork) -> None:
        order = order_of(uow, number)
        service.keep_claims(uow, acting(uow, principal), order.id, body.kind, body.payload)

    made = await deciding.proposing(app, work, keep)
    return answer(made, 201, {"Location": f"/v1/proposals/{made.id}"})


@router.post(
    "/proposals/{proposal_id}/confirm",
    response_model=Decided,
    **_CONFIRM,
)
async def confirm(
    request: Request,
    proposal_id: Id,
    body: ConfirmBody,
    prefer: Annotated[str, Header(description="`respond-async`: do not wait for the provider.")] = "",
) -> Response:
    """Decide for it, once. 202 while the provider has not answered yet; whoever comes second is told who won."""
    asynchronous = "respond-async" in prefer
    wish = _wish(request, proposal_id, sha256=body.sha256)
    decided = await deciding.confirm(app_of(request), wish, wait=not asynchronous)
    headers = {"Preference-Applied": "respond-async"} if asynchronous else None
    return answer(decided, 202 if decided.proposal.state == "confirmed" else 200, headers)


@router.post(
    "/proposals/{proposal_id}/edit", response_model=Decided, **secured(Scope.CONVERSE, 404, 409, 413, 415)
)
async def edit(request: Request, proposal_id: Id, body: EditBody) -> Response:
    """Replace it by a changed one, which gets a hash of its own and is validated anew."""
    return answer(
        await deciding.edit(
            app_of(request),
            _wish(request, proposal_id, scope=Scope.CONVERSE, fields=body.set, payload=body.payload),
        )
    )


@router.post(
    "/proposals/{proposal_id}/cancel", response_model=Decided, **secured(Scope.DECIDE, 404, 409, 413)
)
async def cancel(request: Request, proposal_id: Id) -> Response:
    """Withdraw it: one's own, or as a supervisor anybody's."""
    return answer(await deciding.cancel(app_of(request), _wish(request, proposal_id)))
