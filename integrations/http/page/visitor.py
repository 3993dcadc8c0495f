"""Who looks at the page: a session cookie, and for every post a CSRF token and an origin that is ours."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from domain.identity import Staff
from integrations.http.access import Principal, Sessions
from integrations.http.problems import Problem
from integrations.http.requests import app_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def html_answer(content: str, status: int = 200) -> HTMLResponse:
    """A page, or a part of one, under the page's policy."""
    return HTMLResponse(content, status, {"Content-Security-Policy": POLICY})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in."""

    staff: Staff
    csrf: str
    cookie: str

    @property
    def principal(self) -> Principal:
        """The same for what the API and the page share."""
        return Principal(self.staff.id, frozenset(), f"session:{self.staff.id}")


def is_secure(request: Request) -> bool:
    """Whether people reach us over https."""
    public: str = request.app.state.public
    return urlsplit(public).scheme == "https" if public else request.url.scheme == "https"


def cookie_name(request: Request) -> str:
    """A `__Host-` cookie wherever the browser would take one."""
    return "__Host-desk" if is_secure(request) else "desk"


def set_cookie(request: Request, response: Response, value: str) -> None:
    """Sign this browser in; an empty value signs it out."""
    response.set_cookie(
        cookie_name(request),
        value,
        max_age=0 if not value else None,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="strict",
    )


async def visitor_of(request: Request) -> Visitor | None:
    """Who it is; None without a session that lasts, or for somebody who does not work here any more."""
    return await visitor_with(request, request.cookies.get(cookie_name(request), ""))


async def visitor_with(request: Request, cookie: str) -> Visitor | None:
    """Who holds this cookie."""
    sessions: Sessions = request.app.state.sessions
    session = await sessions.get(cookie) if cookie else None
    if session is None:
        return None
    app = app_of(request)
    staff = await app.store.read(app.merchant.id, lambda uow: uow.staff.get(session.staff_id))
    if staff is None or not staff.active:
        return None
    request.scope["principal"] = (visitor := Visitor(staff, session.csrf, cookie)).principal
    return visitor


def same_origin(request: Request) -> None:
    """Raises Problem 403 for a request that another site sent, or that does not say where it is from."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    public: str = request.app.state.public
    own = {f"{request.url.scheme}://{request.headers.get('host', '')}"}
    if public:
        parts = urlsplit(public)
        own.add(f"{parts.scheme}://{parts.netloc}")
    if (site is not None and site != "same-origin") or (origin is None and site is None):
        raise Problem(403, "origin_unknown", "This request does not come from the desk's own page.")
    if origin is not None and origin not in own:
        raise Problem(403, "origin_unknown", "This request does not come from the desk's own page.")


async def poster_of(request: Request) -> Visitor:
    """Who sends this form. Raises Problem 401 or 403."""
    same_origin(request)
    visitor = await visitor_of(request)
    return with_token(request, visitor)


def with_token(request: Request, visitor: Visitor | None) -> Visitor:
    """The visitor, who sent the page's CSRF token along. Raises Problem 401 or 403."""
    if visitor is None:
        raise Problem(401, "signed_out", "You are signed out.")
    if not hmac.compare_digest(request.headers.get("x-csrf-token", "").encode(), visitor.csrf.encode()):
        raise Problem(403, "csrf_token_wrong", "This page is out of date; please load it again.")
    return visitor
