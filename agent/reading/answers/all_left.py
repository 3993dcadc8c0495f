"""All that is left as the answer to how much, where it is asked after and wanted in one breath."""

from __future__ import annotations

from agent.commands import Answer
from agent.reading.answers.numbers import said
from agent.reading.facts.what_is_left import gives_what_is_left
from agent.reading.view import TurnView
from agent.reading.words.signals import Signals


def all_that_is_left(s: Signals, view: TurnView) -> Answer | None:
    """The amount that is asked for ("what's left then, refund that"); nothing where it is another question."""
    if view.pending is None or view.pending.slot != "amount" or not gives_what_is_left(s.plain):
        return None
    return Answer(slots={"amount": said(s, {"kind": "full"})}, confidence=0.85, span=s.wording.text)
