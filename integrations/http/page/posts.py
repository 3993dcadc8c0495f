"""What the page sends: words, files and pressed buttons. The same form sent twice is one event."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from agent.messages import Attachment, InboundMessage, Press, RefusedBlock, Reply
from integrations.http.page import talk
from integrations.http.page.draw import render
from integrations.http.page.visitor import Visitor, html_answer, poster_of
from integrations.http.requests import Id, app_of
from integrations.http.routes.conversations import conversation_of
from integrations.http.routes.files import store_file

router = APIRouter(include_in_schema=False)
_MOST_FILES = 10


@router.post("/c/{conversation_id}/messages")
async def say(
    request: Request,
    conversation_id: Id,
    event: Annotated[str, Form(pattern=r"^[0-9a-f]{16}$")],
    text: Annotated[str, Form(max_length=8000)] = "",
    files: Annotated[list[UploadFile] | None, Form()] = None,
) -> Response:
    """Something was said: drawn at once; the reply follows as an event. The same form twice is one message."""
    visitor, app = await poster_of(request), app_of(request)
    given = [file for file in files or [] if file.size]
    if len(given) > _MOST_FILES or not (text.strip() or given):
        return Response(status_code=204)
    attachments = await _kept(request, visitor, given)
    message = await _message(request, visitor, conversation_id, f"page:{conversation_id}:{event}")
    message.text, message.attachments = text, attachments
    return await _started(request, conversation_id, message, lambda: app.desk.say(message))


async def _kept(request: Request, visitor: Visitor, files: list[UploadFile]) -> list[Attachment]:
    stored = [
        await store_file(app_of(request), visitor.principal, file.filename, await file.read())
        for file in files
    ]
    return [Attachment(**each.model_dump()) for each in stored]


async def _message(request: Request, visitor: Visitor, conversation_id: str, event_id: str) -> InboundMessage:
    app = app_of(request)
    found = await app.store.read(
        app.merchant.id, lambda uow: conversation_of(uow, visitor.staff, conversation_id)
    )
    return InboundMessage(
        channel=found.channel, thread_key=found.thread_key, event_id=event_id, staff_id=visitor.staff.id
    )


async def _started(
    request: Request, conversation_id: str, message: InboundMessage | Press, work: Any
) -> Response:
    app, turns = app_of(request), request.app.state.turns
    answered = await app.store.read(app.merchant.id, lambda uow: uow.conversations.reply_to(message.event_id))
    if answered is not None or turns.get(message.event_id) is not None:
        return Response(status_code=204)
    turns.start(message.event_id, work)
    event = message.event_id.rsplit(":", 1)[1]
    return html_answer(render("started.html", conversation_id=conversation_id, event=event, message=message))


class _Pressed(BaseModel):
    """A card's form. Field values of an edit come as `set.NAME` beside `was.NAME`."""

    model_config = ConfigDict(extra="ignore")

    event: str = Field(pattern=r"^[0-9a-f]{16}$")
    action: str = Field(pattern=r"^(confirm|cancel|edit)$")
    proposal_id: str = Field(max_length=80)
    sha256: str = Field(max_length=64)


@router.post("/c/{conversation_id}/press")
async def press(request: Request, conversation_id: Id, form: Annotated[_Pressed, Form()]) -> Response:
    """A card's button."""
    visitor, app = await poster_of(request), app_of(request)
    message = await _message(request, visitor, conversation_id, f"page:{conversation_id}:{form.event}")
    fields = {key: str(value) for key, value in (await request.form()).items()}
    changes = _changes(fields)
    pressed = Press(
        **message.model_dump(include={"channel", "thread_key", "event_id", "staff_id"}),
        action=form.action,  # type: ignore[arg-type]
        proposal_id=form.proposal_id,
        sha256=form.sha256,
        set=changes,
    )
    if form.action != "edit":
        return await _started(request, conversation_id, pressed, lambda: app.desk.press(pressed))
    if not changes:
        return html_answer(_edit_again(conversation_id, pressed, fields, {"": "Nothing was changed."}))
    reply = await app.desk.press(pressed)
    errors = _errors(reply)
    html = await app.store.read(app.merchant.id, lambda uow: talk.fresh_turn(uow, conversation_id, reply))
    if errors:
        return html_answer(_edit_again(conversation_id, pressed, fields, errors))
    said = render("said.html", text="", pressed="You changed the proposal", files=[])
    response = html_answer(said + html)
    response.headers.update(
        {"HX-Retarget": "#log", "HX-Reswap": "beforeend", "HX-Trigger-After-Settle": "desk:arrived"}
    )
    return response


def _changes(fields: dict[str, str]) -> dict[str, Any]:
    given = {key[4:]: value for key, value in fields.items() if key.startswith("set.")}
    return {key: value for key, value in given.items() if value != fields.get(f"was.{key}", "")}


def _errors(reply: Reply) -> dict[str, str]:
    """Messages by field, where an edit was refused."""
    refused = [block for block in reply.blocks if isinstance(block, RefusedBlock)]
    return {v.field.split("[")[0].split(".")[0]: v.message for block in refused for v in block.violations}


def _edit_again(conversation_id: str, pressed: Press, fields: dict[str, str], errors: dict[str, str]) -> str:
    """The same form with what was typed, and what is wrong beside its field."""
    was = {key[4:]: value for key, value in fields.items() if key.startswith("was.")}
    values = {key: fields.get(f"set.{key}", value) for key, value in was.items()}
    path = talk.paths_of(conversation_id).press
    return render("edit_again.html", press_path=path, pressed=pressed, was=was, values=values, errors=errors)
