"""The page's addresses."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette.event import ServerSentEvent
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope as AsgiScope

from agent.messages import Reply
from domain.ports import UnitOfWork
from integrations.http.access import Sessions
from integrations.http.page import posts, reports, talk
from integrations.http.page.draw import HERE, render, static_version
from integrations.http.page.visitor import html_answer, poster_of, same_origin, set_cookie, visitor_of
from integrations.http.problems import Problem, problem_of
from integrations.http.requests import Clean, Id, app_of
from integrations.http.routes.conversations import conversation_of
from integrations.http.turns import Turns, followed

router = APIRouter(include_in_schema=False)
router.include_router(posts.router)
router.include_router(reports.router)


class _Static(StaticFiles):
    """Files whose names or addresses change with their content."""

    async def get_response(self, path: str, scope: AsgiScope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response


def static_files() -> StaticFiles:
    """CSS, scripts and the font."""
    return _Static(directory=HERE / "static")


@router.get("/")
async def home(request: Request) -> Response:
    """The conversation last used, or a new one; signed out, how to get in."""
    visitor = await visitor_of(request)
    if visitor is None:
        return _signed_out()
    app = app_of(request)
    found = await app.store.read(app.merchant.id, lambda uow: talk.latest(uow, visitor.staff))
    if found is None:
        found = await app.store.write(app.merchant.id, lambda uow: talk.begin(uow, visitor.staff))
    return RedirectResponse(f"/c/{found}", 303)


def _signed_out() -> Response:
    return html_answer(render("signed_out.html", version=static_version()), 401)


class _Exchange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=200)


@router.post("/session")
async def sign_in(request: Request, body: _Exchange) -> Response:
    """Exchange a one-time link's token for a session cookie."""
    same_origin(request)
    sessions: Sessions = request.app.state.sessions
    cookie = await sessions.begin(body.token)
    if cookie is None:
        raise Problem(401, "link_over", "This link was used already, or is too old.")
    response = Response(status_code=204)
    set_cookie(request, response, cookie)
    return response


@router.post("/session/end")
async def sign_out(request: Request) -> Response:
    """Sign this browser out."""
    visitor = await poster_of(request)
    sessions: Sessions = request.app.state.sessions
    await sessions.end(visitor.cookie)
    response = Response(status_code=204, headers={"HX-Redirect": "/"})
    set_cookie(request, response, "")
    return response


@router.post("/new")
async def new(request: Request) -> Response:
    """Begin another conversation."""
    visitor, app = await poster_of(request), app_of(request)
    begun = await app.store.write(app.merchant.id, lambda uow: talk.begin(uow, visitor.staff))
    return Response(status_code=204, headers={"HX-Redirect": f"/c/{begun}"})


@router.get("/c/{conversation_id}")
async def conversation(request: Request, conversation_id: Id) -> Response:
    """A conversation with all that was said."""
    visitor, app = await visitor_of(request), app_of(request)
    if visitor is None:
        return _signed_out()
    try:
        found = await app.store.read(
            app.merchant.id, lambda uow: talk.read_talk(uow, visitor.staff, conversation_id)
        )
    except Problem as problem:
        return html_answer(
            render("missing.html", version=static_version(), detail=problem.detail), problem.status
        )
    return html_answer(
        render(
            "desk.html",
            version=static_version(),
            visitor=visitor,
            merchant=app.merchant,
            talk=found,
            entries=talk.entries(found),
            ticket=talk.ticket_of(found),
            tickets=app.helpdesk is not None and app.helpdesk.name == "local",
            now=found.cards.now,
        )
    )


@router.get("/c/{conversation_id}/side")
async def side(request: Request, conversation_id: Id) -> Response:
    """Recent orders and open proposals, again."""
    visitor, app = await visitor_of(request), app_of(request)
    if visitor is None:
        raise Problem(401, "signed_out", "You are signed out.")

    def work(uow: UnitOfWork) -> str:
        found = conversation_of(uow, visitor.staff, conversation_id)
        return render("side.html", side=talk.read_side(uow), conversation=found, now=uow.now)

    return html_answer(await app.store.read(app.merchant.id, work))


@router.get("/c/{conversation_id}/orders")
async def find(
    request: Request, conversation_id: Id, q: Annotated[str, Query(max_length=200), Clean] = ""
) -> Response:
    """Orders that hold all the words; without words the newest."""
    visitor, app = await visitor_of(request), app_of(request)
    if visitor is None:
        raise Problem(401, "signed_out", "You are signed out.")

    def work(uow: UnitOfWork) -> str:
        found = conversation_of(uow, visitor.staff, conversation_id)
        orders = uow.orders.search(q, 12) if q.strip() else uow.orders.recent(12)
        return render("orders.html", orders=orders, conversation=found)

    return html_answer(await app.store.read(app.merchant.id, work))


@router.get("/c/{conversation_id}/turns/{event}")
async def follow(request: Request, conversation_id: Id, event: Id) -> Response:
    """Progress and the reply as events. A stream that was lost is taken up again: the reply is stored."""
    visitor, app = await visitor_of(request), app_of(request)
    if visitor is None:
        raise Problem(401, "signed_out", "You are signed out.")
    await app.store.read(app.merchant.id, lambda uow: conversation_of(uow, visitor.staff, conversation_id))
    event_id = f"page:{conversation_id}:{event}"
    stream = _stream(request, conversation_id, event_id)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _stream(request: Request, conversation_id: str, event_id: str) -> AsyncIterator[bytes]:
    app, turns = app_of(request), request.app.state.turns
    try:
        task = turns.get(event_id)
        if task is not None:
            async for progress in followed(task):
                yield ServerSentEvent(_words(progress.seconds), event="progress").encode()
        html = await app.store.read(
            app.merchant.id, lambda uow: _reply(uow, conversation_id, event_id, turns)
        )
    except Exception as error:
        problem = problem_of(error)
        reference = request.scope.get("request_id", "") or secrets.token_hex(6)
        html = render("trouble.html", detail=problem.detail, reference=reference)
    yield ServerSentEvent(html, event="reply", id="1").encode()
    yield ServerSentEvent("done", event="done").encode()


def _words(seconds: int) -> str:
    if seconds < 2:
        return "Reading…"
    return f"Working on it, {seconds} s…"


def _reply(uow: UnitOfWork, conversation_id: str, event_id: str, turns: Turns) -> str:
    stored = uow.conversations.reply_to(event_id)
    if stored is None:
        task = turns.get(event_id)
        if task is not None and task.done():
            task.result()  # raises what kept it from being answered
        raise Problem(404, "turn_lost", "This was not answered. Please send it again.")
    return talk.fresh_turn(uow, conversation_id, Reply.model_validate(stored.body))
