"""The guided turns that are timed, and a reader that understands them at once.

Both sides get the same two messages a conversation: the first names the order and what to refund and is answered by
a question, the second answers it and brings a proposal.
"""

from __future__ import annotations

from agent.commands import Answer, Command, Flow, SlotValue, StartFlow
from agent.reading.view import TurnView, Understanding

CHANGED_MIND = "changed their mind"


def first_message(number: int) -> str:
    """Names the order and the line."""
    return f"refund one of the first line on #{number}"


def messages(number: int) -> tuple[str, str]:
    """The conversation about an order."""
    return first_message(number), CHANGED_MIND


def number_in(text: str) -> str:
    """The order's number in the first message."""
    return text.rpartition("#")[2]


class ScriptedReader:
    """Knows these two messages; takes no time."""

    name = "scripted"

    def read(self, view: TurnView) -> Understanding:
        """The commands of one of the two."""
        return Understanding(
            commands=[_command(view.text)], intent="refund", confidence=1.0, reader=self.name
        )


def _command(text: str) -> Command:
    if text == CHANGED_MIND:
        return Answer(slots={"reason": SlotValue(value="changed_mind")})
    slots = {
        "order": SlotValue(value=number_in(text)),
        "line": SlotValue(value=[{"line": "L1", "quantity": 1}]),
    }
    return StartFlow(flow=Flow.DIRECT_REFUND, slots=slots)
