"""The app was opened: its home tab is drawn, or its messages get suggestions that fit the role."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp

from domain.identity import Role, Staff
from integrations.slack.blocks.home import build_home, build_strangers_home
from integrations.slack.home import read_home
from integrations.slack.identity import Stranger
from integrations.slack.listeners.shortcut import permalink
from integrations.slack.room import Delivered, Room

_BALANCE = ("What is our balance?", "what's our balance")
_LOOK = ("Look up an order", "look up an order")
_REFUND = ("Refund something", "I want to refund an order")
PROMPTS: dict[Role, list[tuple[str, str]]] = {
    Role.VIEWER: [_LOOK, _BALANCE],
    Role.AGENT: [
        _REFUND,
        ("Open a return", "open a return"),
        ("Approve a return", "approve a return"),
        _LOOK,
    ],
    Role.SUPERVISOR: [
        _REFUND,
        ("Approve a return", "approve a return"),
        ("Reject a return", "reject a return"),
        _BALANCE,
    ],
    Role.FINANCE: [
        _BALANCE,
        ("When is the next settlement?", "when is the next settlement?"),
        _LOOK,
        _REFUND,
    ],
}
"""Up to four, as title and message."""


def register(app: AsyncApp, room: Room) -> None:
    """The listener."""

    async def on_opened(event: dict[str, Any], context: dict[str, Any]) -> None:
        delivered: Delivered = context["delivered"]
        who = await room.people.who(delivered.workspace, delivered.user)
        if event.get("tab") == "home":
            await _draw(room, delivered, who)
        elif event.get("tab") == "messages" and isinstance(who, Staff):
            prompts = [{"title": title, "message": message} for title, message in PROMPTS[who.role]]
            # Without thread_ts: with one, an app that is an agent is ignored without a word.
            await room.workspaces.client(delivered.workspace).api_call(
                "assistant.threads.setSuggestedPrompts",
                json={"channel_id": event["channel"], "prompts": prompts, "title": "You could say"},
            )

    app.event("app_home_opened")(on_opened)


async def _link(room: Room, delivered: Delivered, place: str) -> str:
    channel, _, ts = place.partition("|")
    return await permalink(room, delivered, channel, ts)


async def _draw(room: Room, delivered: Delivered, who: Staff | Stranger) -> None:
    if isinstance(who, Stranger):
        view = build_strangers_home(who.sentence)
    else:
        team = delivered.workspace.team_id
        facts = await room.store.read(room.merchant_id, lambda uow: read_home(uow, who, team))
        cases = [replace(line, link=await _link(room, delivered, line.link)) for line in facts.cases]
        view = build_home(replace(facts, cases=cases))
    await room.workspaces.client(delivered.workspace).views_publish(user_id=delivered.user, view=view)
