"""The address Slack sends to: checked, stored, answered. The work is done from the queue.

What is malformed is answered 400, what is not Slack's 401, and neither ever with 500: Slack would send it again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from pydantic import ValidationError
from slack_sdk.errors import SlackApiError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from domain.ports import Clock, JobSpec, StorageUnavailable, Store
from integrations.slack.blocks.edit import (
    CALLBACK,
    build_notice,
    build_skeleton,
    metadata_of,
    quick_errors,
    typed,
)
from integrations.slack.blocks.proposal import EDIT, read_value
from integrations.slack.forms import Forms, TriggerExpired
from integrations.slack.incoming import EVENT_JOB, Incoming, place_of, read_incoming
from integrations.slack.signature import is_genuine
from integrations.slack.workspaces import TokenUnreadable, Workspaces

log = logging.getLogger(__name__)
CHECKING = "One moment, the change is being checked…"
ON_ITS_WAY = "On it. The answer comes in your direct messages with the desk."


class Malformed(ValueError):
    """Nothing Slack would send."""


@dataclass(slots=True)
class Door:
    """Takes in what comes over HTTP or Socket Mode."""

    store: Store
    merchant_id: str
    clock: Clock
    signing_secret: str
    workspaces: Workspaces
    forms: Forms
    _started: set[asyncio.Task[None]] = field(default_factory=set)

    async def __call__(self, request: Request) -> Response:
        """Answer one request of Slack's."""
        raw = await request.body()
        headers = request.headers
        signature, stamp = headers.get("x-slack-signature", ""), headers.get("x-slack-request-timestamp", "")
        if not is_genuine(self.signing_secret, stamp, signature, raw, self.clock.now().timestamp()):
            return PlainTextResponse("not signed by Slack, or too old", 401)
        try:
            body = parse_body(raw, headers.get("content-type", ""))
            if body.get("type") == "url_verification":
                return PlainTextResponse(str(body.get("challenge", "")))
            if "ssl_check" in body:
                return Response()
            answer = await self.take(body)
        except Malformed:
            return PlainTextResponse("malformed", 400)
        except StorageUnavailable:
            return PlainTextResponse("try again", 503, headers={"Retry-After": "1"})
        return JSONResponse(answer) if answer else Response()

    async def take(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Store what needs work, and say what Slack is answered. Raises Malformed, StorageUnavailable."""
        try:
            incoming = read_incoming(body)
            if incoming is None:
                return None
            if incoming.kind == "view" and (errors := _errors(body["view"])):
                return {"response_action": "errors", "errors": errors}
            answer = _answer(incoming)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError, ValidationError) as error:
            raise Malformed(str(error)) from error
        job = JobSpec(EVENT_JOB, incoming.key, incoming.model_dump())
        await self.store.write(self.merchant_id, lambda uow: uow.jobs.enqueue(job))
        self._head_start(incoming)
        return answer

    def _head_start(self, incoming: Incoming) -> None:
        """The form of Edit is opened beside the queue: its trigger is over in three seconds."""
        actions = incoming.body.get("actions") or [{}]
        if incoming.kind == "action" and actions[0].get("action_id") == EDIT:
            task = asyncio.create_task(self._open(incoming, str(actions[0].get("value"))))
            self._started.add(task)
            task.add_done_callback(self._started.discard)

    async def _open(self, incoming: Incoming, value: str) -> None:
        try:
            workspace = await self.workspaces.find(incoming.team)
            if workspace is not None:
                skeleton = build_skeleton(metadata_of(*read_value(value), *place_of(incoming.body)))
                trigger = str(incoming.body["trigger_id"])
                await self.forms.open(workspace, trigger, f"slack:{incoming.key}", skeleton)
        except (SlackApiError, TriggerExpired, TokenUnreadable, OSError, ValueError, KeyError) as error:
            log.info("no head start for a form: %s", type(error).__name__)

    async def close(self) -> None:
        """Wait for what was begun."""
        await asyncio.gather(*self._started, return_exceptions=True)


def parse_body(raw: bytes, content_type: str) -> dict[str, Any]:
    """The body as JSON or as a form, whose field `payload` is JSON. Raises Malformed."""
    try:
        text = raw.decode("utf-8")
        if content_type.split(";")[0].strip().lower() == "application/x-www-form-urlencoded":
            fields = parse_qs(text, keep_blank_values=True, max_num_fields=100)
            body: Any = (
                json.loads(fields["payload"][0])
                if "payload" in fields
                else {k: v[0] for k, v in fields.items()}
            )
        else:
            body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("not readable") from error
    if not isinstance(body, dict):
        raise Malformed("no object")
    return body


def _errors(view: dict[str, Any]) -> dict[str, str]:
    return quick_errors(*typed(view)) if view.get("callback_id") == CALLBACK else {}


def _answer(incoming: Incoming) -> dict[str, Any] | None:
    if incoming.kind == "command":
        return {"response_type": "ephemeral", "text": ON_ITS_WAY}
    if incoming.kind == "view":
        metadata = str(incoming.body["view"].get("private_metadata") or "")
        return {"response_action": "update", "view": build_notice(CHECKING, metadata)}
    return None
