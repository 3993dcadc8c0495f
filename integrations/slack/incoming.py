"""What Slack sends, in one shape over HTTP and Socket Mode, and what tells it apart from repetitions."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel

from integrations.slack.blocks.home import OPEN_THREAD

EVENT_JOB = "slack.event"
"""Kind of the job that everything which needs work becomes. Payload: an `Incoming`."""

Kind = Literal["event", "command", "shortcut", "action", "view", "other"]
_HEEDED_EVENTS = {
    "message",
    "app_mention",
    "app_home_opened",
    "agent_session_stopped",
    "app_uninstalled",
    "tokens_revoked",
}
"""Of the others we are sent, `file_shared` comes again with its message, and `app_context_changed` changes nothing."""
_HEEDED_SUBTYPES = {None, "", "file_share", "thread_broadcast"}


class Incoming(BaseModel):
    """Something Slack sent. `key` is the same for each delivery of the same thing."""

    kind: Kind
    key: str
    team: str
    user: str = ""
    body: dict[str, Any]

    @property
    def order_key(self) -> str:
        """What must not be worked on at the same time: a thread, else what is one person's. Stop never waits."""
        if (self.body.get("event") or {}).get("type") == "agent_session_stopped":
            return self.key
        channel, thread = place_of(self.body)
        return (
            f"{self.team}:{channel}:{thread}"
            if channel and thread
            else f"{self.team}:{self.user}:{self.kind}"
        )


def read_incoming(body: dict[str, Any]) -> Incoming | None:
    """What it is; None for what nobody has to do anything about. Raises ValueError for something Slack never sends."""
    body = {name: value for name, value in body.items() if name != "token"}
    if body.get("type") == "event_callback":
        return _event(body)
    if "command" in body:
        return _incoming("command", body, body["trigger_id"], body["team_id"], body["user_id"])
    team = str((body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or "")
    user = str((body.get("user") or {}).get("id") or "")
    if not team or not user:
        raise ValueError("no workspace or no person")
    if body.get("type") == "block_actions" and str(body["actions"][0]["action_id"]).startswith(OPEN_THREAD):
        return None  # A link: the browser has followed it.
    if body.get("type") == "block_actions":
        return _incoming("action", body, f"{team}:{user}:{body['actions'][0]['action_ts']}", team, user)
    if body.get("type") == "message_action":
        return _incoming("shortcut", body, f"{team}:{user}:{body['action_ts']}", team, user)
    if body.get("type") == "view_submission":
        view = body["view"]
        values = json.dumps(view.get("state", {}).get("values", {}), sort_keys=True)
        typed = hashlib.sha256(values.encode()).hexdigest()[:16]
        return _incoming("view", body, f"{view['id']}:{view.get('hash', '')}:{typed}", team, user)
    return None


def _incoming(kind: Kind, body: dict[str, Any], key: str, team: str, user: str) -> Incoming:
    return Incoming(kind=kind, key=f"{kind}:{key}", team=str(team), user=str(user), body=body)


def _event(body: dict[str, Any]) -> Incoming | None:
    event, event_id = body["event"], str(body["event_id"])
    if not isinstance(event, dict):
        raise ValueError("an event that is none")
    if event.get("type") not in _HEEDED_EVENTS:
        return None
    if event.get("type") == "message" and not _is_worth_reading(event):
        return None
    if event.get("type") == "app_mention" and event.get("bot_id"):
        return None
    user = event.get("user") or ""
    user = user.get("id", "") if isinstance(user, dict) else user
    return _incoming("event", body, event_id, str(body["team_id"]), user)


def _is_worth_reading(event: dict[str, Any]) -> bool:
    """People's words to us: in direct messages, and in channels inside a thread. Never our own, a bot's, or an edit."""
    if event.get("bot_id") or event.get("subtype") not in _HEEDED_SUBTYPES or not event.get("user"):
        return False
    return event.get("channel_type") == "im" or bool(event.get("thread_ts"))


def place_of(body: dict[str, Any]) -> tuple[str, str]:
    """Channel and thread it happened in; empty where there is none."""
    event = body.get("event") or {}
    if isinstance(event.get("channel"), str):
        return event["channel"], str(event.get("thread_ts") or event.get("ts") or "")
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    thread = (
        message.get("thread_ts")
        or container.get("thread_ts")
        or message.get("ts")
        or container.get("message_ts")
    )
    return str(channel), str(thread or "")
