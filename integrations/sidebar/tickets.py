"""The built-in helpdesk's own page: the list of tickets, and a ticket with the sidebar beside it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from domain.identity import Role, role_violation
from domain.rules import refuse_if
from integrations.helpdesk.local import LocalHelpdesk
from integrations.helpdesk.port import TicketNotFound
from integrations.http.page.visitor import Visitor
from integrations.http.problems import Problem
from integrations.http.requests import Id, app_of
from integrations.sidebar.door import html, poster_of, sidebar_of, speech_of, visitor_of
from integrations.sidebar.draw import render

router = APIRouter(include_in_schema=False)


def _helpdesk(request: Request) -> LocalHelpdesk:
    helpdesk = sidebar_of(request).helpdesk
    if not isinstance(helpdesk, LocalHelpdesk):
        raise Problem(404, "address_unknown", "Tickets are in the helpdesk.")
    return helpdesk


def _signed_out(request: Request) -> Response:
    return html(request, render("enter.html", speech_of(request)), 401, ancestors="")


@router.get("/tickets")
async def tickets(request: Request) -> Response:
    """The list, last changed first."""
    helpdesk, visitor = _helpdesk(request), await visitor_of(request)
    if visitor is None:
        return _signed_out(request)
    app = app_of(request)
    now = await app.store.read(app.merchant.id, lambda uow: uow.now)
    values = {"tickets": await helpdesk.tickets(), "visitor": visitor, "now": now, "merchant": app.merchant}
    return html(request, render("tickets.html", speech_of(request), **values), ancestors="")


@router.get("/tickets/{ticket_id}")
async def ticket(request: Request, ticket_id: Id) -> Response:
    """A ticket, the box for the reply, and the sidebar."""
    visitor = await visitor_of(request)
    if visitor is None:
        return _signed_out(request)
    return html(request, await _page(request, visitor, ticket_id, "ticket.html"), ancestors="")


@router.get("/tickets/{ticket_id}/thread")
async def thread(request: Request, ticket_id: Id) -> Response:
    """Its messages and notes again."""
    visitor = await visitor_of(request)
    if visitor is None:
        raise Problem(401, "signed_out", "You are signed out.")
    return html(request, await _page(request, visitor, ticket_id, "thread.html"), ancestors="")


@router.post("/tickets/{ticket_id}/reply")
async def reply(
    request: Request, ticket_id: Id, text: Annotated[str, Form(max_length=8000)] = ""
) -> Response:
    """A person sends what stands in the box."""
    helpdesk, visitor = _helpdesk(request), await poster_of(request)
    refuse_if([role_violation(visitor.staff, Role.AGENT)])
    if text.strip():
        try:
            await helpdesk.add_message(ticket_id, visitor.staff.name, text.strip(), from_customer=False)
        except TicketNotFound:
            raise Problem(404, "ticket_not_found", "This ticket is not here.") from None
    return html(request, await _page(request, visitor, ticket_id, "thread.html"), ancestors="")


async def _page(request: Request, visitor: Visitor, ticket_id: str, template: str) -> str:
    helpdesk, app = _helpdesk(request), app_of(request)
    try:
        found = await helpdesk.get_ticket(ticket_id)
    except TicketNotFound:
        raise Problem(404, "ticket_not_found", "This ticket is not here.") from None
    now = await app.store.read(app.merchant.id, lambda uow: uow.now)
    values = {
        "ticket": found,
        "visitor": visitor,
        "now": now,
        "merchant": app.merchant,
        "others": await helpdesk.tickets(),
        "helpdesk": helpdesk.name,
    }
    return render(template, speech_of(request), **values)
