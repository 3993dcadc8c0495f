"""What the sidebar sends: words, pressed buttons, attachments as evidence. The same form twice is one event.

Each answer is the case as it stands afterwards. A turn goes on when its client goes away; the same event asked again
waits for it, or gets what became of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form
from markupsafe import escape
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from agent.messages import Attachment, InboundMessage, Press, RefusedBlock, Reply
from agent.rendering.cards import editable_fields
from domain.ports import UnitOfWork
from integrations.helpdesk.port import HelpdeskError
from integrations.http.page.visitor import Visitor
from integrations.http.problems import Problem
from integrations.http.requests import Id, app_of
from integrations.http.routes.files import store_file
from integrations.http.turns import Turns, followed
from integrations.sidebar.door import html, poster_of, sidebar_of, speech_of
from integrations.sidebar.facts import Facts, file_event
from integrations.sidebar.parts import EditPart
from integrations.sidebar.showing import body_of, facts_of

router = APIRouter(include_in_schema=False)
Event = Annotated[str, Form(pattern=r"^[0-9a-f]{16}$")]


async def _turn(request: Request, event_id: str, work: Callable[[], Awaitable[Reply]]) -> Reply:
    """Work on an event once; everybody who asks for it waits for the same."""
    turns: Turns = request.app.state.turns
    task = turns.start(event_id, work)
    async for _ in followed(task):
        continue
    return task.result()


def _message(facts: Facts, event_id: str, text: str) -> InboundMessage:
    """Words on this ticket's thread; the first ones bring the ticket along."""
    is_first = facts.conversation is None or facts.conversation.ticket is None
    return InboundMessage(
        channel=facts.helpdesk,
        thread_key=facts.ticket.id,
        event_id=event_id,
        staff_id=facts.staff.id,
        text=text,
        ticket=facts.talk if is_first else None,
    )


