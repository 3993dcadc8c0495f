"""The helpdesk's ticket that a member of staff names in Slack becomes the conversation's."""

from __future__ import annotations

from integrations.channels import Named
from integrations.slack.blocks.text import data
from integrations.slack.room import Room
from integrations.slack.turns import Asked
from integrations.slack.words import words


async def name_ticket(room: Room, asked: Asked, raw: str) -> Named:
    """What was written (`raw`, in Slack's markup), and the ticket it names; they alone are told what became of that."""
    text = words(raw)
    if room.tickets is None:
        return Named(text)
    named = await room.tickets.read(text, words(raw, addresses=True))
    key = f"{asked.event_id}:ticket"
    if named.remark and await room.posts.find(key) is None:
        is_all = named.ticket is not None and not named.text
        said = f"{data(named.remark)}\nWhat is to be done?" if is_all else data(named.remark)
        await room.posts.privately(asked.place, asked.user, said)
        await room.posts.note_private(key, asked.place)
    return named
