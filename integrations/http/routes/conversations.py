"""Conversations and messages: the same desk as in every other channel."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from sse_starlette.event import ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from agent.messages import Attachment, InboundMessage, Reply
from domain.cases.model import Conversation
from domain.identity import Role, Staff
from domain.ports import UnitOfWork
from domain.rules import Refused, Rule, broken
from integrations.http.access import Principal, Scope, access_of
from integrations.http.problems import Problem, problem_of
from integrations.http.requests import Id, JsonRoute, acting, answer, app_of, principal_of, secured
from integrations.http.schemas.bodies import NewConversation, NewMessage
from integrations.http.schemas.views import ConversationDetail, Conversations, ConversationView, MessageView
from integrations.http.turns import Turns, followed

CHANNEL = "http"
router = APIRouter(prefix="/v1/conversations", tags=["conversations"], route_class=JsonRoute)


def open_conversation(
    uow: UnitOfWork, staff: Staff, channel: str, ticket: dict[str, Any] | None = None
) -> Conversation:
    """A conversation of this member of staff, stored."""
    new = uow.ids.new("conv")
    conversation = Conversation(
        id=new,
        merchant_id=uow.merchant.id,
        channel=channel,
        thread_key=new,
        staff_id=staff.id,
        ticket=ticket,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.conversations.save(conversation)
    access_of(uow).own(staff.id, channel, new)
    return conversation


def conversation_of(uow: UnitOfWork, staff: Staff, conversation_id: str) -> Conversation:
    """One's own conversation; a supervisor sees everybody's. Raises Problem 404."""
    found = uow.conversations.get(conversation_id)
    if found is None or (found.staff_id != staff.id and not staff.role.covers(Role.SUPERVISOR)):
        raise Problem(404, "conversation_not_found", f"No conversation {conversation_id} here.")
    return found


def attachments_of(uow: UnitOfWork, hashes: list[str]) -> list[Attachment]:
    """Stored files as attachments. Raises Refused for a file that is not there."""
    found = []
    for sha256 in dict.fromkeys(hashes):
        stored = uow.files.get(sha256)
        if stored is None:
            raise Refused(broken(Rule.FIELD_INVALID, "attachments", limit="a stored file", value=sha256[:12]))
        content, media_type, name = stored
        found.append(Attachment(sha256=sha256, name=name, media_type=media_type, size=len(content)))
    return found


@router.post("", status_code=201, response_model=ConversationView, **secured(Scope.CONVERSE, 409, 413, 415))
async def begin(request: Request, body: NewConversation | None = None) -> Response:
    """Begin a conversation, with the ticket it is about, if there is one."""
    app, principal = app_of(request), principal_of(request, Scope.CONVERSE)
    ticket = body.ticket.model_dump() if body is not None and body.ticket is not None else None

    def work(uow: UnitOfWork) -> Conversation:
        return open_conversation(uow, acting(uow, principal), CHANNEL, ticket)

    conversation = await app.store.write(app.merchant.id, work)
    place = {"Location": f"/v1/conversations/{conversation.id}"}
    return answer(ConversationView.of(conversation), 201, place)


@router.get("", response_model=Conversations, **secured(Scope.READ))
async def own(request: Request, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Response:
    """One's own conversations over this API, the one last used first."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> list[Conversation]:
        staff = acting(uow, principal)
        return access_of(uow).conversations_of(staff.id, CHANNEL, limit)

    found = await app.store.read(app.merchant.id, work)
    return answer(Conversations(conversations=[ConversationView.of(each) for each in found]))


@router.get("/{conversation_id}", response_model=ConversationDetail, **secured(Scope.READ, 404))
async def read(
    request: Request, conversation_id: Id, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> Response:
    """A conversation with its last messages, oldest first."""
    app, principal = app_of(request), principal_of(request, Scope.READ)

    def work(uow: UnitOfWork) -> ConversationDetail:
        found = conversation_of(uow, acting(uow, principal), conversation_id)
        messages = [MessageView.of(each) for each in uow.conversations.messages(found.id, limit)]
        return ConversationDetail(messages=messages, **ConversationView.of(found).model_dump())

    return answer(await app.store.read(app.merchant.id, work))


_STREAM: dict[str, Any] = {
    "description": "The reply; with `Accept: text/event-stream` as events: `progress` until the `reply` (or "
    "`problem`) comes. A client that loses the stream sends the same `event_id` again and gets the same reply.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
_SAY = secured(Scope.CONVERSE, 404, 409, 413, 415)
_SAY["responses"] = {200: _STREAM, **_SAY["responses"]}


@router.post("/{conversation_id}/messages", response_model=Reply, **_SAY)
async def say(request: Request, conversation_id: Id, body: NewMessage) -> Response:
    """Say something and get the desk's reply: what was understood, what it asks, and the card to decide on."""
    app, principal = app_of(request), principal_of(request, Scope.CONVERSE)
    turns: Turns = request.app.state.turns
    message = await _inbound(request, principal, conversation_id, body)
    task = turns.start(message.event_id, lambda: app.desk.say(message))
    if "text/event-stream" in request.headers.get("accept", ""):
        stream = _events(turns, message.event_id, request.scope.get("request_id", ""))
        return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    async for _ in followed(task):
        continue
    return answer(task.result())


async def _inbound(
    request: Request, principal: Principal, conversation_id: str, body: NewMessage
) -> InboundMessage:
    app = app_of(request)

    def work(uow: UnitOfWork) -> tuple[Conversation, list[Attachment]]:
        found = conversation_of(uow, acting(uow, principal), conversation_id)
        return found, attachments_of(uow, body.attachments)

    conversation, attachments = await app.store.read(app.merchant.id, work)
    event = body.event_id or request.scope.get("idempotency") or secrets.token_hex(12)
    return InboundMessage(
        channel=conversation.channel,
        thread_key=conversation.thread_key,
        event_id=f"http:{conversation.id}:{event}",
        staff_id=principal.staff_id,
        text=body.text,
        attachments=attachments,
    )


async def _events(turns: Turns, event_id: str, reference: str) -> AsyncIterator[bytes]:
    task = turns.get(event_id)
    assert task is not None
    async for progress in followed(task):
        data = orjson.dumps({"step": progress.step, "seconds": progress.seconds}).decode()
        yield ServerSentEvent(data, event="progress").encode()
    try:
        yield ServerSentEvent(task.result().model_dump_json(), event="reply", id=event_id).encode()
    except Exception as error:
        content = bytes(problem_of(error).response(reference).body).decode()
        yield ServerSentEvent(content, event="problem").encode()
