"""What a message says of the open case or of its card so plainly that no model is asked."""

from __future__ import annotations

from agent.reading.answers.all_left import all_that_is_left
from agent.reading.answers.rejected import rejected
from agent.reading.cards.added_goods import with_added
from agent.reading.cards.as_it_stands import gone_back_to
from agent.reading.cards.at_card import card_command
from agent.reading.cards.taken_up import taken_up
from agent.reading.clauses.split import Clause
from agent.reading.facts.retracting import retraction
from agent.reading.goods.items import Similar
from agent.reading.view import TurnView, Understanding

_INTENTS = {
    "Affirm": "confirm",
    "AskQuestion": "lookup_order",
    "CancelCase": "cancel",
    "CorrectSlot": "correct",
    "SetSlot": "evidence",
    "Answer": "review_return",
    "Clarify": "correct",
    "ResumeCase": "lookup_order",
    "Handoff": "oos",
    "StartFlow": "review_return",
}


def outright(whole: Clause, view: TurnView, similar: Similar) -> Understanding | None:
    """A defect taken back, or what is done to the card; nothing where the message is to be read as any other."""
    s = whole.signals
    asked = retraction(s, view) or rejected(s, view) or all_that_is_left(s, view)
    command = asked or gone_back_to(s, view) or card_command(s, whole.act, view, similar)
    found = [command] if command is not None else taken_up(whole.signals, view, similar)
    commands = with_added(found, whole.signals, view)
    if not commands:
        return None
    intent, sure = _INTENTS[commands[-1].name], commands[-1].confidence
    return Understanding(commands=commands, intent=intent, confidence=sure, alternatives=[(intent, sure)])
