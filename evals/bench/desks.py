"""The desk in this process, with the scripted reader and nobody who executes refunds."""

from __future__ import annotations

from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver

from agent.graph import build_graph
from agent.messages import InboundMessage, Press, ProposalCard, Reply
from agent.runner import Desk
from evals.bench.script import ScriptedReader
from evals.bench.shop import MERCHANT
from integrations.storage import Database, RandomIds, SystemClock

STAFF = "sam0"


async def _nobody(merchant_id: str, proposal_id: str) -> None:
    """What was confirmed stays queued."""


def a_desk(store: Database, saver: BaseCheckpointSaver[Any]) -> Desk:
    """The desk of the bench's shop on this store and this saver."""
    clock = SystemClock()
    return Desk(store, MERCHANT, ScriptedReader(), build_graph(saver), _nobody, clock, RandomIds(clock))


async def say(desk: Desk, thread: str, event: str, text: str) -> Reply:
    """One turn."""
    given: dict[str, Any] = {"channel": "bench", "thread_key": thread, "event_id": f"{thread}:{event}"}
    return await desk.say(InboundMessage(staff_id=STAFF, text=text, **given))


def card_of(reply: Reply) -> ProposalCard:
    """The card in it. Raises AssertionError where the turn did not end in a proposal."""
    cards = [block for block in reply.blocks if isinstance(block, ProposalCard)]
    assert cards, f"no card in {reply.blocks}"
    return cards[0]


async def confirm(desk: Desk, thread: str, event: str, card: ProposalCard) -> Reply:
    """Press the card's button."""
    given: dict[str, Any] = {"channel": "bench", "thread_key": thread, "event_id": f"{thread}:{event}"}
    press = Press(action="confirm", staff_id=STAFF, proposal_id=card.proposal_id, sha256=card.sha256, **given)
    return await desk.press(press)
