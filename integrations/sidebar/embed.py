"""Getting into the sidebar from inside another site: a login the helpdesk signs, or a hand-off from our own window.

A hand-off is a token for one minute and one use. It travels from our own window to our own frame and in a body,
never in a query string; where a frame has to be opened with one, in the fragment.
"""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from integrations.helpdesk.port import EmbedRefused
from integrations.http.access import Links, Sessions
from integrations.http.page.visitor import same_origin, with_token
from integrations.http.page.visitor import visitor_of as page_visitor_of
from integrations.http.problems import Problem
from integrations.http.requests import Id, app_of
from integrations.sidebar.door import (
    HAND_OFF_MINUTES,
    html,
    set_cookie,
    sidebar_of,
    sign_in_embedded,
    speech_of,
)
from integrations.sidebar.draw import render
from integrations.sidebar.routes import plain_page

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
_PASSED_ON = ("origin", "app_guid")
"""What a helpdesk's framework adds to the address, and its script needs. No secrets."""


@router.get("/sidebar/hand-off")
async def ask(request: Request) -> Response:
    """In a window of our own: whether the sidebar may be signed in as whoever is signed in here."""
    visitor = await page_visitor_of(request)
    if visitor is None:
        return html(request, render("enter.html", speech_of(request)), 401, ancestors="")
    values = {"visitor": visitor, "host": sidebar_of(request).helpdesk.name}
    page = html(request, render("hand_off.html", speech_of(request), **values), ancestors="")
    page.headers["Cross-Origin-Opener-Policy"] = (
        "unsafe-none"  # it hands its token to the frame that opened it
    )
    return page


@router.post("/sidebar/hand-off")
async def give(request: Request) -> Response:
    """The token, for the frame that opened this window."""
    same_origin(request)
    visitor, app = with_token(request, await page_visitor_of(request)), app_of(request)
    links = Links(app.store, app.merchant.id, minutes=HAND_OFF_MINUTES)
    return JSONResponse({"token": await links.new(visitor.staff.id)})


class _Exchange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=200)


@router.post("/sidebar/session")
async def exchange(request: Request, body: _Exchange) -> Response:
    """A token for a cookie that lives inside the helpdesk's page."""
    same_origin(request)
    sessions: Sessions = request.app.state.sessions
    cookie = await sessions.begin(body.token)
    if cookie is None:
        raise Problem(401, "link_over", "This sign-in was used already, or is too old.")
    response = Response(status_code=204)
    set_cookie(request, response, cookie)
    return response


@router.post("/sidebar/{helpdesk}")
async def signed(request: Request, helpdesk: Id) -> Response:
    """The form that the helpdesk signs and posts into the frame. It works once."""
    sidebar, app = sidebar_of(request, helpdesk), app_of(request)
    form = {name: str(value) for name, value in (await request.form()).items()}
    now = await app.store.read(app.merchant.id, lambda uow: uow.now)
    try:
        identity = sidebar.helpdesk.verify_embed(form, now)
    except EmbedRefused as refusal:
        log.warning("sidebar login refused: %s", refusal)
        return plain_page(request, "signed_out", 401)
    cookie = await sign_in_embedded(request, identity)
    if cookie is None:
        log.warning("sidebar login refused: unknown here, or used before")
        return plain_page(request, "forbidden", 403)
    kept = {name: request.query_params[name] for name in _PASSED_ON if name in request.query_params}
    place = f"/sidebar/{helpdesk}" + (f"/t/{identity.ticket_id}" if identity.ticket_id else "")
    response = RedirectResponse(f"{place}?{urlencode(kept)}" if kept else place, 303)
    set_cookie(request, response, cookie)
    return response