@router.post("/sidebar/{helpdesk}/t/{ticket_id}/say")
async def say(
    request: Request,
    helpdesk: Id,
    ticket_id: Id,
    event: Event,
    text: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Words, or a choice, which is words too."""
    sidebar_of(request, helpdesk)
    visitor, app = await poster_of(request), app_of(request)
    if not text.strip():
        return html(request, await body_of(request, visitor, ticket_id))
    facts = await facts_of(request, visitor, ticket_id)
    message = _message(facts, f"{helpdesk}:{ticket_id}:{visitor.staff.id}:{event}", text)
    await _turn(request, message.event_id, lambda: app.desk.say(message))
    return html(request, await body_of(request, visitor, ticket_id))


@router.post("/sidebar/{helpdesk}/t/{ticket_id}/take-in")
async def take_in(request: Request, helpdesk: Id, ticket_id: Id, event: Event) -> Response:
    """The desk reads the ticket as it is now."""
    sidebar_of(request, helpdesk)
    visitor, app = await poster_of(request), app_of(request)
    facts = await facts_of(request, visitor, ticket_id)
    message = _message(facts, f"{helpdesk}:{ticket_id}:{visitor.staff.id}:{event}", "")
    message.ticket = facts.talk
    await _turn(request, message.event_id, lambda: app.desk.say(message))
    return html(request, await body_of(request, visitor, ticket_id))


@router.post("/sidebar/{helpdesk}/t/{ticket_id}/files/{file_id}")
async def add_file(request: Request, helpdesk: Id, ticket_id: Id, file_id: Id) -> Response:
    """An attachment of the ticket becomes evidence. Raises Problem 415 for a type that is none."""
    sidebar = sidebar_of(request, helpdesk)
    visitor, app = await poster_of(request), app_of(request)
    facts = await facts_of(request, visitor, ticket_id)
    if facts.order is None:
        raise Problem(409, "order_not_chosen", "Choose the order first.")
    kept = await _kept(request, visitor, ticket_id, file_id)
    event_id = file_event(sidebar.helpdesk.name, ticket_id, facts.order.number, file_id)
    is_new = facts.conversation is None or facts.conversation.topic_order != facts.order.id
    message = _message(facts, event_id, f"show order {facts.order.number}" if is_new else "")
    message.attachments = [kept]
    await _turn(request, event_id, lambda: _with_file(app.desk, message, file_only=is_new))
    return html(request, await body_of(request, visitor, ticket_id))


async def _with_file(desk: Any, message: InboundMessage, *, file_only: bool) -> Reply:
    """Where the order is not the topic yet, it becomes so first; then the file belongs to it."""
    if file_only:
        shown = message.model_copy(update={"event_id": f"{message.event_id}:order", "attachments": []})
        await desk.say(shown)
        message = message.model_copy(update={"text": "", "ticket": None})
    reply: Reply = await desk.say(message)
    return reply


async def _kept(request: Request, visitor: Visitor, ticket_id: str, file_id: str) -> Attachment:
    try:
        content, _, name = await sidebar_of(request).helpdesk.download(ticket_id, file_id)
    except HelpdeskError:
        raise Problem(404, "file_not_found", "This attachment cannot be taken from the helpdesk.") from None
    stored = await store_file(app_of(request), visitor.principal, name, content)
    return Attachment(**stored.model_dump())


class _Pressed(BaseModel):
    """A card's form. Field values of an edit come as `set.NAME` beside `was.NAME`."""

    model_config = ConfigDict(extra="ignore")

    event: str = Field(pattern=r"^[0-9a-f]{16}$")
    action: str = Field(pattern=r"^(confirm|cancel|edit)$")
    proposal_id: str = Field(max_length=80)
    sha256: str = Field(max_length=64)


@router.post("/sidebar/{helpdesk}/t/{ticket_id}/press")
async def press(request: Request, helpdesk: Id, ticket_id: Id, form: Annotated[_Pressed, Form()]) -> Response:
    """A card's button."""
    sidebar_of(request, helpdesk)
    visitor, app = await poster_of(request), app_of(request)
    facts = await facts_of(request, visitor, ticket_id)
    fields = {key: str(value)[:4000] for key, value in (await request.form()).items()}
    pressed = Press(
        channel=facts.helpdesk,
        thread_key=ticket_id,
        event_id=f"{helpdesk}:{ticket_id}:{visitor.staff.id}:{form.event}",
        staff_id=visitor.staff.id,
        action=form.action,  # type: ignore[arg-type]
        proposal_id=form.proposal_id,
        sha256=form.sha256,
        set={key[4:]: fields[key] for key in _changed(fields)},
    )
    await _on_this_ticket(app_of(request), facts, form.proposal_id)
    if form.action == "edit" and not pressed.set:
        error = {"": speech_of(request).t("nothing_changed")}
        return await _edit_again(request, visitor, facts, pressed, fields, error)
    reply = await _turn(request, pressed.event_id, lambda: app.desk.press(pressed))
    refused = [block for block in reply.blocks if isinstance(block, RefusedBlock)]
    if form.action == "edit" and refused:
        errors = {
            v.field.split("[")[0].split(".")[0]: escape(v.message) for b in refused for v in b.violations
        }
        return await _edit_again(request, visitor, facts, pressed, fields, errors)
    return html(request, await body_of(request, visitor, ticket_id))


async def _on_this_ticket(app: Any, facts: Facts, proposal_id: str) -> None:
    """A button reaches the cards of its own ticket, and of the order beside it. Raises Problem 404."""
    shown = proposal_id in facts.proposals or (facts.foreign is not None and facts.foreign.id == proposal_id)
    if shown:
        return

    def work(uow: UnitOfWork) -> str:
        proposal = uow.proposals.get(proposal_id)
        return proposal.order_id if proposal is not None else ""

    order_id = await app.store.read(app.merchant.id, work)
    if facts.order is None or order_id != facts.order.id:
        raise Problem(404, "proposal_not_found", "This proposal does not belong to this ticket.")


def _changed(fields: dict[str, str]) -> list[str]:
    return [
        key
        for key, value in fields.items()
        if key.startswith("set.") and value != fields.get(f"was.{key[4:]}", "")
    ]


async def _edit_again(
    request: Request,
    visitor: Visitor,
    facts: Facts,
    pressed: Press,
    fields: dict[str, str],
    errors: dict[str, Any],
) -> Response:
    """The same form with what was typed, and what is wrong beside its field."""
    proposal = facts.proposals.get(pressed.proposal_id)
    was = editable_fields(proposal.preview) if proposal is not None else {}
    values = {name: fields.get(f"set.{name}", value) for name, value in was.items()}
    part = EditPart(values, was, errors, open=True)
    drawn = await body_of(request, visitor, facts.ticket.id, edit=(pressed.proposal_id, part))
    return html(request, drawn)
