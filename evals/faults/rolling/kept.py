"""What the database has of the conversations, against what was sent and received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.cases.model import Message
from domain.ports import UnitOfWork
from evals.faults.crash.shop import SHOP
from evals.faults.rolling.talk import Talk
from integrations.storage.database import Database

_MOST = 100_000


@dataclass(slots=True)
class Kept:
    """Everything but the count of turns has to be empty."""

    turns: int = 0
    unanswered: list[str] = field(default_factory=list)
    """Sent, and no reply was received."""
    without_reply: list[str] = field(default_factory=list)
    """Stored, and no reply is stored."""
    twice: list[str] = field(default_factory=list)
    """Stored or replied to more than once."""
    other: list[str] = field(default_factory=list)
    """The reply that was received is not the one that is stored, or what was sent is not stored."""

    def add(self, talk: Talk, messages: Sequence[Message]) -> None:
        """Compare one conversation."""
        self.turns += len(talk.turns)
        self.unanswered += [f"{talk.name}: {turn.text}" for turn in talk.turns if turn.reply is None]
        asked = Counter(each.event_id for each in messages if each.direction == "in")
        replies = Counter(each.event_id for each in messages if each.direction == "out")
        bodies = {each.event_id: each.body for each in messages if each.direction == "out"}
        self.without_reply += [f"{talk.name}: {event}" for event in asked if not replies[event]]
        self.twice += [f"{talk.name}: {event}" for event, n in replies.items() if n > 1]
        said, sent = Counter(each.text for each in messages if each.direction == "in"), Counter[str]()
        sent.update(turn.text for turn in talk.turns)
        self.twice += [f"{talk.name}: {text}" for text in said if said[text] > sent[text]]
        self.other += [f"{talk.name}: {text} is not there" for text in sent if said[text] < sent[text]]
        for turn in talk.turns:
            if turn.reply is not None and not _same(turn.reply, bodies.get(turn.reply["event_id"])):
                self.other += [f"{talk.name}: {turn.text}: another reply than was stored"]


def _same(received: dict[str, Any], stored: dict[str, Any] | None) -> bool:
    return stored is not None and all(received[name] == stored[name] for name in ("blocks", "proposal_ids"))


async def kept(store: Database, talks: Sequence[Talk]) -> Kept:
    """Read each conversation and compare."""
    found = Kept()
    for talk in talks:

        def messages(uow: UnitOfWork, of: str = talk.id) -> list[Message]:
            return uow.conversations.messages(of, _MOST)

        found.add(talk, await store.read(SHOP.id, messages))
    return found
