"""Conversations paused by an earlier build, kept as files: `python -m tests.journeys.recorded NAME` records more.

Recorded ones are never recorded over: a build that changes what is stored adds a folder of its own, and the old ones
must still resume. Each folder holds the desk's database, the graph's checkpoints and the sandbox provider, packed.
"""

from __future__ import annotations

import asyncio
import lzma
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from agent.messages import InboundMessage, Press
from agent.reading.local import LocalReader
from evals.cases import CaseShape
from evals.seed import ACTOR
from evals.world import World

FOLDER = Path(__file__).parent / "recordings"
CARD, QUESTION, TWO_CARDS = "card", "question", "two-cards"
TALKS = {
    CARD: "refund the scarf on 7001, she changed her mind",
    QUESTION: "refund the lamp on 7002",
    TWO_CARDS: "refund 5 on 7003 as goodwill and refund 6 on 7004 as goodwill",
}


def _order(number: str, title: str) -> dict[str, object]:
    line = {
        "sku": "ITEM",
        "title": title,
        "qty": 1,
        "unit_price": "32.00",
        "source": "own",
        "fulfilment": "delivered",
    }
    payment = {"method": "visa", "captured": "32.00"}
    given = {"customer": "Noor Haddad", "currency": "EUR", "placed_days_ago": 9}
    return {"number": number, "payments": [payment], "lines": [line], **given}


CASE = CaseShape.model_validate(
    {
        "id": "recorded",
        "theme": "survival",
        "actor": {"role": "agent", "limit": {"EUR": "100.00"}},
        "orders": [
            _order("#7001", "Wool scarf"),
            _order("#7002", "Desk lamp"),
            _order("#7003", "Cup"),
            _order("#7004", "Bowl"),
        ],
        "turns": [{"say": "recorded"}],
    }
)


@asynccontextmanager
async def a_desk(folder: Path, *, fresh: bool = False) -> AsyncIterator[World]:
    """The desk on a folder's files, at the moment of the recording."""
    world = World(CASE, LocalReader(), folder)
    await world.open()
    try:
        if fresh:
            await world.seed()
        yield world
    finally:
        await world.close()


def said(thread: str, text: str, event: str) -> InboundMessage:
    """A message in one of the conversations."""
    given: dict[str, Any] = {
        "channel": "recorded",
        "thread_key": thread,
        "event_id": f"{thread}-{event}",
        "staff_id": ACTOR,
    }
    return InboundMessage(text=text, **given)


def pressed(thread: str, proposal_id: str, sha256: str) -> Press:
    """The button of a card in one of them."""
    given: dict[str, Any] = {
        "channel": "recorded",
        "thread_key": thread,
        "event_id": f"press-{proposal_id}",
        "staff_id": ACTOR,
    }
    return Press(action="confirm", proposal_id=proposal_id, sha256=sha256, **given)


def unpack(name: str, into: Path) -> None:
    """The files of a recording, as the build that made them left them."""
    for packed in sorted((FOLDER / name).glob("*.xz")):
        (into / packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))


def recordings() -> list[str]:
    """Names of all recordings, oldest first."""
    return sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.xz")))


async def record(name: str) -> None:
    """Begin the conversations and leave them in the middle."""
    with tempfile.TemporaryDirectory() as folder:
        async with a_desk(Path(folder), fresh=True) as world:
            for thread, text in TALKS.items():
                await world.desk.say(said(thread, text, "begins"))
        _pack(Path(folder), FOLDER / name)


def _pack(folder: Path, into: Path) -> None:
    into.mkdir(parents=True)
    for file in folder.glob("*.db"):
        (into / f"{file.name}.xz").write_bytes(lzma.compress(_whole(file)))


def _whole(file: Path) -> bytes:
    """A database with what still lies in its log."""
    connection = sqlite3.connect(file)
    try:
        return connection.serialize()
    finally:
        connection.close()


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1]))
