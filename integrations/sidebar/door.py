"""Who may use the sidebar, and under which policy it is shown.

Inside a helpdesk's page only a partitioned cookie survives; beside the desk's own ticket page the page's cookie is
enough. Every post needs the CSRF token and an origin that is ours, as on the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from domain.ports import UnitOfWork
from integrations.channels import Linked
from integrations.helpdesk.port import EmbedIdentity, Helpdesk
from integrations.http.access import Sessions
from integrations.http.page import visitor as page
from integrations.http.page.visitor import Visitor, is_secure, same_origin, visitor_with, with_token
from integrations.http.problems import Problem
from integrations.rate import Rate
from integrations.sidebar.speech import Speech, choose_language, speech
from integrations.storage.unit_of_work import Work

COOKIE = "__Host-desk-sidebar"
HAND_OFF_MINUTES = 1.0


@dataclass(slots=True)
class Sidebar:
    """What is mounted: the helpdesk it stands beside, its language setting, and how often one person may post."""

    helpdesk: Helpdesk
    language: str = ""
    posts: Rate = field(default_factory=lambda: Rate(5, 20))
    elsewhere: Sequence[Linked] = ()
    """Channels in which the same case can be gone on with."""
    poll_seconds: float = 1.0
    ticket_seconds: float = 30.0


def sidebar_of(request: Request, name: str | None = None) -> Sidebar:
    """The sidebar. Raises Problem 404 for a helpdesk that is not connected."""
    found: Sidebar = request.app.state.sidebar
    if name is not None and name != found.helpdesk.name:
        raise Problem(404, "helpdesk_unknown", "This desk is not connected to that helpdesk.")
    return found


def speech_of(request: Request) -> Speech:
    """The reader's language."""
    return speech(choose_language(request.headers.get("accept-language", ""), sidebar_of(request).language))


def policy(ancestors: str) -> str:
    """Nothing but our own files, framed by exactly this origin."""
    framed_by = ancestors or "'none'"
    own = page.POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {framed_by}")
    return own.replace("connect-src 'self'", "connect-src 'self'; frame-src 'self'")


def html(request: Request, content: str, status: int = 200, ancestors: str | None = None) -> HTMLResponse:
    """A page, or a part of one, that only the helpdesk may frame."""
    framed = sidebar_of(request).helpdesk.frame_ancestors if ancestors is None else ancestors
    headers = {"Content-Security-Policy": policy(framed), "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(content, status, headers)


async def visitor_of(request: Request) -> Visitor | None:
    """Who looks: by the sidebar's own cookie, else by the page's."""
    embedded = request.cookies.get(COOKIE, "")
    found = await visitor_with(request, embedded) if embedded else None
    return found or await page.visitor_of(request)


async def poster_of(request: Request) -> Visitor:
    """Who sends this. Raises Problem 401, 403, or 429 for somebody who sends too much."""
    same_origin(request)
    visitor = with_token(request, await visitor_of(request))
    wait = sidebar_of(request).posts.take(visitor.staff.id)
    if wait:
        headers = {"Retry-After": str(max(1, math.ceil(wait)))}
        raise Problem(429, "too_many_requests", "Too many requests; please wait a little.", headers=headers)
    return visitor


def set_cookie(request: Request, response: Response, value: str) -> None:
    """Sign this browser in inside the helpdesk's page; without https (a demo on loopback) the page's cookie it is."""
    if not is_secure(request):
        page.set_cookie(request, response, value)
        return
    response.headers.append(
        "Set-Cookie", f"{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"
    )


async def sign_in_embedded(request: Request, identity: EmbedIdentity) -> str | None:
    """The cookie for somebody the helpdesk vouches for; None for a stranger, or a login that was used before."""
    sidebar, app = sidebar_of(request), request.app.state.application
    sessions: Sessions = request.app.state.sessions
    helpdesk = sidebar.helpdesk
    email = (identity.email or await helpdesk.email_of(identity.identity)).casefold()

    def find(uow: UnitOfWork) -> str | None:
        staff = uow.staff.by_identity(helpdesk.name, identity.identity)
        if staff is None and email:
            staff = uow.staff.by_identity("email", email)
        return staff.id if staff is not None and staff.active else None

    staff_id = await app.store.read(app.merchant.id, find)
    if staff_id is None:
        return None
    return await sessions.open(staff_id, unless=lambda uow: _used_before(uow, helpdesk.name, identity))


def _used_before(uow: UnitOfWork, name: str, identity: EmbedIdentity) -> bool:
    """Whether this login opened the sidebar before; from now on it did."""
    assert isinstance(uow, Work)
    until = identity.expires_at or uow.now + timedelta(days=1)
    return bool(identity.one_time_id) and not uow.helpdesk.first_login(name, identity.one_time_id, until)
