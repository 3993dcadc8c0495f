"""What the buttons of a card have in common."""

from __future__ import annotations

from typing import Any

from integrations.slack.blocks.proposal import read_value
from integrations.slack.incoming import place_of
from integrations.slack.place import Place
from integrations.slack.room import Delivered, Room


def place_pressed(delivered: Delivered, body: dict[str, Any]) -> Place:
    """The thread a button stands in."""
    channel, thread_ts = place_of(body)
    return Place(delivered.workspace, channel, thread_ts)


async def decide(
    room: Room, action_name: str, body: dict[str, Any], action: dict[str, Any], delivered: Delivered
) -> None:
    """Confirm or cancel: who may is looked up now, and what the button says is only which card was seen."""
    asked = await room.asker(delivered, place_pressed(delivered, body))
    if asked is None:
        return
    proposal_id, sha256 = read_value(str(action["value"]))
    await room.turns.press(asked, action_name, proposal_id, sha256)
