"""Drawing the sidebar of a ticket for a visitor: the ticket from its helpdesk, the rest from our own records."""

from __future__ import annotations

import logging
from typing import Any

from starlette.requests import Request

from integrations.helpdesk.port import HelpdeskError, HelpdeskTicket, TicketNotFound
from integrations.http.page.visitor import Visitor
from integrations.http.problems import Problem
from integrations.http.requests import app_of
from integrations.sidebar.door import Sidebar, sidebar_of, speech_of
from integrations.sidebar.draw import render
from integrations.sidebar.facts import Facts, read_facts
from integrations.sidebar.parts import EditPart, View
from integrations.sidebar.view import make_view

log = logging.getLogger(__name__)


async def ticket_of(sidebar: Sidebar, ticket_id: str) -> HelpdeskTicket:
    """The ticket as it is now. Raises Problem 404 where there is none, 503 where the helpdesk cannot be used."""
    try:
        return await sidebar.helpdesk.get_ticket(ticket_id)
    except TicketNotFound:
        raise Problem(404, "ticket_not_found", "This ticket is not here.") from None
    except HelpdeskError as error:
        log.warning("helpdesk %s: %s", sidebar.helpdesk.name, error)
        wait = {"Retry-After": str(max(1, round(error.retry_after or 5)))}
        raise Problem(503, "helpdesk_unavailable", "The helpdesk does not answer.", headers=wait) from None


async def facts_of(request: Request, visitor: Visitor, ticket_id: str, *, pick: bool = False) -> Facts:
    """Everything about this ticket. Raises Problem."""
    app, sidebar = app_of(request), sidebar_of(request)
    ticket = await ticket_of(sidebar, ticket_id)
    return await app.store.read(
        app.merchant.id,
        lambda uow: read_facts(uow, sidebar.helpdesk.name, ticket, visitor.staff, pick=pick),
    )


async def body_of(
    request: Request,
    visitor: Visitor,
    ticket_id: str,
    *,
    pick: bool = False,
    edit: tuple[str, EditPart] | None = None,
) -> str:
    """The part that is swapped: everything under the sidebar's own frame."""
    facts = await facts_of(request, visitor, ticket_id, pick=pick)
    view = make_view(speech_of(request), facts, edit=edit, quiet=edit is not None or pick)
    return await draw(request, facts, view)


async def draw(request: Request, facts: Facts, view: View) -> str:
    """A view as HTML."""
    return render("body.html", speech_of(request), **await _values(request, facts, view))


async def _values(request: Request, facts: Facts, view: View) -> dict[str, Any]:
    channels = sidebar_of(request).elsewhere if view.proposal_id else ()
    links = [(channel.name.capitalize(), await channel.link_to(view.proposal_id)) for channel in channels]
    return {
        "links": [(name, url) for name, url in links if url.startswith(("https://", "http://", "slack://"))],
        "view": view,
        "facts": facts,
        "path": path_of(facts.helpdesk, facts.ticket.id),
        "may_append": facts.helpdesk in ("local", "zendesk"),
    }


def path_of(helpdesk: str, ticket_id: str) -> str:
    """Where a ticket's sidebar is."""
    return f"/sidebar/{helpdesk}/t/{ticket_id}"
