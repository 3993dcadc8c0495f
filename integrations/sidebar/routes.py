"""What the sidebar shows: a ticket's case, its attachments, and the stream that tells of changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from markupsafe import Markup
from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from integrations.files import sniff
from integrations.helpdesk.port import HelpdeskError
from integrations.http.page.visitor import Visitor
from integrations.http.problems import Problem
from integrations.http.requests import Clean, Id, app_of
from integrations.sidebar.door import html, sidebar_of, speech_of, visitor_of
from integrations.sidebar.draw import render
from integrations.sidebar.facts import seen_now
from integrations.sidebar.showing import body_of, draw, facts_of, path_of, ticket_of
from integrations.sidebar.view import make_view

router = APIRouter(include_in_schema=False)
_IMAGES = {"image/png", "image/jpeg", "image/webp", "image/gif"}


def plain_page(request: Request, state: str, status: int = 200, **more: str) -> Response:
    """A page that says one thing: signed out, forbidden, no ticket, helpdesk down, loading."""
    sidebar = sidebar_of(request)
    values = {"state": state, "host": sidebar.helpdesk.name, "ancestors": sidebar.helpdesk.frame_ancestors}
    return html(request, render("plain.html", speech_of(request), **values, more=more), status)


@router.get("/sidebar")
async def begin(request: Request) -> Response:
    """To the connected helpdesk's sidebar."""
    return RedirectResponse(f"/sidebar/{sidebar_of(request).helpdesk.name}", 303)


@router.get("/sidebar/{helpdesk}")
async def shell(request: Request, helpdesk: Id) -> Response:
    """Before a ticket is known: the host says which one is open."""
    sidebar_of(request, helpdesk)
    if await visitor_of(request) is None:
        return plain_page(request, "signed_out", 401)
    return plain_page(request, "loading")


@router.get("/sidebar/{helpdesk}/no-ticket")
async def no_ticket(request: Request, helpdesk: Id) -> Response:
    """The host has no ticket open."""
    sidebar_of(request, helpdesk)
    return plain_page(request, "no_ticket")


@router.get("/sidebar/{helpdesk}/t/{ticket_id}")
async def show(request: Request, helpdesk: Id, ticket_id: Id) -> Response:
    """The whole sidebar of a ticket."""
    sidebar_of(request, helpdesk)
    visitor = await visitor_of(request)
    if visitor is None:
        return plain_page(request, "signed_out", 401)
    try:
        facts = await facts_of(request, visitor, ticket_id)
    except Problem as problem:
        state = "ticket_unknown" if problem.status == 404 else "helpdesk_down"
        return plain_page(request, state, problem.status)
    body = await draw(request, facts, make_view(speech_of(request), facts))
    sidebar = sidebar_of(request)
    values = {
        "body": Markup(body),
        "visitor": visitor,
        "ticket_id": ticket_id,
        "path": path_of(helpdesk, ticket_id),
        "host": helpdesk,
        "ancestors": sidebar.helpdesk.frame_ancestors,
        "facts": facts,
    }
    return html(request, render("sidebar.html", speech_of(request), **values))


@router.get("/sidebar/{helpdesk}/t/{ticket_id}/body")
async def body(
    request: Request, helpdesk: Id, ticket_id: Id, pick: Annotated[bool, Query()] = False
) -> Response:
    """The case again, as it stands now; with `pick` the choice of the order."""
    sidebar_of(request, helpdesk)
    visitor = await _visitor(request)
    return html(request, await body_of(request, visitor, ticket_id, pick=pick))


@router.get("/sidebar/{helpdesk}/t/{ticket_id}/orders")
async def find(
    request: Request, helpdesk: Id, ticket_id: Id, q: Annotated[str, Query(max_length=200), Clean] = ""
) -> Response:
    """Orders that hold all the words."""
    sidebar_of(request, helpdesk)
    await _visitor(request)
    app = app_of(request)
    orders = await app.store.read(app.merchant.id, lambda uow: uow.orders.search(q, 5)) if q.strip() else []
    if not q.strip():
        return html(request, "")
    values = {"orders": orders, "path": path_of(helpdesk, ticket_id)}
    return html(request, render("found.html", speech_of(request), **values))


async def _visitor(request: Request) -> Visitor:
    visitor = await visitor_of(request)
    if visitor is None:
        raise Problem(401, "signed_out", "You are signed out.")
    return visitor


@router.get("/sidebar/{helpdesk}/t/{ticket_id}/files/{file_id}")
async def file(request: Request, helpdesk: Id, ticket_id: Id, file_id: Id) -> Response:
    """An attachment: pictures are shown, everything else is saved."""
    sidebar = sidebar_of(request, helpdesk)
    await _visitor(request)
    try:
        content, _, name = await sidebar.helpdesk.download(ticket_id, file_id)
    except HelpdeskError:
        raise Problem(404, "file_not_found", "No such file here.") from None
    media_type = sniff(content) or "application/octet-stream"
    how = "inline" if media_type in _IMAGES else "attachment"
    headers = {
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, max-age=600",
    }
    return Response(content, 200, headers, media_type)


@router.get("/sidebar/{helpdesk}/t/{ticket_id}/live")
async def live(
    request: Request, helpdesk: Id, ticket_id: Id, seen: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """An event for each change. A stream that was lost goes on from `Last-Event-ID`: what was missed comes first."""
    sidebar_of(request, helpdesk)
    await _visitor(request)
    last = request.headers.get("last-event-id", "")[:40] or seen
    headers = {"X-Accel-Buffering": "no", "Cache-Control": "no-store"}
    return EventSourceResponse(_changes(request, ticket_id, last), headers=headers, ping=15)


async def _changes(request: Request, ticket_id: str, last: str) -> AsyncIterator[bytes]:
    app, sidebar = app_of(request), sidebar_of(request)
    name, ticket, read_at = sidebar.helpdesk.name, await ticket_of(sidebar, ticket_id), time.monotonic()
    yield ServerSentEvent("ready", event="ready", id=last or "none", retry=1000).encode()
    while not await request.is_disconnected():
        if time.monotonic() - read_at >= sidebar.ticket_seconds:
            ticket, read_at = await ticket_of(sidebar, ticket_id), time.monotonic()
        found = await app.store.read(app.merchant.id, partial(seen_now, helpdesk=name, ticket=ticket))
        if found != last:
            last = found
            yield ServerSentEvent(found, event="changed", id=found).encode()
        await asyncio.sleep(sidebar.poll_seconds)
