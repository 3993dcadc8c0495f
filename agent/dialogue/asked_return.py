"""Whether goods may come back: answered of those that are named, and kept for the wish that follows on it."""

from __future__ import annotations

import re

from agent.commands import Clarify, Command, Flow, StartFlow
from agent.dialogue.outcomes import Said
from agent.dialogue.turn import Turn
from agent.dialogue.view import order_view
from agent.reading.goods.items import mentions_of
from domain.orders.model import Order
from domain.returns.units import why_not_returnable

_ASKED = "asked_return"
_MONEY = re.compile(r"\b(?:refund\w*|money|pay\w*|reimburs\w*|credit\w*|give back|keeps?|\d)", re.IGNORECASE)
"""What is wanted then is no return."""


def asked_return(turn: Turn, order: Order, text: str) -> bool:
    """Answer for the goods that are named and cannot come back; False where none of them is."""
    if turn.current is None:
        turn.conversation.state[_ASKED] = order.id
    named = {line for one in mentions_of(text, order_view(order).lines) for line in one.lines}
    closed = {line.title: why_not_returnable(order, line) for line in order.lines if line.id in named}
    rows = [f"{title}: {why}." for title, why in closed.items() if why]
    if rows:
        turn.add(Said("lines_closed", {"order": order.number, "rows": rows}, source="get_order"))
    return bool(rows)


def hear_asked(turn: Turn) -> None:
    """What was asked with the last message holds for this one alone."""
    turn.notes[_ASKED] = turn.conversation.state.pop(_ASKED, None)


def as_return(turn: Turn, command: Command) -> Command:
    """Goods that are named with a reason right after that question are those of a return ("then one for the mug")."""
    asked = turn.notes.get(_ASKED)
    told = {"reason", "line"} <= set(command.slots) and not {"amount", "order", "order_query"} & set(
        command.slots
    )
    guess = isinstance(command, Clarify) or (
        isinstance(command, StartFlow) and command.flow in {Flow.QUALITY_ISSUE, Flow.DIRECT_REFUND}
    )
    here = asked is not None and asked == turn.conversation.topic_order and turn.current is None
    if not (here and told and guess) or _MONEY.search(command.span):
        return command
    slots = {name: slot for name, slot in command.slots.items() if name != "reason"}
    slots["return_reason"] = command.slots["reason"]
    return StartFlow(flow=Flow.MERCHANT_RETURN, slots=slots, confidence=command.confidence, span=command.span)
